import type {LoggingConfig, Tag} from '@aws-sdk/client-bedrock'
import type {Catalog} from '../../catalog/catalog.js'
import {formatArn} from '../../core/arn.js'
import {emptyBatchState} from './batch-state.js'
import {buildNetwork} from './build-network.js'
import {addMonths, COMMITTED_MONTHS} from './commitment.js'
import {emptyImportState} from './import-state.js'
import {misfit} from './misfit.js'
import {foundationModelArn, offeredModel, offeredProfile, partitionOf} from './offering.js'
import {addRunningTuning} from './running-tuning.js'
import type {ScenarioRegion} from './scenario.schema.js'
import type {RegionalState} from './state.js'
import {emptyTuningState} from './tuning-state.js'

export interface Place {
  readonly catalog: Catalog
  readonly account: string
  readonly region: string
  readonly now: number
}

type Item<Key extends keyof ScenarioRegion> =
  NonNullable<ScenarioRegion[Key]> extends readonly (infer One)[] ? One : never

/** An account's state in a Region about which the scenario says nothing. */
export function emptyRegion(place: Omit<Place, 'catalog'>, network?: ScenarioRegion['network']): RegionalState {
  return {
    network: buildNetwork(network, place),
    applicationProfiles: new Map(),
    provisionedModels: new Map(),
    importedModels: new Map(),
    customModels: new Map(),
    deployments: new Map(),
    copyJobs: new Map(),
    batch: emptyBatchState(),
    imports: emptyImportState(),
    tuning: emptyTuningState(),
    calls: new Map(),
    trail: [],
    tags: new Map(),
    requestTokens: new Map(),
    dataRetention: {mode: 'inherit', updatedAt: undefined},
    logging: undefined,
  }
}

/** An account's state in a Region, as the scenario has it. */
export function buildRegion(scenario: ScenarioRegion, place: Place): RegionalState {
  const state = emptyRegion(place, scenario.network)
  if (scenario.dataRetention !== undefined) {
    state.dataRetention = {mode: scenario.dataRetention, updatedAt: place.now}
  }
  state.logging = scenario.logging && toLogging(scenario.logging, place)
  for (const item of scenario.applicationProfiles ?? []) addApplicationProfile(state, item, place)
  for (const item of scenario.importedModels ?? []) addImportedModel(state, item, place)
  for (const item of scenario.customModels ?? []) addCustomModel(state, item, place)
  for (const item of scenario.provisionedModels ?? []) addProvisionedModel(state, item, place)
  for (const item of scenario.customizationJobs ?? []) addRunningTuning(state, item, place)
  return state
}

/** `arn:…:bedrock:{region}:{account}:{resource}` in the partition of the Region. */
export function bedrockArn({catalog, account, region}: Omit<Place, 'now'>, resource: string): string {
  return formatArn({partition: partitionOf(catalog, region), service: 'bedrock', region, account, resource})
}

function keepTags(state: RegionalState, arn: string, tags: Readonly<Record<string, string>> | undefined): void {
  const list: Tag[] = Object.entries(tags ?? {}).map(([key, value]) => ({key, value}))
  state.tags.set(arn, list)
}

function toLogging(logging: NonNullable<ScenarioRegion['logging']>, {catalog, account, region}: Place): LoggingConfig {
  const {s3, cloudWatch} = logging
  const partition = partitionOf(catalog, region)
  return {
    ...(s3 && {s3Config: {bucketName: s3.bucketName, ...(s3.keyPrefix && {keyPrefix: s3.keyPrefix})}}),
    ...(cloudWatch && {
      cloudWatchConfig: {
        logGroupName: cloudWatch.logGroupName,
        roleArn: `arn:${partition}:iam::${account}:role/${cloudWatch.roleName}`,
        ...(cloudWatch.largeData && {largeDataDeliveryS3Config: {...cloudWatch.largeData}}),
      },
    }),
    textDataDeliveryEnabled: logging.text ?? true,
    imageDataDeliveryEnabled: logging.images ?? false,
    embeddingDataDeliveryEnabled: logging.embeddings ?? false,
  }
}

