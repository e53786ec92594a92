import {type Decimal, decimal, sumOf, toNumber, ZERO} from '../../core/decimal.js'
import type {PlanFile} from '../plan/plan.schema.js'
import type {CostSoFar} from './progress.schema.js'
import {countsOfShard, type ShardStanding, stateOfShard} from './shard-standing.js'

type PlanPrice = Pick<PlanFile, 'price' | 'round' | 'shards'>

/**
 * What the processed records have cost by the prices of their plans: the input as it was estimated, and for the answers
 * nothing at the least and all that they may take at the most. undefined where no plan or no price is known.
 */
export function costSoFar(rounds: readonly PlanPrice[], shards: readonly ShardStanding[]): CostSoFar | undefined {
  const [first] = rounds
  if (first === undefined || rounds.some(({price}) => price.input === null)) return undefined
  if (rounds.some(({price}) => price.currency !== first.price.currency)) return undefined
  const parts: RoundCost[] = []
  for (const round of rounds) {
    const processed = processedOf(shards.filter((shard) => shard.round === round.round))
    if (processed === null) return undefined
    parts.push(roundCost(round, processed))
  }
  const atLeast = sumOf(parts.map(({input}) => input))
  const outputs = parts.flatMap(({output}) => output ?? [])
  return {
    currency: first.price.currency,
    atLeast: toNumber(atLeast),
    atMost: outputs.length === parts.length ? toNumber(atLeast.plus(sumOf(outputs))) : null,
    how: `processed records × the average of the plan; input ${first.price.counted}, answers between none and their limit`,
  }
}

interface RoundCost {
  readonly input: Decimal
  /** At the most; null where records set no limit. */
  readonly output: Decimal | null
}

function roundCost({price, shards}: PlanPrice, processed: number): RoundCost {
  const records = shards.reduce((sum, shard) => sum + shard.records, 0)
  if (processed === 0 || records === 0) return {input: ZERO, output: ZERO}
  const share = (amount: string) => decimal(amount).times(processed).div(records)
  return {input: share(price.input ?? '0'), output: price.outputAtMost === null ? null : share(price.outputAtMost)}
}

/** null where a job cannot be read; one that has not begun has cost nothing. */
function processedOf(shards: readonly ShardStanding[]): number | null {
  if (shards.some((shard) => stateOfShard(shard) === null)) return null
  return shards.reduce((sum, shard) => sum + (countsOfShard(shard).processed ?? 0), 0)
}
