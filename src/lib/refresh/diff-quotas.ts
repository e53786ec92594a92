import type {RegionQuotas} from './cached-facts.js'
import {pair} from './diff-offers.js'
import type {RefreshChange} from './refresh.schema.js'

/** Quotas of one Region that came, went or have another value. */
export function diffQuotas(before: RegionQuotas, after: RegionQuotas): readonly RefreshChange[] {
  const {added, gone, both} = pair(identified(before), identified(after))
  const base = {region: after.region, before: null, after: null}
  return [
    ...added.map(({id, name, value}) => ({...base, kind: 'quota-added', id, detail: name, after: value}) as const),
    ...gone.map(({id, name, value}) => ({...base, kind: 'quota-gone', id, detail: name, before: value}) as const),
    ...both.flatMap(([old, {id, name, value}]) =>
      old.value === value
        ? []
        : [{...base, kind: 'quota-changed', id, detail: name, before: old.value, after: value} as const],
    ),
  ]
}

function identified({quotas}: RegionQuotas) {
  return quotas.map((quota) => ({...quota, id: quota.code}))
}
