import type {Catalog} from '../catalog/catalog.js'
import type {CatalogFeature} from '../catalog/catalog.schema.js'
import {findModel} from '../catalog/model-lookup.js'
import type {Coverage} from './features-list.schema.js'

/** What the feature's table says of a Region; one that it names in neither list is unknown. */
export function coverageOf(feature: Pick<CatalogFeature, 'offered' | 'notOffered'>, region: string): Coverage {
  if (feature.offered.includes(region)) return 'offered'
  return feature.notOffered.includes(region) ? 'not-offered' : 'unknown'
}

/**
 * What is said of the feature for one model: where the feature has a table of models, the model must be in it, under its
 * own id or that of a context variant.
 */
export function coverageForModel(
  feature: CatalogFeature,
  modelId: string,
  region: string,
  catalog: Catalog,
): {readonly answer: Coverage; readonly reason: string | null} {
  const answer = coverageOf(feature, region)
  if (answer !== 'offered' || feature.models.length === 0) return {answer, reason: null}
  const own = feature.models.filter(({id}) => (findModel(catalog, id)?.model.id ?? id) === modelId)
  if (own.length === 0) return {answer: 'not-offered', reason: 'offered here, not for this model'}
  if (own.some(({regions}) => regions.includes(region))) return {answer, reason: null}
  const elsewhere = [...new Set(own.flatMap(({regions}) => regions))]
  return {answer: 'not-offered', reason: `for this model only in ${elsewhere.join(', ')}`}
}
