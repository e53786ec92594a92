import type {CatalogModel} from '../../../catalog/catalog.schema.js'
import {isTree} from '../../../core/is-tree.js'
import {type RequestContext, WireError} from '../../handler.js'
import type {Body} from '../bedrock/answers/family.js'
import {WITHHELD} from '../bedrock-runtime/countable-model.js'
import {absent, refused} from './mantle-errors.js'
import {baseIdOf, mantleModels, pathsOf} from './mantle-models.js'

/** The JSON of a request; refused where it is none. */
export function requestIn(body: unknown): Body {
  if (!isTree(body)) throw refused('The request body must be a JSON object')
  return body
}

/** The model of an id, if the account may call it, at `path` where one is given. */
export function modelFor(id: unknown, context: RequestContext, path?: string): CatalogModel {
  if (typeof id !== 'string' || id === '') throw refused('model: Field required')
  const model = mantleModels(context).find((one) => one.id === id)
  if (!model) throw absent(`The model '${id}' does not exist`)
  const {withheldModels} = context.world.account(context.account)
  if (withheldModels.has(model.id) || withheldModels.has(baseIdOf(model))) {
    throw new WireError('AccessDeniedException', WITHHELD, 403)
  }
  if (path !== undefined && !pathsOf(model).includes(path)) {
    throw refused(`The model '${id}' does not support the '${path}' API`)
  }
  return model
}

/** A model of a list of models. Its data retention is not told. */
export function describeModel({id, provider, lifecycle}: CatalogModel): Body {
  const launched = Date.parse(lifecycle.launched ?? '')
  return {
    id,
    object: 'model',
    created: Number.isNaN(launched) ? 0 : launched / 1000,
    owned_by: id.split('.')[0] ?? provider,
  }
}
