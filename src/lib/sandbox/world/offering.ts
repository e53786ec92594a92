import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel, CatalogProfile} from '../../catalog/catalog.schema.js'
import {formatArn} from '../../core/arn.js'

/** How one id may be used in one Region. INFERENCE_PROFILE is in no SDK enum, and AWS sends it all the same. */
type OfferedInference = 'ON_DEMAND' | 'PROVISIONED' | 'INFERENCE_PROFILE'

/** An id that ListFoundationModels shows: a model, or a variant of one that is sold as Provisioned Throughput. */
export interface OfferedModel {
  readonly id: string
  readonly arn: string
  readonly model: CatalogModel
  readonly inferenceTypes: readonly OfferedInference[]
}

/** A system profile as one source Region sees it. */
export interface OfferedProfile {
  readonly id: string
  readonly name: string
  readonly model: CatalogModel
  /** Where a request from this source may be processed, as ARNs of the model; a Global one ends with the empty Region. */
  readonly modelArns: readonly string[]
}

function at(date: string | null): number | undefined {
  const time = date === null ? Number.NaN : Date.parse(date)
  return Number.isNaN(time) ? undefined : time
}

/** True while AWS's API knows the model: never seen there, or past its end of life, it does not. */
export function isListed(model: CatalogModel, now: number): boolean {
  const {status, endOfLife} = model.lifecycle
  if (status === 'UNLISTED' || status === 'EOL') return false
  return now < (at(endOfLife) ?? Number.POSITIVE_INFINITY)
}

export interface OfferedLifecycle {
  readonly status: 'ACTIVE' | 'LEGACY'
  readonly startOfLifeTime: Date | undefined
  readonly legacyTime: Date | undefined
  readonly publicExtendedAccessTime: Date | undefined
  readonly endOfLifeTime: Date | undefined
}

export function lifecycleOf(model: CatalogModel, now: number): OfferedLifecycle {
  const {status, launched, legacy, extendedAccess, endOfLife} = model.lifecycle
  const legacyAt = at(legacy)
  const isLegacy = legacyAt === undefined ? status === 'LEGACY' : legacyAt <= now
  return {
    status: isLegacy ? 'LEGACY' : 'ACTIVE',
    startOfLifeTime: toDate(launched),
    legacyTime: toDate(legacy),
    publicExtendedAccessTime: toDate(extendedAccess),
    endOfLifeTime: toDate(endOfLife),
  }
}

function toDate(date: string | null): Date | undefined {
  const time = at(date)
  return time === undefined ? undefined : new Date(time)
}

/** Partition of a Region; `aws` for one the catalog does not know. */
export function partitionOf(catalog: Catalog, region: string): string {
  return catalog.region(region)?.partition ?? 'aws'
}

export function foundationModelArn(catalog: Catalog, region: string, modelId: string, seenFrom = region): string {
  const resource = `foundation-model/${modelId}`
  return formatArn({partition: partitionOf(catalog, seenFrom), service: 'bedrock', region, account: '', resource})
}

/** What ListFoundationModels shows in a Region, in the catalog's order; variants follow their model. */
export function offeredModels(catalog: Catalog, region: string, now: number): readonly OfferedModel[] {
  return catalog.models.flatMap((model) => offersOf(catalog, model, region, now))
}

function offersOf(catalog: Catalog, model: CatalogModel, region: string, now: number): readonly OfferedModel[] {
  if (!isListed(model, now)) return []
  return [...usableIds(model, region)].map(([id, inferenceTypes]) => ({
    id,
    arn: foundationModelArn(catalog, region, id),
    model,
    inferenceTypes,
  }))
}

export function offeredModel(catalog: Catalog, region: string, now: number, id: string): OfferedModel | undefined {
  const known = catalog.model(id)
  const offers = known ? offersOf(catalog, known, region, now) : offeredModels(catalog, region, now)
  return offers.find((offered) => offered.id === id)
}

function usableIds(model: CatalogModel, region: string): ReadonlyMap<string, readonly OfferedInference[]> {
  const onDemand = model.inRegion.includes(region)
  const byProfile = model.profiles.some((profile) => region in profile.routes)
  const ids = new Map<string, readonly OfferedInference[]>()
  if (onDemand) ids.set(model.id, ['ON_DEMAND'])
  else if (byProfile) ids.set(model.id, ['INFERENCE_PROFILE'])
  for (const {id, regions} of model.provisioned) {
    if (regions.includes(region)) ids.set(id, [...(ids.get(id) ?? []), 'PROVISIONED'])
  }
  return ids
}

/** The system profiles that can be called from a Region, by id. */
export function offeredProfiles(catalog: Catalog, region: string, now: number): readonly OfferedProfile[] {
  return catalog.models
    .filter((model) => isListed(model, now))
    .flatMap((model) =>
      model.profiles
        .filter((profile) => region in profile.routes)
        .map((profile) => profileFrom(catalog, model, profile, region)),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

export function offeredProfile(catalog: Catalog, region: string, now: number, id: string): OfferedProfile | undefined {
  const match = catalog.profile(id)
  if (!match || !(region in match.profile.routes)) return undefined
  return isListed(match.model, now) ? profileFrom(catalog, match.model, match.profile, region) : undefined
}

function profileFrom(catalog: Catalog, model: CatalogModel, profile: CatalogProfile, region: string): OfferedProfile {
  const modelArns = destinations(profile, region).map((to) => foundationModelArn(catalog, to, model.id, region))
  return {id: profile.id, name: profileName(catalog, model, profile), model, modelArns}
}

/** Regions of the model ARNs of a profile; `''` is the Global one. A route nobody has seen is the union of those seen. */
function destinations(profile: CatalogProfile, source: string): readonly string[] {
  if (profile.kind === 'global') return [source, '']
  const known = profile.routes[source]
  if (known) return known
  const seen = new Set(Object.values(profile.routes).flatMap((route) => route ?? []))
  return seen.size > 0 ? [...seen].sort((a, b) => a.localeCompare(b)) : Object.keys(profile.routes)
}

function profileName(catalog: Catalog, model: CatalogModel, profile: CatalogProfile): string {
  const geography = profile.geography === null ? undefined : catalog.geography(profile.geography)
  const prefix = profile.kind === 'global' ? 'Global' : (geography?.id.toUpperCase() ?? profile.id.split('.')[0] ?? '')
  const name = model.name ?? model.id
  return (name.startsWith(model.provider) ? `${prefix} ${name}` : `${prefix} ${model.provider} ${name}`).slice(0, 64)
}

/** The day a model came, as the creation time of its profiles. */
export function launchedAt(model: CatalogModel): Date | undefined {
  return toDate(model.lifecycle.launched)
}
