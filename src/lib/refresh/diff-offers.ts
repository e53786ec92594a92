import type {OfferedModel, OfferedProfile, RegionOffer} from '../models/offers/offer.js'
import type {RefreshChange} from './refresh.schema.js'

type Field = readonly [name: string, read: (model: OfferedModel) => string | null]

const FIELDS: readonly Field[] = [
  ['status', ({lifecycle}) => lifecycle.status],
  ['legacy from', ({lifecycle}) => lifecycle.legacy],
  ['extended access from', ({lifecycle}) => lifecycle.extendedAccess],
  ['end of life', ({lifecycle}) => lifecycle.endOfLife],
  ['In-Region', ({inRegion}) => (inRegion ? 'yes' : 'no')],
  ['provisioned as', ({provisionedIds}) => [...provisionedIds].sort().join(' ') || null],
]

/** What one Region offers now and did not before, or otherwise. The bundle knows dates that the service leaves out. */
export function diffOffers(before: RegionOffer, after: RegionOffer): readonly RefreshChange[] {
  const {region} = after
  const base = {region, detail: null, before: null, after: null}
  const models = pair(before.models, after.models)
  const profiles = pair(before.profiles, after.profiles)
  return [
    ...models.added.map(({id}) => ({...base, kind: 'model-added', id}) as const),
    ...models.gone.map(({id}) => ({...base, kind: 'model-gone', id}) as const),
    ...models.both.flatMap(([old, now]) => diffModel(region, old, now, before.origin.kind === 'bundle')),
    ...profiles.added.map(({id, destinations}) => ({...base, kind: 'profile-added', id, after: destinations}) as const),
    ...profiles.gone.map(({id, destinations}) => ({...base, kind: 'profile-gone', id, before: destinations}) as const),
    ...profiles.both.flatMap(([old, now]) => diffDestinations(region, old, now)),
  ]
}

function diffModel(region: string, before: OfferedModel, after: OfferedModel, bundled: boolean): RefreshChange[] {
  return FIELDS.flatMap(([detail, read]) => {
    const [old, now] = [read(before), read(after)]
    if (old === now || (bundled && now === null)) return []
    return [{kind: 'model-changed', region, id: after.id, detail, before: old, after: now} as const]
  })
}

/** Destinations that were or are not known are no change: nobody can say that they moved. */
function diffDestinations(region: string, before: OfferedProfile, after: OfferedProfile): RefreshChange[] {
  const [old, now] = [sorted(before.destinations), sorted(after.destinations)]
  if (old === null || now === null || old.join() === now.join()) return []
  return [{kind: 'destinations-changed', region, id: after.id, detail: null, before: old, after: now}]
}

function sorted(regions: readonly string[] | null): readonly string[] | null {
  return regions && [...regions].sort()
}

export interface Paired<Item> {
  readonly added: readonly Item[]
  readonly gone: readonly Item[]
  readonly both: readonly (readonly [before: Item, after: Item])[]
}

/** Matches two lists by id. */
export function pair<Item extends {readonly id: string}>(
  before: readonly Item[],
  after: readonly Item[],
): Paired<Item> {
  const old = new Map(before.map((item) => [item.id, item]))
  const ids = new Set(after.map(({id}) => id))
  return {
    added: after.filter(({id}) => !old.has(id)),
    gone: before.filter(({id}) => !ids.has(id)),
    both: after.flatMap((item) => {
      const known = old.get(item.id)
      return known ? [[known, item] as const] : []
    }),
  }
}
