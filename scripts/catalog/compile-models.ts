import type {CatalogModel, CatalogProfile} from '../../src/lib/catalog/catalog.schema.js'
import {LIST_NAMES} from './curated-list-names.js'
import {LIFECYCLE_ROWS, LIFECYCLE_SOURCE, MODEL_ADDITIONS} from './curated-models.js'
import {PROFILE_GEOGRAPHIES} from './curated-regions.js'
import type {ModelFact, ProfileFact} from './facts.js'
import {sourceName} from './source-names.js'
import {difference, inOrder, sorted} from './table.js'

/** Facts → catalog records, sorted by id, with the curated additions applied. */
export function compileModels(facts: readonly ModelFact[]): CatalogModel[] {
  return facts.map((fact) => addCurated(compileModel(fact))).sort((left, right) => inOrder(left.id, right.id))
}

function compileModel(fact: ModelFact): CatalogModel {
  const docs = fact.docsAvailability
  const geoSources = fact.profiles.flatMap(({kind, sourceRegions}) => (kind === 'geo' ? (sourceRegions ?? []) : []))
  return {
    id: fact.modelId,
    name: fact.name,
    provider: fact.provider,
    listNames: LIST_NAMES.get(fact.modelId) ?? [],
    aliasOf: fact.aliasOf,
    contextVariants: sorted(fact.contextVariants),
    inputModalities: fact.inputModalities && sorted(fact.inputModalities),
    outputModalities: fact.outputModalities && sorted(fact.outputModalities),
    contextTokens: fact.contextTokens,
    maxOutputTokens: fact.maxOutputTokens,
    streaming: fact.streaming,
    tools: fact.tools,
    promptCaching: fact.promptCaching,
    batch: fact.batch,
    customizations: sorted(fact.fineTuning),
    customizationRegions: sorted(fact.fineTuningRegions),
    serviceTiers: fact.serviceTiers,
    apis: fact.apis,
    endpoints: fact.endpoints,
    lifecycle: compileLifecycle(fact),
    inRegion: sorted(fact.onDemandRegions),
    inRegionDisputed: difference(docs?.inRegion ?? [], [...fact.onDemandRegions, ...fact.mantleRegions]),
    geoDisputed: difference(docs?.geo ?? [], geoSources),
    govCloud: sorted(fact.govCloudRegions),
    mantle: sorted(fact.mantleRegions),
    provisioned: fact.provisionedThroughput.map(({id, regions}) => ({id, regions: sorted(regions)})),
    profiles: fact.profiles
      .map((profile) => compileProfile(profile, docs?.global ?? []))
      .sort((left, right) => inOrder(left.id, right.id)),
    minimumDataRetention: null,
    gated: false,
    note: fact.notes ?? null,
    asOf: fact.asOf,
    sources: fact.sources.map(sourceName),
    confidence: fact.confidence,
  }
}

function compileLifecycle({lifecycle, modelId}: ModelFact): CatalogModel['lifecycle'] {
  const row = LIFECYCLE_ROWS.find(({ids}) => ids.includes(modelId))
  return {
    status: lifecycle.status,
    launched: lifecycle.launchDate,
    legacy: row ? row.legacy : lifecycle.legacyDate,
    extendedAccess: row ? row.extendedAccess : lifecycle.publicExtendedAccessDate,
    endOfLife: row ? row.endOfLife : lifecycle.eolDate,
    endOfLifeNoSoonerThan: lifecycle.eolNoSoonerThan,
    lastListed: lifecycle.lastListed,
    source: row ? LIFECYCLE_SOURCE : lifecycle.source && sourceName(lifecycle.source),
  }
}

/**
 * Routes are those seen from each source; a profile without a table of its own sends every source to the same
 * destinations, save the sources whose destinations nobody saw.
 */
function compileProfile(fact: ProfileFact, documentedGlobal: readonly string[]): CatalogProfile {
  const geography = PROFILE_GEOGRAPHIES[fact.geography]
  if (geography === undefined) throw new Error(`${fact.id}: no id for the geography ${fact.geography}`)
  const unseen = new Set(fact.sourcesWithoutRoute ?? [])
  const routes: Record<string, string[] | null> = {}
  for (const source of sorted(fact.sourceRegions ?? [])) {
    const destinations = fact.routes?.[source] ?? (unseen.has(source) ? null : fact.destinationRegions)
    routes[source] = destinations && sorted(destinations)
  }
  const documented = [...(fact.sourceRegionsOnModelCard ?? []), ...(fact.kind === 'global' ? documentedGlobal : [])]
  return {
    id: fact.id,
    kind: fact.kind,
    geography,
    routes,
    disputedSources: difference(documented, Object.keys(routes)),
    sources: fact.sources.map(sourceName),
  }
}

function addCurated(model: CatalogModel): CatalogModel {
  const additions = MODEL_ADDITIONS.filter(({id}) => id === model.id)
  const merged: CatalogModel = Object.assign({...model}, ...additions.map(({set}) => set))
  return {...merged, sources: [...model.sources, ...additions.map(({asOf, source}) => `${source} (${asOf})`)]}
}
