import type {CatalogModel, CatalogProfile} from '../../src/lib/catalog/catalog.schema.js'
import {CATALOG_SCHEMA_VERSION, type StoredProfile} from '../../src/lib/catalog/stored-catalog.js'
import {Table} from './table.js'

/** Catalog records → the stored part; decodeModels is its inverse (a test holds them together). */
export function encodeModels(models: readonly CatalogModel[]): Readonly<Record<string, unknown>> {
  const sources = new Table<string>()
  const regionSets = new Table<readonly string[]>()
  regionSets.add([])
  const encoded = models.map((model) => encodeModel(model, sources, regionSets))
  return {
    schemaVersion: CATALOG_SCHEMA_VERSION,
    sources: sources.items,
    regionSets: regionSets.items,
    models: encoded,
  }
}

function encodeModel(model: CatalogModel, sources: Table<string>, regionSets: Table<readonly string[]>): object {
  const set = (regions: readonly string[]) => regionSets.add(regions) || undefined
  const {lifecycle} = model
  return withoutDefaults({
    id: model.id,
    name: model.name,
    provider: model.provider,
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
    lifecycleSource: lifecycle.source === null ? null : sources.add(lifecycle.source),
    inRegion: set(model.inRegion),
    inRegionDisputed: set(model.inRegionDisputed),
    geoDisputed: set(model.geoDisputed),
    govCloud: set(model.govCloud),
    mantle: set(model.mantle),
    provisioned: model.provisioned.map(({id, regions}) => [id, regionSets.add(regions)]),
    profiles: model.profiles.map((profile) => encodeProfile(profile, sources, regionSets)),
    retention: model.minimumDataRetention,
    gated: model.gated ? true : null,
    note: model.note,
    asOf: model.asOf,
    confidence: model.confidence,
    sources: model.sources.map((source) => sources.add(source)),
  })
}

function encodeProfile(
  profile: CatalogProfile,
  sources: Table<string>,
  regionSets: Table<readonly string[]>,
): StoredProfile {
  const groups = new Map<string, {readonly from: string[]; readonly to: readonly string[] | null}>()
  for (const [source, destinations] of Object.entries(profile.routes)) {
    const key = JSON.stringify(destinations)
    const group = groups.get(key) ?? {from: [], to: destinations}
    group.from.push(source)
    groups.set(key, group)
  }
  return [
    profile.id,
    profile.kind,
    profile.geography,
    [...groups.values()].map(({from, to}) => [regionSets.add(from), to === null ? null : regionSets.add(to)] as const),
    regionSets.add(profile.disputedSources),
    profile.sources.map((source) => sources.add(source)),
  ]
}

/** An empty list that means "none" may go; the lists that can be unknown (null) are never empty in the facts. */
function withoutDefaults(record: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(record).filter(
      ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  )
}