function addApplicationProfile(state: RegionalState, item: Item<'applicationProfiles'>, place: Place): void {
  const {catalog, region, now} = place
  const profile = offeredProfile(catalog, region, now, item.copyFrom)
  const model = offeredModel(catalog, region, now, item.copyFrom)
  if (!profile && !model) throw misfit(`regions.${region}.applicationProfiles`, `${item.copyFrom} is not offered there`)
  const arn = bedrockArn(place, `application-inference-profile/${item.id}`)
  const createdAt = Date.parse(item.createdOn)
  state.applicationProfiles.set(arn, {
    arn,
    id: item.id,
    name: item.name,
    description: item.description,
    copyFrom: profile ? bedrockArn(place, `inference-profile/${profile.id}`) : (model?.arn ?? ''),
    modelArns: profile?.modelArns ?? [model?.arn ?? ''],
    createdAt,
    listedAt: createdAt,
  })
  keepTags(state, arn, item.tags)
}

function addImportedModel(state: RegionalState, item: Item<'importedModels'>, place: Place): void {
  const arn = bedrockArn(place, `imported-model/${item.id}`)
  state.importedModels.set(arn, {
    arn,
    name: item.name,
    jobArn: bedrockArn(place, `model-import-job/${item.id}`),
    jobName: `import-${item.name}`,
    s3Uri: item.s3Uri,
    architecture: item.architecture,
    instructSupported: item.instructSupported,
    chatTemplate: item.instructSupported,
    multimodal: false,
    customModelUnits: item.customModelUnits,
    customModelUnitsVersion: item.architecture === 'gpt_oss' ? 'v2.0' : 'v1.0',
    bytes: 0,
    kmsKeyArn: item.kmsKeyArn,
    createdAt: Date.parse(item.createdOn),
    listedAt: Date.parse(item.createdOn),
  })
  keepTags(state, arn, item.tags)
}

function addCustomModel(state: RegionalState, item: Item<'customModels'>, place: Place): void {
  const {catalog, account, region} = place
  const base = catalog.model(item.baseModel)
  if (!base) throw misfit(`regions.${region}.customModels`, `the catalog has no model ${item.baseModel}`)
  const arn = bedrockArn(place, `custom-model/${base.id}/${item.id}`)
  const createdAt = Date.parse(item.createdOn)
  state.customModels.set(arn, {
    arn,
    name: item.name,
    job: {arn: bedrockArn(place, `model-customization-job/${base.id}/${item.id}`), name: `train-${item.name}`},
    baseModelArn: foundationModelArn(catalog, region, base.id),
    baseModelName: base.id,
    customizationType: item.customizationType,
    kmsKeyArn: item.kmsKeyArn,
    origin: {
      trainingDataConfig: {s3Uri: `s3://sandbox-training-${account}/${item.name}/train.jsonl`},
      outputDataConfig: {s3Uri: `s3://sandbox-training-${account}/${item.name}/output/`},
    },
    ...thereSince(createdAt),
  })
  keepTags(state, arn, item.tags)
  if (!item.deployment) return
  const deployment = bedrockArn(place, `custom-model-deployment/${item.deployment.id}`)
  const {name, description} = item.deployment
  const since = {...thereSince(createdAt), change: undefined}
  state.deployments.set(deployment, {arn: deployment, name, modelArn: arn, description, ...since})
  state.tags.set(deployment, [])
}

function addProvisionedModel(state: RegionalState, item: Item<'provisionedModels'>, place: Place): void {
  const {catalog, region, now} = place
  const custom = [...state.customModels.values()].find(({name}) => item.model === `custom-model:${name}`)
  const offered = offeredModel(catalog, region, now, item.model)
  if (!custom && !offered?.inferenceTypes.includes('PROVISIONED')) {
    throw misfit(`regions.${region}.provisionedModels`, `${item.model} cannot be provisioned there`)
  }
  const arn = bedrockArn(place, `provisioned-model/${item.id}`)
  const createdAt = Date.parse(item.createdOn)
  state.provisionedModels.set(arn, {
    arn,
    name: item.name,
    modelArn: custom?.arn ?? offered?.arn ?? '',
    foundationModelArn: custom?.baseModelArn ?? offered?.arn ?? '',
    modelUnits: item.modelUnits,
    commitmentDuration: item.commitment,
    commitmentExpiresAt: item.commitment && addMonths(createdAt, COMMITTED_MONTHS[item.commitment]),
    ...thereSince(createdAt),
    change: undefined,
  })
  keepTags(state, arn, item.tags)
}

/** Made, listed and ready at once. */
const thereSince = (createdAt: number) => ({createdAt, listedAt: createdAt, readyAt: createdAt, failure: undefined})
