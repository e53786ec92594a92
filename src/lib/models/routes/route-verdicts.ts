import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel, CatalogProfile} from '../../catalog/catalog.schema.js'
import {narrowestGeography} from '../../routing/geography.js'
import type {RouteVerdict} from '../availability/availability.schema.js'
import type {OfferedProfile, RegionOffer} from '../offers/offer.js'

/** What a route verdict is judged from. */
export interface RouteFacts {
  readonly modelId: string
  readonly catalog: Catalog
  /** What the Region offers; undefined when it could not be read. */
  readonly offer: RegionOffer | undefined
  readonly region: string
  /** Why there is no offer. */
  readonly unreadReason: string | undefined
  /** Whether the account has a Region enabled; undefined when the account was not read. */
  readonly isEnabled: ((region: string) => boolean | undefined) | undefined
}

const NONE = {id: null, geography: null, destinations: null, notEnabledDestinations: []} as const

/**
 * Every way to reach a model from one Region, each with its answer. Profiles are looked up by what the Region offers,
 * never made up from a prefix and an id.
 */
export function judgeRoutes(facts: RouteFacts): readonly RouteVerdict[] {
  const model = facts.catalog.model(facts.modelId)
  return [
    judgeInRegion(facts, model),
    ...judgeGeo(facts, model),
    judgeGlobal(facts, model),
    judgeMantle(facts, model),
    judgeProvisioned(facts, model),
  ]
}

/** Why nothing can be said or done at all: end of life, never listed, Region unread. */
function standstill(
  {offer, unreadReason}: RouteFacts,
  model: CatalogModel | undefined,
): Pick<RouteVerdict, 'answer' | 'reason'> | undefined {
  if (!offer) return {answer: 'unknown', reason: unreadReason ?? 'the Region could not be read'}
  if (offer.origin.kind !== 'bundle' || !model) return undefined
  const {lifecycle} = model
  if (lifecycle.status === 'EOL') {
    return {
      answer: 'no',
      reason: lifecycle.endOfLife
        ? `end of life on ${lifecycle.endOfLife}`
        : `end of life; last listed ${lifecycle.lastListed ?? 'long ago'}`,
    }
  }
  if (lifecycle.status === 'UNLISTED')
    return {answer: 'unknown', reason: 'seen only in SDK lists, never in a Region’s catalog'}
  return undefined
}

function judgeInRegion(facts: RouteFacts, model: CatalogModel | undefined): RouteVerdict {
  const {modelId, offer, region} = facts
  const mode = 'in-region'
  const stopped = standstill(facts, model)
  if (stopped) return {mode, ...NONE, ...stopped}
  if (offer?.models.find(({id}) => id === modelId)?.inRegion) {
    return {
      mode,
      answer: 'yes',
      id: modelId,
      geography: null,
      destinations: [region],
      notEnabledDestinations: [],
      reason: null,
    }
  }
  if (offer?.origin.kind === 'bundle' && model?.inRegionDisputed.includes(region)) {
    return {mode, ...NONE, answer: 'unknown', reason: 'AWS documentation lists it In-Region here, API snapshots do not'}
  }
  const elsewhere = (model?.inRegion ?? []).filter((name) => name !== region)
  return {
    mode,
    ...NONE,
    answer: 'no',
    reason: elsewhere.length === 0 ? 'not offered In-Region anywhere' : `offered only in ${joinRegions(elsewhere)}`,
  }
}

function judgeGeo(facts: RouteFacts, model: CatalogModel | undefined): readonly RouteVerdict[] {
  const mode = 'geo'
  const stopped = standstill(facts, model)
  if (stopped) return [{mode, ...NONE, ...stopped}]
  const offered = (facts.offer?.profiles ?? []).filter(({modelId, kind}) => modelId === facts.modelId && kind === 'geo')
  if (offered.length > 0) return offered.map((profile) => geoVerdict(profile, facts))
  const disputed = disputedProfile(facts, model, 'geo')
  if (disputed)
    return [{mode, ...NONE, answer: 'unknown', geography: disputed.geography, reason: disputedReason(facts.region)}]
  if (facts.offer?.origin.kind === 'bundle' && model?.geoDisputed.includes(facts.region)) {
    return [
      {
        mode,
        ...NONE,
        answer: 'unknown',
        reason: 'AWS documentation says a geographic profile works here, API snapshots show none',
      },
    ]
  }
  const known = (model?.profiles ?? []).filter(({kind}) => kind === 'geo').map(({id}) => id)
  return [
    {
      mode,
      ...NONE,
      answer: 'no',
      reason: known.length === 0 ? 'no geographic profile exists' : `${joinRegions(known)} cannot be called from here`,
    },
  ]
}

