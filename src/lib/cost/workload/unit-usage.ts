import type {MeterId} from '../../catalog/meters.js'
import type {Decimal} from '../../core/decimal.js'
import type {Usage} from '../usage.js'
import type {ResolvedCall} from './resolve-call.js'

export interface UnitDemand {
  readonly component: string
  readonly meter: Exclude<MeterId, 'tokens'>
  /** Of the month, or in all where it is paid once. */
  readonly quantity: Decimal
  readonly variant?: string | undefined
  readonly once?: true | undefined
  readonly note?: string | undefined
}

/** What a model is billed by other than tokens; empty where there is none of it. */
export function modelUnits(call: ResolvedCall, tier: string, demand: UnitDemand): readonly Usage[] {
  const {modelId, profileId, region, route} = call
  return unitsOf({modelId, profileId, region, route, tier}, demand)
}

/** What a service beside models is billed by; empty where there is none of it. */
export function serviceUnits(service: string, region: string, demand: UnitDemand): readonly Usage[] {
  return unitsOf({modelId: service, region, route: null, tier: 'standard'}, demand)
}

type Billed = Pick<Usage, 'modelId' | 'profileId' | 'region' | 'route' | 'tier'>

function unitsOf(billed: Billed, {variant, ...demand}: UnitDemand): readonly Usage[] {
  return demand.quantity.eq(0) ? [] : [{...billed, ...demand, of: 'unit', variant: variant ?? null}]
}
