import type {BoardCapacity} from '../capacity/capacity.schema.js'
import type {JobRow} from '../jobs/jobs.schema.js'
import type {QuotaLimit} from './quotas.schema.js'

/** What a quota of things that stay holds now, and what they are. */
export interface HeldUse {
  /** null where the things were not read. */
  readonly used: number | null
  readonly holders: readonly string[]
}

/** Of the Region of the quota; undefined: not read. */
interface Held {
  readonly jobs: readonly JobRow[] | undefined
  readonly capacity: readonly BoardCapacity[] | undefined
}

/** Jobs that are open, model units that are held, imported models that are kept. */
export function heldUse(limit: QuotaLimit, {capacity, jobs}: Held): HeldUse {
  switch (limit.kind) {
    case 'batch-jobs': {
      const open = jobs?.filter(({kind, live, model}) => kind === 'batch' && live && isOf(model, limit.model))
      return {used: open?.length ?? null, holders: (open ?? []).map(({name}) => name)}
    }
    case 'imported-models': {
      const kept = capacity?.filter(({kind}) => kind === 'imported')
      return {used: kept?.length ?? null, holders: (kept ?? []).map(({name}) => name)}
    }
    case 'model-units':
      return unitsHeld(limit, capacity)
    default:
      return {used: null, holders: []}
  }
}

/** A quota of one model holds for each of its throughputs; one of all models for those without commitment together. */
function unitsHeld({model, name, named}: QuotaLimit, capacity: readonly BoardCapacity[] | undefined): HeldUse {
  const provisioned = capacity?.filter(({kind}) => kind === 'provisioned')
  if (provisioned === undefined) return {used: null, holders: []}
  const ofCustom = /custom models/i.test(name)
  const own =
    named === null
      ? provisioned.filter(
          ({commitment, modelArn}) =>
            commitment === 'none' && /no-commitment/i.test(name) && modelArn.includes(':custom-model/') === ofCustom,
        )
      : provisioned.filter(({baseModelId}) => model !== null && baseModelId === model)
  const units = own.map((one) => one.units)
  const known = units.filter((one) => one !== null)
  if (known.length < units.length) return {used: null, holders: own.map((one) => one.name)}
  const used = named === null ? known.reduce((sum, one) => sum + one, 0) : Math.max(0, ...known)
  return {used, holders: own.map((one) => one.name)}
}

/** By id or ARN of the model, or by a profile of it, whose id is that of the model behind a prefix. */
function isOf(called: string | null, model: string | null): boolean {
  if (called === null || model === null) return false
  const bare = called.slice(called.lastIndexOf('/') + 1)
  return bare === model || bare.slice(bare.indexOf('.') + 1) === model
}
