import type {Catalog} from '../../catalog/catalog.js'
import {findModel, type ModelMatch} from '../../catalog/model-lookup.js'
import {parseArn} from '../../core/arn.js'
import {type BedrockctlError, usageError} from '../../core/errors.js'
import type {RegionOffer} from '../offers/offer.js'

/** Kinds of account resources that stand for a model and must be looked up to learn which. */
export type ResourceKind =
  | 'application-inference-profile'
  | 'provisioned-model'
  | 'imported-model'
  | 'custom-model'
  | 'custom-model-deployment'

/** What a text names, once it is understood. */
export type ModelReference =
  | {
      readonly kind: 'model'
      readonly modelId: string
      readonly region: string | null
      readonly matchedBy: ModelMatch['matchedBy'] | 'arn'
    }
  | {readonly kind: 'profile'; readonly profileId: string; readonly modelId: string; readonly region: string | null}
  | {
      readonly kind: 'resource'
      readonly resource: ResourceKind
      readonly arn: string
      readonly region: string
      readonly account: string
    }

const RESOURCE_KINDS: readonly ResourceKind[] = [
  'application-inference-profile',
  'provisioned-model',
  'imported-model',
  'custom-model',
  'custom-model-deployment',
]

export interface ReferenceFacts {
  readonly catalog: Catalog
  /** What was read live or from the cache; adds models and profiles newer than the bundle. */
  readonly offers: readonly RegionOffer[]
}

/** Understands any id or ARN form of a model. Throws a usage error that names the nearest candidates. */
export async function parseModelReference(text: string, facts: ReferenceFacts): Promise<ModelReference> {
  const wanted = text.trim()
  if (wanted.startsWith('arn:')) return parseArnReference(wanted, facts)
  return findById(wanted, null, facts) ?? (await throwUnknown(wanted, facts))
}

async function parseArnReference(text: string, facts: ReferenceFacts): Promise<ModelReference> {
  const arn = parseArn(text)
  if (arn?.service !== 'bedrock') throw notBedrock(text, arn?.service)
  assertPartition(arn.partition, arn.region, text, facts.catalog)
  const slash = arn.resource.indexOf('/')
  const type = arn.resource.slice(0, slash)
  const region = arn.region === '' ? null : arn.region
  if (type === 'foundation-model' || type === 'inference-profile') {
    const id = arn.resource.slice(slash + 1)
    const found = findById(id, region, facts)
    if (found?.kind !== (type === 'foundation-model' ? 'model' : 'profile')) return throwUnknown(id, facts)
    return found.kind === 'model' ? {...found, matchedBy: 'arn'} : found
  }
  const resource = RESOURCE_KINDS.find((kind) => kind === type)
  if (resource && region !== null && arn.account !== '') {
    return {kind: 'resource', resource, arn: text, region, account: arn.account}
  }
  throw usageError('INVALID_ARN', `"${text}" names no model.`, {
    why: resource
      ? 'It has no Region or no account.'
      : `A ${type || 'resource of this form'} is not something a model call takes.`,
    hint: `Models are foundation-model, inference-profile, ${RESOURCE_KINDS.join(', ')}.`,
  })
}

function notBedrock(text: string, service: string | undefined): BedrockctlError {
  return usageError('INVALID_ARN', `"${text}" is not the ARN of a Bedrock model or profile.`, {
    why:
      service === undefined
        ? 'An ARN reads arn:<partition>:bedrock:<Region>:<account>:<type>/<id>.'
        : `Its service is ${service}, not bedrock.`,
    hint: 'Copy it whole, or give the bare model id: bedrockctl models list',
  })
}

function assertPartition(partition: string, region: string, text: string, catalog: Catalog): void {
  const partitions = new Set(catalog.regions.map((known) => known.partition))
  const home = catalog.region(region)?.partition
  if (home !== undefined && home !== partition) {
    throw usageError('WRONG_PARTITION', `"${text}" puts ${region} into the partition ${partition}.`, {
      why: `${region} belongs to ${home}.`,
      hint: `Write arn:${home}:bedrock:${region}:…`,
    })
  }
  if (region !== '' && home === undefined && partitions.has(partition)) {
    throw usageError('UNKNOWN_REGION', `"${text}" names ${region}, a Region without Bedrock as far as we know.`, {
      hint: 'Check the fourth part of the ARN.',
    })
  }
}

/** Exact look-ups only: live offers, then the catalog's ids, aliases, context variants, profiles and display names. */
function findById(id: string, region: string | null, {catalog, offers}: ReferenceFacts): ModelReference | undefined {
  const offered = offers.flatMap(({models}) => models)
  if (offered.some((model) => model.id === id)) return {kind: 'model', modelId: id, region, matchedBy: 'id'}
  const known = findModel(catalog, id)
  if (known && known.matchedBy !== 'name')
    return {kind: 'model', modelId: known.model.id, region, matchedBy: known.matchedBy}
  const variantOf = offered.find(({provisionedIds}) => provisionedIds.includes(id))
  if (variantOf) return {kind: 'model', modelId: variantOf.id, region, matchedBy: 'context-variant'}
  const profile = offers.flatMap(({profiles}) => profiles).find((candidate) => candidate.id === id)
  const modelId = profile?.modelId ?? catalog.profile(id)?.model.id
  if (modelId !== undefined) return {kind: 'profile', profileId: id, modelId, region}
  return known && {kind: 'model', modelId: known.model.id, region, matchedBy: known.matchedBy}
}

async function throwUnknown(id: string, {catalog, offers}: ReferenceFacts): Promise<never> {
  const {closestIds, idCandidates} = await import('../../catalog/closest-models.js')
  const live = offers.flatMap(({models, profiles}) =>
    [...models, ...profiles].map((item) => ({
      id: item.id,
      names: item.name === null ? [] : [item.name],
      retired: false,
    })),
  )
  const near = [...new Set(closestIds(id, [...idCandidates(catalog.models), ...live], 6))].slice(0, 3)
  throw usageError('UNKNOWN_MODEL', `No model or profile is called "${id}".`, {
    why: near.length === 0 ? undefined : `Did you mean ${near.join(', ')}?`,
    hint: 'List what there is: bedrockctl models list --offline',
    actions: near.slice(0, 1).map((candidate) => `bedrockctl models show ${candidate}`),
  })
}
