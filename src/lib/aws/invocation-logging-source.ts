import {BedrockClient, GetModelInvocationLoggingConfigurationCommand, type LoggingConfig} from '@aws-sdk/client-bedrock'
import type {InvocationLogging, InvocationLoggingSource} from '../routing/ports.js'
import type {Wire} from './wire.js'

export function createInvocationLoggingSource(wire: Wire): InvocationLoggingSource {
  return {
    async readInvocationLogging(region, signal) {
      const action = 'bedrock:GetModelInvocationLoggingConfiguration'
      const client = wire.client('bedrock', region, (config) => new BedrockClient(config))
      const answer = await wire.call('bedrock', {action, region}, signal, (abortSignal) =>
        client.send(new GetModelInvocationLoggingConfigurationCommand({}), {abortSignal}),
      )
      return answer.loggingConfig ? toInvocationLogging(answer.loggingConfig) : null
    },
  }
}

function toInvocationLogging(config: LoggingConfig): InvocationLogging {
  const {s3Config: s3, cloudWatchConfig: cloudWatch} = config
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
          largeDataBucket: cloudWatch.largeDataDeliveryS3Config?.bucketName ?? null,
        }
      : null,
    delivers: Object.entries(kinds).flatMap(([kind, delivered]) => (delivered === true ? [kind] : [])),
  }
}
