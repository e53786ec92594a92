import type {Catalog} from './catalog.js'
import type {CatalogModel} from './catalog.schema.js'

export interface ModelMatch {
  /** The base model: for an alias, the model it stands for. */
  readonly model: CatalogModel
  readonly matchedBy: 'id' | 'alias' | 'name' | 'context-variant'
}

/** The one model `text` names, by exact id, alias, context variant or display name; an ambiguous name is no match. */
export function findModel(catalog: Pick<Catalog, 'model' | 'models'>, text: string): ModelMatch | undefined {
  const exact = catalog.model(text)
  if (exact) {
    const target = exact.aliasOf === null ? undefined : catalog.model(exact.aliasOf)
    return target ? {model: target, matchedBy: 'alias'} : {model: exact, matchedBy: 'id'}
  }
  const variant = catalog.models.find(({contextVariants}) => contextVariants.includes(text))
  if (variant) return {model: variant, matchedBy: 'context-variant'}
  const named = findByName(catalog.models, text)
  return named && {model: named, matchedBy: 'name'}
}

/** Aliases share the name of their model, and dead versions that of the living one: those do not make it ambiguous. */
function findByName(models: readonly CatalogModel[], text: string): CatalogModel | undefined {
  const wanted = text.toLowerCase()
  const named = models.filter(({aliasOf, name}) => aliasOf === null && name?.toLowerCase() === wanted)
  if (named.length <= 1) return named[0]
  const usable = named.filter(({lifecycle}) => lifecycle.status !== 'EOL' && lifecycle.status !== 'UNLISTED')
  return usable.length === 1 ? usable[0] : undefined
}
