import type {CatalogModel} from '../../catalog/catalog.schema.js'
import {lifecycleAt} from '../../catalog/lifecycle-at.js'
import type {ModelLifecycle} from './lifecycle.schema.js'
import type {LifecycleFacts} from './lifecycle-facts.js'

/**
 * The newest ACTIVE model of the same maker that produces the same modalities, of the same family where there is one
 * (`haiku`, `lite`). A suggestion: AWS names no successors.
 */
export function suggestSuccessor(id: string, {catalog, offers, at}: LifecycleFacts): ModelLifecycle['successor'] {
  const going = catalog.model(id)
  if (!going) return null
  const offeredIds = new Set(
    offers.flatMap(({models, profiles}) => [
      ...models.map((model) => model.id),
      ...profiles.map(({modelId}) => modelId),
    ]),
  )
  const fit = catalog.models.filter(
    (model) =>
      model.id !== id &&
      model.aliasOf === null &&
      !model.gated &&
      model.provider === going.provider &&
      sameOutput(model, going) &&
      lifecycleAt(model.lifecycle, at) === 'ACTIVE' &&
      isNewer(model, going),
  )
  const here = fit.filter((model) => offeredIds.has(model.id))
  const family = familyOf(going)
  const shared = (model: CatalogModel) => familyOf(model).filter((word) => family.includes(word)).length
  const [best] = (here.length > 0 ? here : fit).toSorted(
    (a, b) =>
      shared(b) - shared(a) ||
      (b.lifecycle.launched ?? '').localeCompare(a.lifecycle.launched ?? '') ||
      a.id.localeCompare(b.id),
  )
  return best
    ? {id: best.id, name: best.name, launched: best.lifecycle.launched, words: 'newer of the same maker'}
    : null
}

function sameOutput({outputModalities}: CatalogModel, going: CatalogModel): boolean {
  return (going.outputModalities ?? ['?']).every((word) => outputModalities?.includes(word) === true)
}

/** A launch that is not known is not said to be newer, unless nothing is known of the model that goes. */
function isNewer({lifecycle}: CatalogModel, going: CatalogModel): boolean {
  const since = going.lifecycle.launched
  return since === null || (lifecycle.launched !== null && lifecycle.launched > since)
}

function familyOf({id}: CatalogModel): readonly string[] {
  return id.slice(id.indexOf('.') + 1).match(/[a-z]{3,}/g) ?? []
}
