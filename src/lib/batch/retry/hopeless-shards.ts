import {failureRemedy} from '../progress/failure-remedy.js'
import type {GroupStanding} from '../progress/group-row.js'
import {type ShardStanding, stateOfShard} from '../progress/shard-standing.js'

interface Stretch {
  readonly start: number
  readonly end: number
  readonly shard: ShardStanding
}

/**
 * Finds, by the offset of a record, the shard of the last round that has it, where that shard failed for what the same
 * bytes would fail for again. Offsets may be asked in any order.
 */
export function hopelessShards({rounds, shards}: GroupStanding): (offset: number) => ShardStanding | undefined {
  const byRound = rounds.toReversed().map(({round, shards: planned}) =>
    planned
      .flatMap(({number, segments}): readonly Stretch[] => {
        const shard = shards.find((one) => one.round === round && one.shard === number)
        return shard ? segments.map(([start, end]) => ({start, end, shard})) : []
      })
      .toSorted((a, b) => a.start - b.start),
  )
  return (offset) => {
    for (const stretches of byRound) {
      const found = stretchAt(stretches, offset)
      if (found) return isHopeless(found.shard) ? found.shard : undefined
    }
    return undefined
  }
}

function stretchAt(stretches: readonly Stretch[], offset: number): Stretch | undefined {
  let low = 0
  let high = stretches.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const stretch = stretches[middle]
    if (stretch === undefined) return undefined
    if (offset < stretch.start) high = middle - 1
    else if (offset >= stretch.end) low = middle + 1
    else return stretch
  }
  return undefined
}

/** Access can be granted and a service recovers; what is wrong with the records, or unknown, stays so. */
export function isHopeless(shard: ShardStanding): boolean {
  const state = stateOfShard(shard)
  if (state !== 'Failed' && state !== 'Refused') return false
  const {kind} = failureRemedy(shard.job?.message ?? shard.ended?.said ?? shard.refused ?? null)
  return kind !== 'access' && kind !== 'service'
}
