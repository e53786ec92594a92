import {METERS} from '../../../catalog/meters.js'
import type {Usage} from '../../usage.js'
import type {Demand, DemandContext} from '../demand.js'
import type {WorkloadOf} from '../workload.schema.js'

/** Counts of meters, as they are given. */
export function servicesDemand({items}: WorkloadOf<'services'>, context: DemandContext): Demand {
  const {region} = context
  if (region === undefined) context.problem(['region'], 'no Region is named; say where it is used')
  return {
    usages: items.map(
      ({fixed, meter, name, price, quantity, route, service, variant}, index): Usage => ({
        component: name,
        modelId: price ? service : context.subject(service, ['items', index, 'service']),
        meter,
        of: 'unit',
        variant: variant ?? null,
        region: region ?? '',
        route: route ?? null,
        tier: 'standard',
        quantity: fixed ? quantity : quantity.times(context.factor),
        ...(price && {
          given: {amount: price, per: METERS[meter].per, unit: METERS[meter].unit, currency: 'USD', source: 'price'},
        }),
      }),
    ),
    requests: null,
    tokens: null,
    amplification: null,
    assumptions: [],
    excluded: [],
  }
}
