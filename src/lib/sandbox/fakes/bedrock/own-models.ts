import type * as Bedrock from '@aws-sdk/client-bedrock'
import {handlersFor} from '../../handler.js'
import type {CustomModel, CustomModelDeployment, ImportedModel, ProvisionedModel} from '../../world/state.js'
import {findOwn, ownPage} from './own-lists.js'
import {here, resourceHere} from './place.js'
import {notFound} from './refusals.js'

// The read side of what an account made itself; creating and training come with the commands that need them.
export const ownModels = handlersFor<typeof Bedrock>()({
  ListProvisionedModelThroughputs(input, context) {
    const all = [...here(context).provisionedModels.values()].filter(
      ({modelArn}) => input.modelArnEquals === undefined || modelArn === input.modelArnEquals,
    )
    const {items, next} = ownPage(all, input, context)
    return {provisionedModelSummaries: items.map(describeProvisioned), nextToken: next}
  },

  GetProvisionedModelThroughput({provisionedModelId}, context) {
    resourceHere(provisionedModelId, context)
    const found = findOwn(here(context).provisionedModels, provisionedModelId)
    if (!found) throw notFound(`The provisioned model ${provisionedModelId} was not found.`)
    return describeProvisioned(found)
  },

  ListImportedModels(input, context) {
    const {items, next} = ownPage(here(context).importedModels.values(), input, context)
    return {modelSummaries: items.map(summariseImported), nextToken: next}
  },

  GetImportedModel({modelIdentifier}, context) {
    resourceHere(modelIdentifier, context)
    const found = findOwn(here(context).importedModels, modelIdentifier)
    if (!found) throw notFound(`The imported model ${modelIdentifier} was not found.`)
    return {
      ...summariseImported(found),
      jobArn: found.jobArn,
      jobName: found.jobName,
      modelDataSource: {s3DataSource: {s3Uri: found.s3Uri}},
      modelKmsKeyArn: found.kmsKeyArn,
      customModelUnits: {customModelUnitsPerModelCopy: found.customModelUnits, customModelUnitsVersion: 'v1.0'},
    }
  },

  ListCustomModels(input, context) {
    const {baseModelArnEquals, foundationModelArnEquals, isOwned, modelStatus} = input
    const base = baseModelArnEquals ?? foundationModelArnEquals
    const all = [...here(context).customModels.values()].filter(
      ({baseModelArn}) =>
        (base === undefined || baseModelArn === base) && isOwned !== false && (modelStatus ?? 'Active') === 'Active',
    )
    const {items, next} = ownPage(all, input, context)
    return {modelSummaries: items.map((model) => summariseCustom(model, context.account)), nextToken: next}
  },

  GetCustomModel({modelIdentifier}, context) {
    resourceHere(modelIdentifier, context)
    const found = findOwn(here(context).customModels, modelIdentifier)
    if (!found) throw notFound(`The custom model ${modelIdentifier} was not found.`)
    const {baseModelName: _name, ownerAccountId: _owner, ...summary} = summariseCustom(found, context.account)
    return {
      ...summary,
      jobArn: found.jobArn,
      jobName: found.jobName,
      trainingDataConfig: {s3Uri: found.trainingS3Uri},
      outputDataConfig: {s3Uri: found.outputS3Uri},
      modelKmsKeyArn: found.kmsKeyArn,
    }
  },

  ListCustomModelDeployments(input, context) {
    const {createdAfter, createdBefore, modelArnEquals, statusEquals, ...rest} = input
    const all = [...here(context).deployments.values()].filter(
      ({modelArn}) =>
        (modelArnEquals === undefined || modelArn === modelArnEquals) && (statusEquals ?? 'Active') === 'Active',
    )
    const times = {creationTimeAfter: createdAfter, creationTimeBefore: createdBefore}
    const {items, next} = ownPage(all, {...rest, ...times}, context)
    return {modelDeploymentSummaries: items.map(summariseDeployment), nextToken: next}
  },

  GetCustomModelDeployment({customModelDeploymentIdentifier: identifier}, context) {
    resourceHere(identifier, context)
    const found = findOwn(here(context).deployments, identifier)
    if (!found) throw notFound(`The custom model deployment ${identifier} was not found.`)
    const {customModelDeploymentName, ...summary} = summariseDeployment(found)
    return {...summary, modelDeploymentName: customModelDeploymentName, description: found.description}
  },
})

function describeProvisioned(model: ProvisionedModel) {
  const {commitmentExpiresAt} = model
  return {
    provisionedModelName: model.name,
    provisionedModelArn: model.arn,
    modelArn: model.modelArn,
    desiredModelArn: model.modelArn,
    foundationModelArn: model.foundationModelArn,
    modelUnits: model.modelUnits,
    desiredModelUnits: model.modelUnits,
    status: model.status,
    commitmentDuration: model.commitmentDuration,
    commitmentExpirationTime: commitmentExpiresAt === undefined ? undefined : new Date(commitmentExpiresAt),
    creationTime: new Date(model.createdAt),
    lastModifiedTime: new Date(model.createdAt),
  }
}

function summariseImported(model: ImportedModel) {
  return {
    modelArn: model.arn,
    modelName: model.name,
    creationTime: new Date(model.createdAt),
    instructSupported: model.instructSupported,
    modelArchitecture: model.architecture,
  }
}

function summariseCustom(model: CustomModel, account: string) {
  return {
    modelArn: model.arn,
    modelName: model.name,
    creationTime: new Date(model.createdAt),
    baseModelArn: model.baseModelArn,
    baseModelName: model.baseModelName,
    customizationType: model.customizationType,
    ownerAccountId: account,
    modelStatus: 'Active' as const,
  }
}

function summariseDeployment(deployment: CustomModelDeployment) {
  return {
    customModelDeploymentArn: deployment.arn,
    customModelDeploymentName: deployment.name,
    modelArn: deployment.modelArn,
    createdAt: new Date(deployment.createdAt),
    status: 'Active' as const,
    lastUpdatedAt: new Date(deployment.createdAt),
  }
}
