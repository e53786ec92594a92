import type {Catalog} from '../catalog/catalog.js'
import type {CatalogModel} from '../catalog/catalog.schema.js'

/** How a name that a price list uses leads to a model. */
export interface ModelNames {
  /** The base model of an exact display name, spelling of blanks, hyphens and case aside. */
  byName(name: string): string | 'ambiguous' | undefined
  /** The base model of an id or alias. */
  byId(id: string): string | undefined
}

/** Names are compared whole: a name that is not in the catalog leads nowhere, however near it is. */
export function modelNames(catalog: Pick<Catalog, 'model' | 'models'>): ModelNames {
  const named = new Map<string, CatalogModel[]>()
  for (const model of catalog.models) {
    if (model.aliasOf !== null || model.name === null) continue
    for (const key of new Set([normalise(model.name), normalise(`${model.provider} ${model.name}`)])) {
      named.set(key, [...(named.get(key) ?? []), model])
    }
  }
  return {
    byName(name) {
      const found = named.get(normalise(name)) ?? []
      // Dead versions share the name of the living one; they do not make it ambiguous.
      const living = found.filter(({lifecycle}) => lifecycle.status !== 'EOL' && lifecycle.status !== 'UNLISTED')
      const [one, ...others] = living.length > 0 ? living : found
      return others.length > 0 ? 'ambiguous' : one?.id
    },
    byId(id) {
      const model = catalog.model(id)
      return model?.aliasOf ?? model?.id
    },
  }
}

function normalise(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '')
}
