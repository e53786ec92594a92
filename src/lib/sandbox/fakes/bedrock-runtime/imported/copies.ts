import {ModelNotReadyException} from '@aws-sdk/client-bedrock-runtime'
import type {RequestContext} from '../../../handler.js'
import type {ImportedModel, ModelCopy} from '../../../world/import-state.js'
import {placeOf} from '../../account-place.js'

const NOT_READY = 'Model is not ready for inference. Wait and try your request again.'
const LOAD_SECONDS = 30
const LOAD_SECONDS_PER_GIGABYTE = 2
const GIGABYTE = 1e9
const IDLE_MINUTES = 5

/**
 * Refuses a call until a copy of the model is loaded; the first one starts that. A copy that nobody calls for a while
 * is unloaded again.
 */
export function useCopy(model: ImportedModel, context: RequestContext): void {
  const now = context.now()
  const copy = copyAt(model, context)
  if (now < copy.loadedAt) throw new ModelNotReadyException({message: NOT_READY, $metadata: {}})
  copy.usedAt = now
}

/** When a copy is, or was, unloaded. */
export function unloadedAt({loadedAt, usedAt}: ModelCopy, context: RequestContext): number {
  const {idleMinutes = IDLE_MINUTES} = placeOf(context).resources.imports ?? {}
  return Math.max(loadedAt, usedAt) + idleMinutes * 60_000
}

function copyAt({arn, bytes}: ImportedModel, context: RequestContext): ModelCopy {
  const {copies} = context.world.regional(context.account, context.region).imports
  const before = copies.get(arn) ?? []
  const last = before.at(-1)
  const now = context.now()
  if (last && now < unloadedAt(last, context)) return last
  const settings = placeOf(context).resources.imports
  const seconds = settings?.loadSeconds ?? LOAD_SECONDS + (bytes / GIGABYTE) * LOAD_SECONDS_PER_GIGABYTE
  const copy = {loadedAt: now + Math.ceil(seconds * 1000), usedAt: now}
  copies.set(arn, [...before, copy])
  return copy
}
