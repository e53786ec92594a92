import type {OwnCapacity} from '../capacity/find-capacity.js'
import type {WantedChange} from '../capacity/update/plan-update.js'
import {usageError} from '../core/errors.js'
import {type CapacityDoor, findCustomModel} from './open-capacity.js'

export interface CapacityUpdateFlags {
  readonly name: string | undefined
  readonly model: string | undefined
}

/** Understands what is to be changed; a model is one of the account, or the base of the custom model that is served. */
export async function readChange(
  {model, name}: CapacityUpdateFlags,
  found: OwnCapacity,
  door: CapacityDoor,
  signal: AbortSignal,
): Promise<WantedChange> {
  const {one} = found
  if (model === undefined) return {name, model: undefined, served: undefined}
  const isBase = found.kind === 'provisioned' && sameModel(model, found.one.foundationModelArn)
  const [wanted, served] = await Promise.all([
    isBase ? ('base' as const) : findCustomModel(model, one.region, door, signal),
    one.modelArn.includes(':custom-model/') ? findCustomModel(one.modelArn, one.region, door, signal) : undefined,
  ])
  if (wanted !== undefined) return {name, model: wanted, served}
  throw usageError('MODEL_UNKNOWN', `No custom model of the account in ${one.region} is called "${model}".`, {
    hint: 'Throughput changes to a custom model of the same base, or back to that base.',
  })
}

function sameModel(text: string, arn: string): boolean {
  return text === arn || arn.endsWith(`/${text}`)
}
