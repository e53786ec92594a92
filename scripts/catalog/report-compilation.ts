import type {CatalogModel} from '../../src/lib/catalog/catalog.schema.js'
import {LIFECYCLE_ROWS, MODEL_ADDITIONS} from './curated-models.js'
import type {FeaturesFile, ModelFact, PriceFact, RegionsFile} from './facts.js'
import {difference} from './table.js'

interface Source {
  readonly models: readonly ModelFact[]
  readonly prices: readonly PriceFact[]
  readonly regions: RegionsFile
  readonly features: FeaturesFile
}

type PartSizes = Readonly<Record<string, {readonly bytes: number; readonly records: Readonly<Record<string, number>>}>>

/** Lines for the person who compiles: sizes, corrections, disagreements, and every field that is not carried over. */
export function reportCompilation(source: Source, models: readonly CatalogModel[], parts: PartSizes): string[] {
  return [
    ...Object.entries(parts).map(([name, {bytes, records}]) => `${name}: ${bytes} bytes, ${JSON.stringify(records)}`),
    ...reportCorrections(source.models),
    ...reportDisagreements(source.models, models),
    ...reportLeftOut(source),
  ]
}

function reportCorrections(facts: readonly ModelFact[]): string[] {
  const known = new Map(facts.map((fact) => [fact.modelId, fact.lifecycle]))
  const unknownIds = difference(
    [...MODEL_ADDITIONS.map(({id}) => id), ...LIFECYCLE_ROWS.flatMap(({ids}) => ids)],
    known.keys(),
  )
  const corrected = LIFECYCLE_ROWS.flatMap((row) =>
    row.ids.filter((id) => {
      const dates = known.get(id)
      return (
        dates !== undefined &&
        (dates.legacyDate !== row.legacy ||
          dates.publicExtendedAccessDate !== row.extendedAccess ||
          dates.eolDate !== row.endOfLife)
      )
    }),
  )
  return [
    `curated: ${MODEL_ADDITIONS.length} model additions; lifecycle dates changed: ${list(corrected)}`,
    `curated ids the facts do not have: ${list(unknownIds)}`,
  ]
}

function reportDisagreements(facts: readonly ModelFact[], models: readonly CatalogModel[]): string[] {
  const undocumented = facts.filter(
    ({docsAvailability, onDemandRegions}) =>
      docsAvailability !== null && difference(onDemandRegions, docsAvailability.inRegion).length > 0,
  )
  return [
    `documented In-Region, not seen: ${list(having(models, ({inRegionDisputed}) => inRegionDisputed.length > 0))}`,
    `documented geo source, not seen: ${list(having(models, ({geoDisputed}) => geoDisputed.length > 0))}`,
    `seen In-Region, not documented (kept as In-Region): ${list(undocumented.map(({modelId}) => modelId))}`,
  ]
}

function having(models: readonly CatalogModel[], test: (model: CatalogModel) => boolean): string[] {
  return models.filter(test).map(({id}) => id)
}

function reportLeftOut({features, models, prices, regions}: Source): string[] {
  const held = features.features.filter(
    ({architectures, limits}) => architectures !== undefined || limits !== undefined,
  )
  return [
    `left out: models.toolsSource (${models.filter(({toolsSource}) => toolsSource !== null).length})`,
    `left out: models.lifecycle.statusAtSource (${models.length}; the status here is as of the compilation)`,
    `left out: models.docsAvailability as such (kept as what differs: disputed Regions)`,
    `left out: profiles.destinationScope (every Global profile says the same)`,
    `left out: regions.botocoreName, botocoreBedrock, geography, profilePrefixesSeen, inDemandModelCount (${regions.regions.length})`,
    `left out: notes of regions.json (${regions.notes.length}), of features.json where they name no single feature`,
    `left out: features.unknown (a Region in neither list is unknown), crossCheck details, modelTableRegions`,
    `left out: architectures and limits of ${list(held.map(({feature}) => feature))}`,
    `left out: prices.currency (${prices.length}, all USD)`,
  ]
}

function list(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : `${texts.length} (${texts.join(', ')})`
}
