import type {
  CatalogBatch,
  CatalogFeature,
  CatalogModel,
  CatalogPrice,
  CatalogProfile,
  CatalogRegion,
  Geography,
} from './catalog.schema.js'
import type {CustomModelFacts} from './custom-models.schema.js'

/** A profile and the model it belongs to. */
export interface ProfileMatch {
  readonly model: CatalogModel
  readonly profile: CatalogProfile
}

/**
 * The bundled facts. Every look-up is exact: an id that is not in the catalog is `undefined`, never a guess from its
 * prefix. Prices, features, facts of batch and of custom models are read only when asked for.
 */
export interface Catalog {
  /** ISO date on which the facts were compiled. */
  readonly compiledOn: string
  readonly models: readonly CatalogModel[]
  readonly regions: readonly CatalogRegion[]
  readonly geographies: readonly Geography[]
  model(id: string): CatalogModel | undefined
  profile(id: string): ProfileMatch | undefined
  region(name: string): CatalogRegion | undefined
  geography(id: string): Geography | undefined
  batch(): Promise<CatalogBatch>
  customModels(): Promise<CustomModelFacts>
  features(): Promise<readonly CatalogFeature[]>
  prices(): Promise<readonly CatalogPrice[]>
}
