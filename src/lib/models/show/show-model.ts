import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel, CatalogPrice} from '../../catalog/catalog.schema.js'
import {lifecycleAt} from '../../catalog/lifecycle-at.js'
import type {CollectedOffers} from '../offers/collect-offers.js'
import type {RegionOffer} from '../offers/offer.js'
import type {ReferenceSource} from '../references/reference-ports.js'
import {type ResolvedReference, resolveReference} from '../references/resolve-base-models.js'
import type {ShowModelResult} from './show-model.schema.js'

export interface ShowModelInput {
  /** Any id, ARN or display name. */
  readonly model: string
  /** Regions to read live. */
  readonly regions: readonly string[]
}

export interface ShowModelPorts {
  readonly catalog: Catalog
  readonly readOffers: (regions: readonly string[]) => Promise<CollectedOffers>
  /** Asked after the offers: which prices count depends on who answered. */
  readonly readPrices: () => Promise<readonly CatalogPrice[]>
  readonly references: ReferenceSource | undefined
  readonly simulated: () => boolean
  readonly now: () => Date
}

/** Everything known of one model, each fact with its source and date; what is not known stays so. */
export async function showModel(
  input: ShowModelInput,
  ports: ShowModelPorts,
  signal?: AbortSignal,
): Promise<ShowModelResult> {
  const {catalog, references} = ports
  const {offers, unread} = await ports.readOffers(input.regions)
  const resolved = await resolveReference(input.model, {catalog, offers, references}, signal)
  const {modelId} = resolved
  const known = modelId === null ? undefined : catalog.model(modelId)
  const offered = offers.flatMap(({models}) => models).find(({id}) => id === modelId)
  return {
    schemaVersion: 1,
    simulated: ports.simulated(),
    unread,
    asked: input.model,
    matchedBy: matchedBy(resolved),
    modelId,
    name: known?.name ?? offered?.name ?? resolved.resource?.name ?? null,
    provider: known?.provider ?? offered?.provider ?? null,
    resource: resolved.resource ?? (await profileResource(resolved, input.regions, references, signal)),
    lifecycle: known ? describeLifecycle(known, ports.now()) : null,
    facts: known ? listFacts(known) : [],
    inRegion: known?.inRegion ?? [],
    inRegionDisputed: known?.inRegionDisputed ?? [],
    mantle: known?.mantle ?? [],
    provisioned: known?.provisioned ?? [],
    profiles: (known?.profiles ?? []).map(({id, kind, geography, routes, disputedSources}) => ({
      id,
      kind,
      geography,
      routes,
      disputedSources,
    })),
    aliases: catalog.models.filter(({aliasOf}) => aliasOf === modelId && modelId !== null).map(({id}) => id),
    live:
      modelId === null
        ? []
        : offers.filter(({origin}) => origin.kind !== 'bundle').map((offer) => describeOffer(offer, modelId)),
    prices: (await ports.readPrices()).filter((price) => price.modelId === modelId).map(toShownPrice),
    confidence: known?.confidence ?? null,
    sources: known?.sources ?? [],
    asOf: known?.asOf ?? null,
  }
}

function matchedBy({reference}: ResolvedReference): ShowModelResult['matchedBy'] {
  return reference.kind === 'model' ? reference.matchedBy : reference.kind
}

/** A profile that was asked for by id, as its Region describes it. */
async function profileResource(
  {reference}: ResolvedReference,
  regions: readonly string[],
  references: ReferenceSource | undefined,
  signal: AbortSignal | undefined,
): Promise<ShowModelResult['resource']> {
  const region = reference.kind === 'profile' ? (reference.region ?? regions[0]) : undefined
  if (!references || reference.kind !== 'profile' || region === undefined) return null
  return (await references.getInferenceProfile(region, reference.profileId, signal)) ?? null
}

function describeLifecycle({lifecycle}: CatalogModel, now: Date): ShowModelResult['lifecycle'] {
  const {status, launched, legacy, extendedAccess, endOfLife, endOfLifeNoSoonerThan, source} = lifecycle
  return {
    status,
    phase: lifecycleAt(lifecycle, now),
    launched,
    legacy,
    extendedAccess,
    endOfLife,
    endOfLifeNoSoonerThan,
    source,
  }
}

function listFacts(model: CatalogModel): ShowModelResult['facts'] {
  const common = {source: model.sources.join(', '), asOf: model.asOf}
  const facts: readonly (readonly [string, ShowModelResult['facts'][number]['value']])[] = [
    ['input modalities', model.inputModalities],
    ['output modalities', model.outputModalities],
    ['context tokens', model.contextTokens],
    ['max output tokens', model.maxOutputTokens],
    ['streaming', model.streaming],
    ['tools', model.tools],
    ['prompt caching', model.promptCaching],
    ['batch inference', model.batch],
    ['customizations', model.customizations],
    ['customization Regions', model.customizationRegions],
    ['APIs', model.apis],
    ['endpoints', model.endpoints],
    ['service tiers', model.serviceTiers],
    ['minimum data retention', model.minimumDataRetention],
    ['access decided by AWS', model.gated],
    ['note', model.note],
  ]
  return facts.map(([name, value]) => ({name, value, ...common}))
}

function describeOffer(
  {region, origin, models, profiles}: RegionOffer,
  modelId: string,
): ShowModelResult['live'][number] {
  const model = models.find(({id}) => id === modelId)
  return {
    region,
    offered: model !== undefined,
    inRegion: model?.inRegion ?? false,
    status: model?.lifecycle.status ?? null,
    endOfLife: model?.lifecycle.endOfLife ?? null,
    profiles: profiles
      .filter((profile) => profile.modelId === modelId)
      .map(({id, destinations}) => ({id, destinations})),
    origin,
  }
}

function toShownPrice({
  profileId,
  region,
  routing,
  tier,
  unit,
  amount,
  asOf,
  sources,
}: CatalogPrice): ShowModelResult['prices'][number] {
  return {profileId, region, routing, tier, unit, usd: amount, asOf, sources}
}
