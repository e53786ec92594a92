import type * as Bedrock from '@aws-sdk/client-bedrock'
import type {LoggingConfig} from '@aws-sdk/client-bedrock'
import {parseArn} from '../../../core/arn.js'
import {handlersFor, type RequestContext} from '../../handler.js'
import {here} from './place.js'
import {invalid} from './refusals.js'

export const settings = handlersFor<typeof Bedrock>()({
  GetAccountDataRetention(_input, context) {
    return retention(context)
  },

  PutAccountDataRetention({mode}, context) {
    here(context).dataRetention = {mode, updatedAt: context.now()}
    return retention(context)
  },

  GetModelInvocationLoggingConfiguration(_input, context) {
    return {loggingConfig: here(context).logging}
  },

  PutModelInvocationLoggingConfiguration({loggingConfig}, context) {
    here(context).logging = checkedLogging(loggingConfig, context)
    return {}
  },

  DeleteModelInvocationLoggingConfiguration(_input, context) {
    here(context).logging = undefined
    return {}
  },
})

function retention(context: RequestContext) {
  const {mode, updatedAt} = here(context).dataRetention
  return {mode, updatedAt: updatedAt === undefined ? undefined : new Date(updatedAt)}
}

function checkedLogging(config: LoggingConfig, {account}: RequestContext): LoggingConfig {
  if (!config.cloudWatchConfig && !config.s3Config) {
    throw invalid('At least one of cloudWatchConfig and s3Config must be given.')
  }
  const roleArn = config.cloudWatchConfig?.roleArn
  if (roleArn !== undefined && parseArn(roleArn)?.account !== account) {
    throw invalid(`The role ${roleArn} does not belong to the calling account.`)
  }
  return {
    textDataDeliveryEnabled: true,
    imageDataDeliveryEnabled: true,
    embeddingDataDeliveryEnabled: true,
    ...config,
  }
}
