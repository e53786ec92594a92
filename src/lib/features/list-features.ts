import type {Catalog} from '../catalog/catalog.js'
import type {CatalogFeature} from '../catalog/catalog.schema.js'
import type {Gate} from '../core/answer.schema.js'
import type {RouteReading} from '../routing/ports.js'
import {coincidences} from './coincidences.js'
import {coverageOf} from './coverage.js'
import type {Coverage, FeatureCoverage, FeaturesListResult} from './features-list.schema.js'
import {selectFeatures} from './select-features.js'

export interface ListFeaturesInput {
  /** Ids or names; empty for all features. */
  readonly features: readonly string[]
  readonly regions: readonly string[]
  /** True when the caller named the Regions: then --fail-if-missing is asked of each, else of any one. */
  readonly namedRegions: boolean
  /** Text of --same-as. */
  readonly sameAs: string | undefined
  readonly require: boolean
}

export interface ListFeaturesPorts {
  readonly catalog: Catalog
  /** What was read of routes; needed for --same-as alone. */
  readonly reading: RouteReading | undefined
}

/** Which Region offers which feature, and where that coincides with a model. Coverage comes from the bundled facts. */
export async function listFeatures(
  input: ListFeaturesInput,
  {catalog, reading}: ListFeaturesPorts,
): Promise<FeaturesListResult> {
  const features = selectFeatures(input.features, await catalog.features())
  const [modelId] = reading && input.sameAs !== undefined ? await reading.resolveModels([input.sameAs]) : []
  const sameAs =
    reading && modelId !== undefined
      ? {
          modelId,
          modelName: catalog.model(modelId)?.name ?? null,
          regions: coincidences({modelId, features, regions: input.regions}, reading),
        }
      : null
  const covered = features.map((feature) => toCoverage(feature, input.regions))
  return {
    schemaVersion: 1,
    simulated: reading?.simulated() ?? false,
    unread: reading?.unread ?? [],
    regions: input.regions,
    features: covered,
    sameAs,
    ...(input.require ? {gate: judgeGate(input, covered, sameAs)} : {}),
  }
}

function toCoverage(feature: CatalogFeature, regions: readonly string[]): FeatureCoverage {
  const {id, name, routes, closedToNewCustomers, note, asOf, sources, confidence} = feature
  return {
    id,
    name,
    regions: regions.map((region) => ({region, answer: coverageOf(feature, region)})),
    routes: routes.filter(({source}) => regions.includes(source)),
    closedToNewCustomers,
    note,
    asOf,
    sources,
    confidence,
  }
}

/** Each named Region, or at least one where none was named, must offer everything; unknown is not enough. */
function judgeGate(
  {regions, namedRegions}: ListFeaturesInput,
  features: readonly FeatureCoverage[],
  sameAs: FeaturesListResult['sameAs'],
): Gate {
  const wanted = [...features.map(({id}) => id), ...(sameAs ? [sameAs.modelId] : [])].join(', ')
  const holds = (region: string) =>
    sameAs
      ? sameAs.regions.find((candidate) => candidate.region === region)?.answer === 'yes'
      : features.every((feature) => feature.regions.some((cell) => cell.region === region && cell.answer === 'offered'))
  const failing = regions.filter((region) => !holds(region))
  if (namedRegions) {
    return {
      requirement: `${wanted} in ${regions.join(', ')}`,
      passed: failing.length === 0,
      failures: failing.map((region) => `${region}: ${whyNot(region, features, sameAs)}`),
    }
  }
  const passed = failing.length < regions.length
  return {
    requirement: `${wanted} in one Region`,
    passed,
    failures: passed ? [] : ['no Region is known to have them all'],
  }
}

/** What a Region lacks, or is not known to have. */
function whyNot(region: string, features: readonly FeatureCoverage[], sameAs: FeaturesListResult['sameAs']): string {
  const place = sameAs?.regions.find((candidate) => candidate.region === region)
  const cells: readonly {id: string; answer?: Coverage | undefined; reason: string | null}[] =
    place?.features ??
    features.map(({id, regions}) => ({
      id,
      answer: regions.find((cell) => cell.region === region)?.answer,
      reason: null,
    }))
  const lacking = cells.flatMap(({id, answer, reason}) =>
    answer === 'offered' ? [] : [`${id} ${reason ?? (answer === 'not-offered' ? 'not offered' : 'not known')}`],
  )
  const call =
    place === undefined || place.callable === 'yes'
      ? []
      : [`the model ${place.callable === 'no' ? 'cannot be called' : 'is not known to be callable'}`]
  return [...call, ...lacking].join('; ')
}
