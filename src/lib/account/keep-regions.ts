import {didYouMean} from '../core/closest.js'
import {usageError} from '../core/errors.js'
import {GLOBAL} from './read.js'
import type {AccountSnapshot, Entry, Reads} from './snapshot.schema.js'

/** The snapshot as if only these Regions had been read; what belongs to no Region stays. None, or `all`: as it is. */
export function keepRegions(snapshot: AccountSnapshot, regions: readonly string[]): AccountSnapshot {
  if (regions.length === 0 || regions.includes('all')) return snapshot
  const held = snapshot.regions.map(({name}) => name)
  const strange = regions.filter((region) => !held.includes(region))
  if (strange.length > 0) {
    throw usageError('REGION_NOT_IN_SNAPSHOT', `The snapshot does not hold ${strange.join(', ')}.`, {
      hint: didYouMean(strange[0] ?? '', held) ?? `It holds ${held.join(', ')}.`,
    })
  }
  const isKept = ({region}: {readonly region: string}) => region === GLOBAL || regions.includes(region)
  const reads = Object.entries(snapshot.reads).map(([id, entries]) => [
    id,
    (entries as readonly Entry<unknown>[]).filter(isKept),
  ])
  return {
    ...snapshot,
    regions: snapshot.regions.filter(({name}) => regions.includes(name)),
    unread: snapshot.unread.filter(isKept),
    reads: Object.fromEntries(reads) as Reads,
  }
}
