import type {CatalogModel, CatalogProfile} from '../../src/lib/catalog/catalog.schema.js'
import {CATALOG_SCHEMA_VERSION, type StoredProfile, type StoredRoutes} from '../../src/lib/catalog/stored-catalog.js'
import {Table} from './table.js'

/** The tables a part names its repeated values by. */
class Tables {
  readonly sources = new Table<string>()
  readonly sourceSets = new Table<readonly number[]>()
  readonly regionSets = new Table<readonly string[]>()
  readonly routes = new Table<StoredRoutes>()

  addSources(names: readonly string[]): number {
    return this.sourceSets.add(names.map((name) => this.sources.add(name)))
  }
}

/** Catalog records → the stored part; decodeModels is its inverse (a test holds them together). */
export function encodeModels(models: readonly CatalogModel[]): Readonly<Record<string, unknown>> {
  const tables = new Tables()
  tables.regionSets.add([])
  const encoded = models.map((model) => encodeModel(model, tables))
  return {
    schemaVersion: CATALOG_SCHEMA_VERSION,
    sources: tables.sources.items,
    sourceSets: tables.sourceSets.items,
    regionSets: tables.regionSets.items,
    routes: tables.routes.items,
    models: encoded,
  }
}

function encodeModel(model: CatalogModel, tables: Tables): object {
  const set = (regions: readonly string[]) => tables.regionSets.add(regions) || undefined
  const {lifecycle} = model
  return withoutDefaults({
    id: model.id,
    name: model.name,
    provider: model.provider,
    listNames: model.listNames,
    aliasOf: model.aliasOf,
    variants: model.contextVariants,
    input: model.inputModalities,
    output: model.outputModalities,
    context: model.contextTokens,
    maxOutput: model.maxOutputTokens,
    streaming: model.streaming,
    tools: model.tools,
    caching: model.promptCaching,
    batch: model.batch,
    customizations: model.customizations,
    customizationRegions: set(model.customizationRegions),
    tiers: model.serviceTiers,
    apis: model.apis,
    endpoints: model.endpoints,
    status: lifecycle.status,
    launched: lifecycle.launched,
    legacy: lifecycle.legacy,
    extendedAccess: lifecycle.extendedAccess,
    endOfLife: lifecycle.endOfLife,
    endOfLifeNoSoonerThan: lifecycle.endOfLifeNoSoonerThan,
    lastListed: lifecycle.lastListed,
    lifecycleSource: lifecycle.source === null ? null : tables.sources.add(lifecycle.source),
    inRegion: set(model.inRegion),
    inRegionDisputed: set(model.inRegionDisputed),
    geoDisputed: set(model.geoDisputed),
    govCloud: set(model.govCloud),
    mantle: set(model.mantle),
    provisioned: model.provisioned.map(({id, regions}) => [id, tables.regionSets.add(regions)]),
    profiles: model.profiles.map((profile) => encodeProfile(profile, tables)),
    retention: model.minimumDataRetention,
    gated: model.gated ? true : null,
    note: model.note,
    asOf: model.asOf,
    confidence: model.confidence,
    sources: tables.addSources(model.sources),
  })
}

function encodeProfile(profile: CatalogProfile, tables: Tables): StoredProfile {
  return [
    profile.id,
    profile.kind,
    profile.geography,
    tables.routes.add(encodeRoutes(profile.routes, tables.regionSets)),
    tables.regionSets.add(profile.disputedSources),
    tables.addSources(profile.sources),
  ]
}

function encodeRoutes(routes: CatalogProfile['routes'], regionSets: Table<readonly string[]>): StoredRoutes {
  const groups = new Map<string, {readonly from: string[]; readonly to: readonly string[] | null}>()
  for (const [source, destinations] of Object.entries(routes)) {
    const key = JSON.stringify(destinations)
    const group = groups.get(key) ?? {from: [], to: destinations}
    group.from.push(source)
    groups.set(key, group)
  }
  return [...groups.values()].map(({from, to}) => [regionSets.add(from), to === null ? null : regionSets.add(to)])
}

/** An empty list that means "none" may go; the lists that can be unknown (null) are never empty in the facts. */
function withoutDefaults(record: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(record).filter(
      ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  )
}