function geoVerdict(profile: OfferedProfile, {catalog, isEnabled}: RouteFacts): RouteVerdict {
  const {destinations} = profile
  return {
    mode: 'geo',
    answer: 'yes',
    id: profile.id,
    geography: catalog.profile(profile.id)?.profile.geography ?? narrowestGeography(destinations, catalog)?.id ?? null,
    destinations,
    notEnabledDestinations: (destinations ?? []).filter(
      (name) => !(isEnabled?.(name) ?? catalog.region(name)?.optIn !== true),
    ),
    reason: destinations === null ? 'its destinations from here are not known offline' : null,
  }
}

function judgeGlobal(facts: RouteFacts, model: CatalogModel | undefined): RouteVerdict {
  const mode = 'global'
  const stopped = standstill(facts, model)
  if (stopped) return {mode, ...NONE, ...stopped}
  const offered = facts.offer?.profiles.find(({modelId, kind}) => modelId === facts.modelId && kind === 'global')
  if (offered) return {mode, ...NONE, answer: 'yes', id: offered.id, reason: null}
  if (disputedProfile(facts, model, 'global'))
    return {mode, ...NONE, answer: 'unknown', reason: disputedReason(facts.region)}
  const exists = model?.profiles.some(({kind}) => kind === 'global') ?? false
  return {
    mode,
    ...NONE,
    answer: 'no',
    reason: exists ? 'the Global profile cannot be called from here' : 'no Global profile exists',
  }
}

function disputedProfile(
  {offer, region}: RouteFacts,
  model: CatalogModel | undefined,
  kind: 'geo' | 'global',
): CatalogProfile | undefined {
  if (offer?.origin.kind !== 'bundle') return undefined
  return model?.profiles.find((profile) => profile.kind === kind && profile.disputedSources.includes(region))
}

function disputedReason(region: string): string {
  return `AWS’s model card lists ${region} as a source, API snapshots do not`
}

/** The bundle is the only source for Mantle: no AWS SDK client reads it. */
function judgeMantle({modelId, catalog, region}: RouteFacts, model: CatalogModel | undefined): RouteVerdict {
  const mode = 'mantle'
  if (!model || model.endpoints === null)
    return {mode, ...NONE, answer: 'unknown', reason: 'the bundled facts do not say'}
  if (model.mantle.includes(region)) {
    const alias = catalog.models.find(({aliasOf, mantle}) => aliasOf === modelId && mantle.includes(region))
    return {
      mode,
      answer: 'yes',
      id: alias?.id ?? modelId,
      geography: null,
      destinations: [region],
      notEnabledDestinations: [],
      reason: null,
    }
  }
  return {
    mode,
    ...NONE,
    answer: 'no',
    reason:
      model.mantle.length === 0
        ? 'not offered on bedrock-mantle'
        : `on bedrock-mantle only in ${joinRegions(model.mantle)}`,
  }
}

function judgeProvisioned(facts: RouteFacts, model: CatalogModel | undefined): RouteVerdict {
  const mode = 'provisioned'
  const stopped = standstill(facts, model)
  if (stopped) return {mode, ...NONE, ...stopped}
  const ids = facts.offer?.models.find(({id}) => id === facts.modelId)?.provisionedIds ?? []
  if (ids.length > 0) {
    return {
      mode,
      answer: 'yes',
      id: ids[0] ?? null,
      geography: null,
      destinations: [facts.region],
      notEnabledDestinations: [],
      reason: ids.length > 1 ? `also ${ids.slice(1).join(', ')}` : null,
    }
  }
  return {mode, ...NONE, answer: 'no', reason: 'no Provisioned Throughput is sold here'}
}

/** Names in one phrase, shortened after six. */
export function joinRegions(names: readonly string[]): string {
  return names.length <= 6 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
}
