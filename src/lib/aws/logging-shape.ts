import type {LoggingConfig} from '@aws-sdk/client-bedrock'
import type {ReadValues} from '../account/snapshot.schema.js'

/** Where invocation logs go, and which kinds of data are in them. */
export function toLogging(config: LoggingConfig): NonNullable<ReadValues['bedrock:invocation-logging']> {
  const {s3Config: s3, cloudWatchConfig: cloudWatch} = config
  const large = cloudWatch?.largeDataDeliveryS3Config
  const kinds = {
    text: config.textDataDeliveryEnabled,
    image: config.imageDataDeliveryEnabled,
    embedding: config.embeddingDataDeliveryEnabled,
    video: config.videoDataDeliveryEnabled,
    audio: config.audioDataDeliveryEnabled,
  }
  return {
    s3: s3 ? {bucket: s3.bucketName ?? '', prefix: s3.keyPrefix ?? null} : null,
    cloudWatch: cloudWatch
      ? {
          logGroup: cloudWatch.logGroupName ?? '',
          roleArn: cloudWatch.roleArn ?? '',
          largeData: large ? {bucket: large.bucketName ?? '', prefix: large.keyPrefix ?? null} : null,
        }
      : null,
    delivers: Object.entries(kinds).flatMap(([kind, delivered]) => (delivered === true ? [kind] : [])),
  }
}
