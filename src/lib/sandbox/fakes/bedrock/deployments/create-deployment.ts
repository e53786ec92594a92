import type {CreateCustomModelDeploymentCommandInput} from '@aws-sdk/client-bedrock'
import type {CustomModelFacts} from '../../../../catalog/custom-models.schema.js'
import type {RequestContext} from '../../../handler.js'
import {baseModel} from '../../../world/base-model.js'
import type {CustomModel, CustomModelDeployment} from '../../../world/custom-model-state.js'
import {servedModel, statusOf} from '../custom-models/model-state.js'
import {here, ownArn, resourceHere} from '../place.js'
import {type QuotaValues, quotaValues} from '../quota-values.js'
import {invalid, notFound, quotaExceeded} from '../refusals.js'
import {servingFailure, servingSettings} from '../serving-settings.js'

/** What a deployment is judged by; reading it takes a moment. */
interface Grounds {
  readonly facts: CustomModelFacts
  readonly quota: QuotaValues
}

const DEPLOYMENTS = 'L-1EF80F3E'
const IN_PROGRESS = 'L-430C95DD'

export async function readGrounds(context: RequestContext): Promise<Grounds> {
  return {facts: await context.world.catalog.customModels(), quota: await quotaValues(context)}
}

/** A deployment as Create makes it. Throws what Bedrock answers at once; which words it has is not published. */
export function newDeployment(
  {modelDeploymentName: name = '', modelArn = '', description}: CreateCustomModelDeploymentCommandInput,
  {facts, quota}: Grounds,
  context: RequestContext,
): CustomModelDeployment {
  const state = here(context)
  const model = activeModel(modelArn, context)
  checkOnDemand(model, facts, context)
  const others = [...state.deployments.values()]
  // Create has no ConflictException among its errors.
  if (others.some((one) => one.name === name)) throw invalid('The provided deployment name is currently in use.')
  checkQuotas(others, quota, context)
  const settings = servingSettings(context)
  const {deployingSeconds = 2, listDelaySeconds = 1} = settings
  const createdAt = context.now()
  return {
    arn: ownArn(context, `custom-model-deployment/${context.world.newId(12)}`),
    name,
    modelArn: model.arn,
    description,
    createdAt,
    listedAt: createdAt + listDelaySeconds * 1000,
    readyAt: createdAt + deployingSeconds * 1000,
    failure: servingFailure('deployment', name, settings),
    change: undefined,
  }
}

/** The deployment with another model on its way to it. */
export function changedDeployment(
  deployment: CustomModelDeployment,
  modelArn: string,
  context: RequestContext,
): CustomModelDeployment {
  const now = context.now()
  const {name, change} = deployment
  if (statusOf(deployment, now) !== 'Active' || now < (change?.doneAt ?? 0)) {
    throw invalid(`The custom model deployment ${name} is not Active, or is being updated.`)
  }
  const model = activeModel(modelArn, context)
  const served = servedModel(deployment, now)
  if (model.baseModelArn !== here(context).customModels.get(served)?.baseModelArn) {
    throw invalid('The custom model must have the same base model as the one that is deployed.')
  }
  const settings = servingSettings(context)
  const failure = servingFailure('deployment-update', name, settings)
  const doneAt = now + (settings.updatingSeconds ?? 2) * 1000
  return {...deployment, modelArn: served, change: {modelArn: model.arn, askedAt: now, doneAt, failure}}
}

function activeModel(modelArn: string, context: RequestContext): CustomModel {
  resourceHere(modelArn, context)
  const model = here(context).customModels.get(modelArn)
  if (!model) throw notFound(`The custom model ${modelArn} was not found.`)
  if (statusOf(model, context.now()) !== 'Active') throw invalid(`The custom model ${model.name} is not Active.`)
  return model
}

/** Only some bases are served on demand, in some Regions, and only what was made late enough. */
function checkOnDemand(model: CustomModel, facts: CustomModelFacts, {region, world}: RequestContext): void {
  const id = baseModel(world.catalog, model.baseModelName)?.id
  const base = facts.bases.find(({modelId}) => modelId === id)
  if (!base?.onDemand.includes(region)) {
    throw invalid(`On-demand deployment is not supported for custom models of ${model.baseModelName} in ${region}.`)
  }
  if (model.createdAt < Date.parse(facts.onDemandSince)) {
    throw invalid(`On-demand deployment is not supported for models customized before ${facts.onDemandSince}.`)
  }
}

function checkQuotas(others: readonly CustomModelDeployment[], quota: QuotaValues, context: RequestContext): void {
  const most = quota(DEPLOYMENTS)
  if (others.length >= most)
    throw quotaExceeded(`The account has reached its quota of ${most} custom model deployments.`)
  const atOnce = quota(IN_PROGRESS)
  const creating = others.filter((one) => statusOf(one, context.now()) === 'Creating')
  if (creating.length >= atOnce) {
    throw quotaExceeded(`The account has reached its quota of ${atOnce} in-progress custom model deployments.`)
  }
}
