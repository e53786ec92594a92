import type {Catalog} from '../catalog/catalog.js'
import type {CatalogModel} from '../catalog/catalog.schema.js'

/** How a name that a price list uses leads to a model. */
export interface ModelNames {
  /** The base model of a name, spelling of blanks, hyphens, points and case aside. */
  byName(name: string): string | 'ambiguous' | undefined
  /** The base model of an id or alias. */
  byId(id: string): string | undefined
}

/** Names are compared whole: a name that is not in the catalog leads nowhere, however near it is. */
export function modelNames(catalog: Pick<Catalog, 'model' | 'models'>): ModelNames {
  const models = catalog.models.filter(({aliasOf}) => aliasOf === null)
  const listed = indexed(models, ({listNames}) => listNames)
  const named = indexed(models, ({name, provider}) => (name === null ? [] : [name, `${provider} ${name}`]))
  return {
    // The list's own names come first: its `Mistral Large` is not the newest model of that name.
    byName: (name) => onlyModel(listed.get(normalise(name))) ?? onlyModel(named.get(normalise(name))),
    byId(id) {
      const model = catalog.model(id)
      return model?.aliasOf ?? model?.id
    },
  }
}

function indexed(
  models: readonly CatalogModel[],
  namesOf: (model: CatalogModel) => readonly string[],
): ReadonlyMap<string, readonly CatalogModel[]> {
  const index = new Map<string, CatalogModel[]>()
  for (const model of models) {
    for (const key of new Set(namesOf(model).map(normalise))) {
      const found = index.get(key)
      if (found) found.push(model)
      else index.set(key, [model])
    }
  }
  return index
}

function onlyModel(found: readonly CatalogModel[] = []): string | 'ambiguous' | undefined {
  // Dead versions share the name of the living one; they do not make it ambiguous.
  const living = found.filter(({lifecycle}) => lifecycle.status !== 'EOL' && lifecycle.status !== 'UNLISTED')
  const [one, ...others] = living.length > 0 ? living : found
  return others.length > 0 ? 'ambiguous' : one?.id
}

function normalise(name: string): string {
  return name.toLowerCase().replace(/[\s._-]+/g, '')
}
