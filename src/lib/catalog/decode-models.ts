import type {CatalogModel, CatalogProfile} from './catalog.schema.js'
import {entryAt} from './part-entries.js'
import type {StoredModel, StoredModels, StoredProfile, StoredRoutes} from './stored-catalog.js'

/** The tables of the part, each entry decoded once and shared: everything is readonly. */
interface Tables {
  readonly sources: readonly string[]
  readonly sourceSets: readonly (readonly string[])[]
  readonly regionSets: readonly (readonly string[])[]
  readonly routes: readonly CatalogProfile['routes'][]
}

export function decodeModels({models, regionSets, routes, sourceSets, sources}: StoredModels): readonly CatalogModel[] {
  const tables = {
    sources,
    sourceSets: sourceSets.map((set) => set.map((index) => entryAt(sources, index))),
    regionSets,
    routes: routes.map((groups) => decodeRoutes(groups, regionSets)),
  }
  return models.map((model) => decodeModel(model, tables))
}

function decodeModel(model: StoredModel, tables: Tables): CatalogModel {
  const set = (index: number | undefined) => entryAt(tables.regionSets, index ?? 0)
  return {
    id: model.id,
    name: model.name ?? null,
    provider: model.provider,
    listNames: model.listNames ?? [],
    aliasOf: model.aliasOf ?? null,
    contextVariants: model.variants ?? [],
    ...decodeAbilities(model),
    customizations: model.customizations ?? [],
    customizationRegions: set(model.customizationRegions),
    lifecycle: decodeLifecycle(model, tables.sources),
    inRegion: set(model.inRegion),
    inRegionDisputed: set(model.inRegionDisputed),
    geoDisputed: set(model.geoDisputed),
    govCloud: set(model.govCloud),
    mantle: set(model.mantle),
    provisioned: (model.provisioned ?? []).map(([id, regions]) => ({id, regions: set(regions)})),
    profiles: (model.profiles ?? []).map((profile) => decodeProfile(profile, tables)),
    minimumDataRetention: model.retention ?? null,
    gated: model.gated ?? false,
    note: model.note ?? null,
    asOf: model.asOf,
    sources: entryAt(tables.sourceSets, model.sources),
    confidence: model.confidence,
  }
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
    serviceTiers: model.tiers ?? null,
    apis: model.apis ?? null,
    endpoints: model.endpoints ?? null,
  }
}

function decodeLifecycle(model: StoredModel, sources: readonly string[]): CatalogModel['lifecycle'] {
  return {
    status: model.status,
    launched: model.launched ?? null,
    legacy: model.legacy ?? null,
    extendedAccess: model.extendedAccess ?? null,
    endOfLife: model.endOfLife ?? null,
    endOfLifeNoSoonerThan: model.endOfLifeNoSoonerThan ?? null,
    lastListed: model.lastListed ?? null,
    source: model.lifecycleSource === undefined ? null : entryAt(sources, model.lifecycleSource),
  }
}

function decodeProfile(
  [id, kind, geography, routes, disputed, sources]: StoredProfile,
  tables: Tables,
): CatalogProfile {
  return {
    id,
    kind,
    geography,
    routes: entryAt(tables.routes, routes),
    disputedSources: entryAt(tables.regionSets, disputed),
    sources: entryAt(tables.sourceSets, sources),
  }
}

/** Sources in the order of their names. */
function decodeRoutes(groups: StoredRoutes, regionSets: readonly (readonly string[])[]): CatalogProfile['routes'] {
  const routes = groups.flatMap(([from, to]) => {
    const destinations = to === null ? null : entryAt(regionSets, to)
    return entryAt(regionSets, from).map((region) => [region, destinations] as const)
  })
  return Object.fromEntries(routes.sort(([left], [right]) => (left < right ? -1 : 1)))
}
