import type {CreateCustomModelCommandInput} from '@aws-sdk/client-bedrock'
import {type RequestContext, WireError} from '../../../handler.js'
import type {CustomModel} from '../../../world/custom-model-state.js'
import {foundationModelArn} from '../../../world/offering.js'
import {customizationSettings} from '../customizations/create-job.js'
import {checkRole} from '../job-grounds.js'
import {modelKey} from '../model-key.js'
import {here, ownArn} from '../place.js'
import {type QuotaValues, quotaValues} from '../quota-values.js'
import {invalid, quotaExceeded} from '../refusals.js'
import {checkModelName} from './model-name.js'
import {statusOf} from './model-state.js'

/** What a model is judged by; reading it takes a moment. */
interface Grounds {
  readonly quota: QuotaValues
}

// https://docs.aws.amazon.com/bedrock/latest/userguide/import-with-create-custom-model.html
const REGION = 'us-east-1'
const CUSTOM_MODELS = 'L-CB5B847D'
/** Its quota's code is not published. */
const CREATING_AT_ONCE = 2

export async function readGrounds(context: RequestContext): Promise<Grounds> {
  return {quota: await quotaValues(context)}
}

/** A model out of what SageMaker trained. Throws what Bedrock answers at once; its words are ours. */
export function importedModel(
  input: CreateCustomModelCommandInput,
  {quota}: Grounds,
  context: RequestContext,
): CustomModel {
  const {modelName = '', modelKmsKeyArn, roleArn} = input
  if (context.region !== REGION) throw invalid(`Creating custom models is not supported in ${context.region}.`)
  const uri = sourceOf(input)
  if (roleArn === undefined) throw invalid('roleArn is required with modelSourceConfig.s3DataSource.')
  if (!/^s3:\/\/customer-escrow-/.test(uri)) {
    throw invalid(`The S3 location ${uri} is not in the Amazon-managed bucket of Amazon SageMaker AI.`)
  }
  checkModelName(modelName, context)
  const arn = ownArn(context, `custom-model/imported/${context.world.newId(12)}`)
  checkRole(roleArn, undefined, context)
  const kmsKeyArn = modelKey(modelKmsKeyArn, roleArn, context)
  checkQuotas(quota, context)
  const {creatingSeconds = 2, escrow = [], listDelaySeconds = 1} = customizationSettings(context)
  const found = escrow.find(({s3Uri}) => uri === s3Uri || uri.startsWith(s3Uri.replace(/\/?$/, '/')))
  if (!found) throw invalid(`The model artifacts at ${uri} could not be read.`)
  const createdAt = context.now()
  return {
    arn,
    name: modelName,
    job: undefined,
    baseModelArn: foundationModelArn(context.world.catalog, context.region, found.baseModel),
    baseModelName: found.baseModel,
    customizationType: 'IMPORTED',
    kmsKeyArn,
    origin: {},
    createdAt,
    listedAt: createdAt + listDelaySeconds * 1000,
    readyAt: createdAt + creatingSeconds * 1000,
    failure: found.failure,
  }
}

function sourceOf({modelSourceConfig, customModelDataSource}: CreateCustomModelCommandInput): string {
  const uri = modelSourceConfig?.s3DataSource?.s3Uri
  if ((uri === undefined) === (customModelDataSource === undefined)) {
    throw invalid('Exactly one of modelSourceConfig and customModelDataSource is required.')
  }
  if (uri === undefined) throw new WireError('NotImplemented', 'The sandbox has no model packages.', 501)
  return uri
}

function checkQuotas(quota: QuotaValues, context: RequestContext): void {
  const models = [...here(context).customModels.values()]
  const most = quota(CUSTOM_MODELS)
  if (models.length >= most) throw quotaExceeded(`The account has reached its quota of ${most} custom models.`)
  const creating = models.filter((model) => statusOf(model, context.now()) === 'Creating')
  if (creating.length >= CREATING_AT_ONCE) {
    throw quotaExceeded(
      `The account has reached its quota of ${CREATING_AT_ONCE} custom models with a creating status.`,
    )
  }
}
