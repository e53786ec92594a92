import type {CatalogFeature} from '../../src/lib/catalog/catalog.schema.js'
import {FEATURE_NAMES, FEATURE_NOTES} from './curated-features.js'
import type {FeatureFact, FeaturesFile} from './facts.js'
import {sourceName} from './source-names.js'
import {inOrder, sorted} from './table.js'

/** Feature facts → catalog records, sorted by id. A Region in neither list is one nobody knows about. */
export function compileFeatures({features}: FeaturesFile, compiledOn: string): CatalogFeature[] {
  return features.map((fact) => compileFeature(fact, compiledOn)).sort((left, right) => inOrder(left.id, right.id))
}

function compileFeature(fact: FeatureFact, compiledOn: string): CatalogFeature {
  const name = FEATURE_NAMES[fact.feature]
  if (name === undefined) throw new Error(`no display name for the feature ${fact.feature}`)
  const id = featureId(fact.feature)
  return {
    id,
    name,
    offered: sorted(fact.regions ?? []),
    notOffered: sorted(fact.notIn),
    models: featureModels(fact),
    routes: (fact.profiles ?? [])
      .map(({destinationRegions, profile, sourceRegion}) => ({
        source: sourceRegion,
        profile,
        destinations: sorted(destinationRegions),
      }))
      .sort((left, right) => inOrder(left.source, right.source)),
    closedToNewCustomers: fact.maintenance?.closedToNewCustomers ?? null,
    note: featureNote(fact, id),
    asOf: fact.asOf ?? compiledOn,
    sources: featureSources(fact),
    confidence: fact.confidence,
  }
}

/** `agentCore.builtInTools` → `agentcore-built-in-tools`. */
function featureId(name: string): string {
  return name
    .replace(/^agentCore\./, 'agentcore-')
    .replace('MicroVMs', 'Microvms')
    .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    .replace('--', '-')
}

function featureModels(fact: FeatureFact): CatalogFeature['models'] {
  const deployed = Object.entries(fact.baseModels ?? {}).map(([id, region]) => ({id, regions: [region]}))
  return [...(fact.modelTable ?? []), ...deployed]
    .map(({id, regions}) => ({id, regions: sorted(regions)}))
    .sort((left, right) => inOrder(left.id, right.id))
}

function featureNote(fact: FeatureFact, id: string): string | null {
  const parts = [
    fact.note,
    FEATURE_NOTES[id],
    fact.maintenance && `new customers may not call ${fact.maintenance.restrictedActions.join(', ')}`,
    fact.customizedOnOrAfter && `for models customised on ${fact.customizedOnOrAfter} or later`,
    fact.throughput && `throughput: ${fact.throughput}`,
    fact.notSupported && `not supported: ${fact.notSupported.join(', ')}`,
  ].filter((part) => typeof part === 'string')
  return parts.length === 0 ? null : parts.join('; ')
}

function featureSources(fact: FeatureFact): string[] {
  const sources = [fact.source, fact.crossCheck?.source, fact.maintenance?.source, fact.modelTableSource]
    .filter((source) => typeof source === 'string')
    .map(sourceName)
  return sources.length === 0 ? ['none found'] : [...new Set(sources)]
}
