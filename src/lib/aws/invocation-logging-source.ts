import {BedrockClient, GetModelInvocationLoggingConfigurationCommand, type LoggingConfig} from '@aws-sdk/client-bedrock'
import type {InvocationLogging, InvocationLoggingSource} from '../routing/ports.js'
import {toLogging} from './logging-shape.js'
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
  const {s3, cloudWatch, delivers} = toLogging(config)
  const group = cloudWatch && {
    logGroup: cloudWatch.logGroup,
    largeDataBucket: config.cloudWatchConfig?.largeDataDeliveryS3Config?.bucketName ?? null,
  }
  return {s3, cloudWatch: group, delivers}
}
