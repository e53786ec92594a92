import {
  BedrockClient,
  GetCustomModelCommand,
  GetCustomModelDeploymentCommand,
  GetImportedModelCommand,
  GetInferenceProfileCommand,
  GetProvisionedModelThroughputCommand,
  type InferenceProfileSummary,
  paginateListInferenceProfiles,
} from '@aws-sdk/client-bedrock'
import type {ReferencedResource, ReferenceSource} from '../models/references/reference-ports.js'
import {absentAs} from './absent.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

export function createReferenceSource(wire: Wire): ReferenceSource {
  const clientFor = (region: string) => wire.client('bedrock', region, (config) => new BedrockClient(config))
  const lookUp = (
    operation: string,
    region: string,
    signal: AbortSignal | undefined,
    read: (client: BedrockClient, options: {readonly abortSignal: AbortSignal}) => Promise<ReferencedResource>,
  ): Promise<ReferencedResource | undefined> =>
    absentAs(
      wire.call('bedrock', {action: `bedrock:${operation}`, region}, signal, (abortSignal) =>
        read(clientFor(region), {abortSignal}),
      ),
      undefined,
    )

  return {
    getInferenceProfile: (region, inferenceProfileIdentifier, signal) =>
      lookUp('GetInferenceProfile', region, signal, async (client, options) =>
        toProfileResource(await client.send(new GetInferenceProfileCommand({inferenceProfileIdentifier}), options)),
      ),
    getProvisionedModel: (region, provisionedModelId, signal) =>
      lookUp('GetProvisionedModelThroughput', region, signal, (client, options) =>
        readProvisionedModel(client, provisionedModelId, options),
      ),
    getImportedModel: (region, modelIdentifier, signal) =>
      lookUp('GetImportedModel', region, signal, (client, options) =>
        readImportedModel(client, modelIdentifier, options),
      ),
    getCustomModel: (region, modelIdentifier, signal) =>
      lookUp('GetCustomModel', region, signal, (client, options) => readCustomModel(client, modelIdentifier, options)),
    getCustomModelDeployment: (region, identifier, signal) =>
      lookUp('GetCustomModelDeployment', region, signal, (client, options) =>
        readDeployment(client, identifier, options),
      ),
    async listApplicationProfiles(region, signal) {
      const summaries = await wire.call(
        'bedrock',
        {action: 'bedrock:ListInferenceProfiles', region},
        signal,
        (abortSignal) =>
          collectPages(
            paginateListInferenceProfiles(
              {client: clientFor(region), pageSize: 1000},
              {typeEquals: 'APPLICATION'},
              {abortSignal},
            ),
            (page) => page.inferenceProfileSummaries,
            (page) => page.nextToken,
          ),
      )
      return summaries.map(toProfileResource)
    },
  }
}

interface SendOptions {
  readonly abortSignal: AbortSignal
}

function toProfileResource(profile: Omit<InferenceProfileSummary, '$metadata'>): ReferencedResource {
  return {
    kind: profile.type === 'APPLICATION' ? 'application-inference-profile' : 'inference-profile',
    arn: profile.inferenceProfileArn ?? '',
    name: profile.inferenceProfileName ?? null,
    status: profile.status ?? null,
    modelArns: (profile.models ?? []).flatMap(({modelArn}) => modelArn ?? []),
    createdAt: moment(profile.createdAt),
    details: words({id: profile.inferenceProfileId, description: profile.description}),
  }
}

async function readProvisionedModel(
  client: BedrockClient,
  id: string,
  options: SendOptions,
): Promise<ReferencedResource> {
  const found = await client.send(new GetProvisionedModelThroughputCommand({provisionedModelId: id}), options)
  return {
    kind: 'provisioned-model',
    arn: found.provisionedModelArn ?? '',
    name: found.provisionedModelName ?? null,
    status: found.status ?? null,
    // A custom model may stand between: the foundation model comes last.
    modelArns: [...new Set([found.modelArn, found.foundationModelArn])].filter((arn) => arn !== undefined),
    createdAt: moment(found.creationTime),
    details: words({
      modelUnits: found.modelUnits,
      commitment: found.commitmentDuration,
      commitmentExpiresAt: moment(found.commitmentExpirationTime),
      failure: found.failureMessage,
    }),
  }
}

async function readImportedModel(client: BedrockClient, id: string, options: SendOptions): Promise<ReferencedResource> {
  const found = await client.send(new GetImportedModelCommand({modelIdentifier: id}), options)
  return {
    kind: 'imported-model',
    arn: found.modelArn ?? '',
    name: found.modelName ?? null,
    status: null,
    modelArns: [],
    createdAt: moment(found.creationTime),
    details: words({
      architecture: found.modelArchitecture,
      instruct: found.instructSupported,
      customModelUnitsPerCopy: found.customModelUnits?.customModelUnitsPerModelCopy,
      customModelUnitsVersion: found.customModelUnits?.customModelUnitsVersion,
      job: found.jobArn,
    }),
  }
}

async function readCustomModel(client: BedrockClient, id: string, options: SendOptions): Promise<ReferencedResource> {
  const found = await client.send(new GetCustomModelCommand({modelIdentifier: id}), options)
  return {
    kind: 'custom-model',
    arn: found.modelArn ?? '',
    name: found.modelName ?? null,
    status: found.modelStatus ?? null,
    modelArns: found.baseModelArn === undefined ? [] : [found.baseModelArn],
    createdAt: moment(found.creationTime),
    details: words({customization: found.customizationType, job: found.jobArn, failure: found.failureMessage}),
  }
}

async function readDeployment(client: BedrockClient, id: string, options: SendOptions): Promise<ReferencedResource> {
  const found = await client.send(new GetCustomModelDeploymentCommand({customModelDeploymentIdentifier: id}), options)
  return {
    kind: 'custom-model-deployment',
    arn: found.customModelDeploymentArn ?? '',
    name: found.modelDeploymentName ?? null,
    status: found.status ?? null,
    modelArns: found.modelArn === undefined ? [] : [found.modelArn],
    createdAt: moment(found.createdAt),
    details: words({description: found.description, failure: found.failureMessage}),
  }
}

function moment(date: Date | undefined): string | null {
  return date === undefined ? null : date.toISOString()
}

/** What is known, as words. */
function words(
  details: Readonly<Record<string, string | number | boolean | null | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(details).flatMap(([key, value]) =>
      value === undefined || value === null ? [] : [[key, String(value)]],
    ),
  )
}
