import type {CustomModelFacts, TunableBase} from '../../catalog/custom-models.schema.js'
import {usageError} from '../../core/errors.js'
import {baseModelOf} from '../job-row.js'
import type {CustomModel} from '../ports.js'

/** How a custom model can be called, and why so. */
export interface ServingWay {
  readonly way: 'on-demand' | 'provisioned-throughput'
  readonly why: string
}

/** The base of a custom model; undefined for one that the catalog does not know. */
export function baseOfModel(model: CustomModel, facts: CustomModelFacts): TunableBase | undefined {
  const base = baseModelOf(model.baseModelArn ?? '')
  return facts.bases.find(({id, modelId}) => id === base || modelId === base)
}

/** On demand where the base, the Region and the day of the model allow it, for that costs nothing while nobody asks. */
export function chooseWay(model: CustomModel, facts: CustomModelFacts, wantsUnits: boolean): ServingWay {
  if (model.state !== null && model.state !== 'Active') throw notActive(model)
  const units = 'provisioned-throughput' as const
  if (wantsUnits) return {way: units, why: 'Model units are asked for.'}
  const base = baseOfModel(model, facts)
  if (base === undefined) return {way: units, why: 'Whether its base is deployed on demand is not known.'}
  const {onDemand} = base
  if (onDemand.length === 0) {
    return {way: units, why: `Models of ${base.id} are not deployed on demand (${facts.asOf}).`}
  }
  if (!onDemand.includes(model.region)) {
    return {way: units, why: `Models of ${base.id} are deployed on demand in ${onDemand.join(', ')} only.`}
  }
  if (model.createdAt.slice(0, 10) < facts.onDemandSince) {
    const made = model.createdAt.slice(0, 10)
    return {way: units, why: `It is of ${made}: models of before ${facts.onDemandSince} are not deployed on demand.`}
  }
  return {
    way: 'on-demand',
    why: `Models of ${base.id} are deployed on demand in ${model.region}: tokens are paid, no hours.`,
  }
}

function notActive({message, name, state}: CustomModel) {
  return usageError('MODEL_NOT_ACTIVE', `${name} is ${state ?? '?'}, and only an Active model can be deployed.`, {
    why: message ?? undefined,
    hint: state === 'Creating' ? 'Wait until it is Active, then run this again.' : 'Make it anew.',
  })
}
