import {
  BedrockClient,
  GetAccountDataRetentionCommand,
  GetCustomModelCommand,
  GetFoundationModelAvailabilityCommand,
  GetImportedModelCommand,
  GetModelInvocationLoggingConfigurationCommand,
  type InferenceProfileSummary,
  ListFoundationModelsCommand,
  ListTagsForResourceCommand,
  paginateListCustomModels,
  paginateListImportedModels,
  paginateListInferenceProfiles,
} from '@aws-sdk/client-bedrock'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {ReadItem} from '../../account/snapshot.schema.js'
import {toLogging} from '../logging-shape.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'
import {moment, tagList} from './shapes.js'

const PAGE = 100

export function modelReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'bedrock', prefix: 'bedrock', build: (config) => new BedrockClient(config)})
  return {
    async 'bedrock:invocation-logging'(context) {
      const answer = await ask(context).one('GetModelInvocationLoggingConfiguration', (client, options) =>
        client.send(new GetModelInvocationLoggingConfigurationCommand({}), options),
      )
      return answer.loggingConfig ? toLogging(answer.loggingConfig) : null
    },
    async 'bedrock:data-retention'(context) {
      const answer = await ask(context).one('GetAccountDataRetention', (client, options) =>
        client.send(new GetAccountDataRetentionCommand({}), options),
      )
      return {mode: answer.mode ?? '', updatedAt: moment(answer.updatedAt)}
    },
    async 'bedrock:foundation-models'(context) {
      const answer = await ask(context).one('ListFoundationModels', (client, options) =>
        client.send(new ListFoundationModelsCommand({}), options),
      )
      return (answer.modelSummaries ?? []).map((model) => ({
        id: model.modelId ?? '',
        arn: model.modelArn ?? '',
        name: model.modelName ?? '',
        provider: model.providerName ?? '',
        status: model.modelLifecycle?.status ?? '',
        legacyAt: moment(model.modelLifecycle?.legacyTime),
        extendedAccessAt: moment(model.modelLifecycle?.publicExtendedAccessTime),
        endOfLifeAt: moment(model.modelLifecycle?.endOfLifeTime),
        inferenceTypes: model.inferenceTypesSupported ?? [],
      }))
    },
    'bedrock:model-access': (context, models) => readAccess(ask(context), context, models),
    async 'bedrock:inference-profiles'(context) {
      const bedrock = ask(context)
      const [system, own] = await Promise.all([
        listProfiles(bedrock, 'SYSTEM_DEFINED'),
        listProfiles(bedrock, 'APPLICATION'),
      ])
      return mapBounded([...system, ...own], (profile) => toProfile(profile, bedrock, context))
    },
    'bedrock:custom-models': (context) => readCustomModels(ask(context), context),
    'bedrock:imported-models': (context) => readImportedModels(ask(context), context),
  }
}

async function readAccess(bedrock: Asking<BedrockClient>, context: ReadContext, models: readonly string[]) {
  return mapBounded(models, async (modelId) => ({
    modelId,
    answer: await context.part('bedrock:GetFoundationModelAvailability', async () => {
      const answer = await bedrock.one('GetFoundationModelAvailability', (client, options) =>
        client.send(new GetFoundationModelAvailabilityCommand({modelId}), options),
      )
      return {
        agreement: answer.agreementAvailability?.status ?? 'UNKNOWN',
        authorization: answer.authorizationStatus ?? 'UNKNOWN',
        entitlement: answer.entitlementAvailability ?? 'UNKNOWN',
        region: answer.regionAvailability ?? 'UNKNOWN',
      }
    }),
  }))
}

function listProfiles(bedrock: Asking<BedrockClient>, typeEquals: 'APPLICATION' | 'SYSTEM_DEFINED') {
  return bedrock.all(
    'ListInferenceProfiles',
    (client, options) => paginateListInferenceProfiles({client, pageSize: 1000}, {typeEquals}, options),
    (page) => page.inferenceProfileSummaries,
  )
}

