import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel} from '../../catalog/catalog.schema.js'

const DATED = /-\d{4}-\d{2}-\d{2}$/

/**
 * The model under the id that the endpoint bedrock-mantle has for it, and its usage types with that; `undefined` where
 * it is not offered there. `deepseek.v3-v1:0` is `deepseek.v3.1` there.
 */
export function mantleModel(model: CatalogModel, region: string, catalog: Catalog): CatalogModel | undefined {
  const aliases = catalog.models.filter(({aliasOf, id}) => aliasOf === model.id && !DATED.test(id))
  return [...aliases, model].find(({mantle}) => mantle.includes(region))
}
