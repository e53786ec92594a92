import type {CatalogModel, CatalogProfile} from './catalog.schema.js'
import type {StoredModel, StoredModels, StoredProfile} from './stored-catalog.js'

/** Thrown by the decoders; openCatalog names the file and the remedy. */
export class DamagedPartError extends Error {}

/** An index that leads nowhere means a damaged file, never an empty answer. */
export function entryAt<Item>(table: readonly Item[], index: number): Item {
  const entry = table[index]
  if (entry === undefined) throw new DamagedPartError(`no entry ${index} in a table of ${table.length}`)
  return entry
}

export function decodeModels({models, regionSets, sources}: StoredModels): readonly CatalogModel[] {
  const set = (index: number | undefined) => entryAt(regionSets, index ?? 0)
  const names = (indices: readonly number[]) => indices.map((index) => entryAt(sources, index))
  const source = (index: number | undefined) => (index === undefined ? null : entryAt(sources, index))
  return models.map((model) => ({
    id: model.id,
    name: model.name ?? null,
    provider: model.provider,
    aliasOf: model.aliasOf ?? null,
    contextVariants: model.variants ?? [],
    ...decodeAbilities(model),
    customizationRegions: set(model.customizationRegions),
    lifecycle: {...decodeDates(model), source: source(model.lifecycleSource)},
    inRegion: set(model.inRegion),
    inRegionDisputed: set(model.inRegionDisputed),
    geoDisputed: set(model.geoDisputed),
    govCloud: set(model.govCloud),
    mantle: set(model.mantle),
    provisioned: (model.provisioned ?? []).map(([id, regions]) => ({id, regions: set(regions)})),
    profiles: (model.profiles ?? []).map((profile) => decodeProfile(profile, set, names)),
    minimumDataRetention: model.retention ?? null,
    gated: model.gated ?? false,
    note: model.note ?? null,
    asOf: model.asOf,
    sources: names(model.sources),
    confidence: model.confidence,
  }))
}

function decodeAbilities(model: StoredModel) {
  return {
    inputModalities: model.input ?? null,
    outputModalities: model.output ?? null,
    contextTokens: model.context ?? null,
    maxOutputTokens: model.maxOutput ?? null,
    streaming: model.streaming ?? null,
    tools: model.tools ?? null,
    promptCaching: model.caching ?? null,
    batch: model.batch ?? null,
    customizations: model.customizations ?? [],
    serviceTiers: model.tiers ?? null,
    apis: model.apis ?? null,
    endpoints: model.endpoints ?? null,
  }
}

function decodeDates(model: StoredModel) {
  return {
    status: model.status,
    launched: model.launched ?? null,
    legacy: model.legacy ?? null,
    extendedAccess: model.extendedAccess ?? null,
    endOfLife: model.endOfLife ?? null,
    endOfLifeNoSoonerThan: model.endOfLifeNoSoonerThan ?? null,
    lastListed: model.lastListed ?? null,
  }
}

function decodeProfile(
  [id, kind, geography, groups, disputed, sources]: StoredProfile,
  set: (index: number) => readonly string[],
  names: (indices: readonly number[]) => readonly string[],
): CatalogProfile {
  const routes = groups.flatMap(([from, to]) => {
    const destinations = to === null ? null : set(to)
    return set(from).map((region) => [region, destinations] as const)
  })
  if (groups.length > 1) routes.sort(([left], [right]) => (left < right ? -1 : 1))
  return {
    id,
    kind,
    geography,
    routes: Object.fromEntries(routes),
    disputedSources: set(disputed),
    sources: names(sources),
  }
}