async function toProfile(
  profile: InferenceProfileSummary,
  bedrock: Asking<BedrockClient>,
  context: ReadContext,
): Promise<ReadItem<'bedrock:inference-profiles'>> {
  const arn = profile.inferenceProfileArn ?? ''
  return {
    id: profile.inferenceProfileId ?? '',
    arn,
    name: profile.inferenceProfileName ?? '',
    type: profile.type ?? '',
    status: profile.status ?? '',
    modelArns: (profile.models ?? []).flatMap(({modelArn}) => modelArn ?? []),
    createdAt: moment(profile.createdAt),
    updatedAt: moment(profile.updatedAt),
    tags: profile.type === 'APPLICATION' ? await readTags(arn, bedrock, context) : null,
  }
}

function readTags(resourceARN: string, bedrock: Asking<BedrockClient>, context: ReadContext) {
  return context.part('bedrock:ListTagsForResource', async () => {
    const answer = await bedrock.one('ListTagsForResource', (client, options) =>
      client.send(new ListTagsForResourceCommand({resourceARN}), options),
    )
    return tagList(answer.tags)
  })
}

async function readCustomModels(bedrock: Asking<BedrockClient>, context: ReadContext) {
  const models = await bedrock.all(
    'ListCustomModels',
    (client, options) => paginateListCustomModels({client, pageSize: PAGE}, {}, options),
    (page) => page.modelSummaries,
  )
  return mapBounded(models, async ({modelArn: arn = '', ...model}): Promise<ReadItem<'bedrock:custom-models'>> => {
    const detail = context.part('bedrock:GetCustomModel', async () => {
      const found = await bedrock.one('GetCustomModel', (client, options) =>
        client.send(new GetCustomModelCommand({modelIdentifier: arn}), options),
      )
      return {
        kmsKeyArn: found.modelKmsKeyArn ?? null,
        jobArn: found.jobArn ?? null,
        trainingUri: found.trainingDataConfig?.s3Uri ?? null,
        outputUri: found.outputDataConfig?.s3Uri ?? null,
      }
    })
    const tags = readTags(arn, bedrock, context)
    return {
      arn,
      name: model.modelName ?? '',
      status: model.modelStatus ?? null,
      baseModelArn: model.baseModelArn ?? '',
      customizationType: model.customizationType ?? null,
      ownerAccount: model.ownerAccountId ?? null,
      createdAt: moment(model.creationTime),
      detail: await detail,
      tags: await tags,
    }
  })
}

async function readImportedModels(bedrock: Asking<BedrockClient>, context: ReadContext) {
  const models = await bedrock.all(
    'ListImportedModels',
    (client, options) => paginateListImportedModels({client, pageSize: PAGE}, {}, options),
    (page) => page.modelSummaries,
  )
  return mapBounded(models, async ({modelArn: arn = '', ...model}): Promise<ReadItem<'bedrock:imported-models'>> => {
    const detail = context.part('bedrock:GetImportedModel', async () => {
      const found = await bedrock.one('GetImportedModel', (client, options) =>
        client.send(new GetImportedModelCommand({modelIdentifier: arn}), options),
      )
      return {
        kmsKeyArn: found.modelKmsKeyArn ?? null,
        jobArn: found.jobArn ?? null,
        sourceUri: found.modelDataSource?.s3DataSource?.s3Uri ?? null,
        modelUnitsPerCopy: found.customModelUnits?.customModelUnitsPerModelCopy ?? null,
      }
    })
    const tags = readTags(arn, bedrock, context)
    return {
      arn,
      name: model.modelName ?? '',
      architecture: model.modelArchitecture ?? null,
      instruct: model.instructSupported ?? null,
      createdAt: moment(model.creationTime),
      detail: await detail,
      tags: await tags,
    }
  })
}
