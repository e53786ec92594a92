import {type Decimal, ONE, ZERO} from '../../../core/decimal.js'
import type {TokenKind} from '../../../prices/price-list.js'
import type {Usage} from '../../usage.js'
import {countWords} from '../count-words.js'
import type {ResolvedCall} from '../resolve-call.js'
import {type CachedInput, type CachePlan, splitCache} from '../split-cache.js'
import {tokenUsages} from '../token-usages.js'
import {tooLong} from '../too-long.js'

/** A model that is called again and again for one task, each time with all that has come before. */
export interface StepLoop {
  readonly component: string
  readonly call: ResolvedCall
  readonly tier: string
  /** Tasks of the month. */
  readonly runs: Decimal
  /** Calls for one task, the mean. */
  readonly steps: Decimal
  /** Tokens that every step begins with. */
  readonly instructions: Decimal
  /** Tokens that the first step gets beside them. */
  readonly task: Decimal
  /** Tokens that each step adds to the input of all that follow. */
  readonly growth: Decimal
  /** Of one task, all steps together. */
  readonly output: Decimal
  readonly cache: LoopCache | undefined
}

/** `share` is of the instructions. */
interface LoopCache extends CachePlan {
  /** Each step reads all that came before it from the cache and writes what is new. */
  readonly history: boolean
}

export interface LoopUse {
  readonly usages: readonly Usage[]
  /** Of the month, whatever of the input was cached. */
  readonly tokens: Decimal
  readonly assumptions: readonly string[]
  readonly excluded: readonly string[]
}

/**
 * Step k of n reads instructions, task and (k − 1) × growth: n steps read n × (instructions + task) and
 * n(n − 1)/2 × growth.
 */
export function loopUse(loop: StepLoop): LoopUse {
  const {call, component, growth, instructions, output, runs, steps, task, tier} = loop
  const perTask = instructions
    .plus(task)
    .times(steps)
    .plus(growth.times(pairs(steps)))
  const last = instructions.plus(task).plus(growth.times(steps.minus(1)))
  const input = runs.times(perTask)
  const cached = cachedInput(loop, perTask.minus(last))
  const tokens: Partial<Record<TokenKind, Decimal>> = {
    ...cached?.tokens,
    input: input.minus(cached?.covered ?? ZERO),
    output: runs.times(output),
  }
  const grows = steps.gt(1)
    ? `${component}: the history is sent again with each step, ${countWords(instructions.plus(task))} tokens in the first and ${countWords(last)} in the last`
    : undefined
  return {
    usages: tokenUsages({component, call, tier, tokens, inputTokensPerRequest: perTask.div(steps)}),
    tokens: input.plus(runs.times(output)),
    assumptions: [grows, tooLong(call, last), cached && `${component}: ${cached.assumption}`, call.note].filter(
      (text) => text !== undefined,
    ),
    excluded: cached?.excluded === undefined ? [] : [cached.excluded],
  }
}

interface CoveredInput extends CachedInput {
  /** What of the input is read from the cache or written to it. */
  readonly covered: Decimal
}

/**
 * What all steps find in the cache. Where the traffic decides, it does for the first step alone: the others follow
 * within its time. `before` is what the steps but the last read, which with a cached history the next one finds.
 */
function cachedInput(loop: StepLoop, before: Decimal): CoveredInput | undefined {
  const {cache, growth, instructions, runs, steps, task} = loop
  if (!cache) return undefined
  const plan = {...cache, share: ONE}
  const first = runs.times(instructions).times(cache.share)
  const later = cache.history ? runs.times(before) : first.times(steps.minus(1))
  const byTraffic = cache.ttl !== undefined && !cache.hitRate
  const split = byTraffic
    ? foundLater(splitCache(first, runs, plan), later)
    : splitCache(first.plus(later), runs.times(steps), plan)
  if (!cache.history || split.excluded !== undefined) return {...split, covered: first.plus(later)}
  const fresh = runs.times(task.plus(growth.times(steps.minus(1))))
  const kind = cache.ttl === '1h' ? 'cacheWrite1h' : 'cacheWrite'
  const written = (split.tokens[kind] ?? ZERO).plus(fresh)
  return {...split, tokens: {...split.tokens, [kind]: written}, covered: first.plus(later).plus(fresh)}
}

function foundLater(first: CachedInput, later: Decimal): CachedInput {
  return {
    ...first,
    tokens: {...first.tokens, cacheRead: (first.tokens.cacheRead ?? ZERO).plus(later)},
    assumption: `${first.assumption}; its later steps always do`,
  }
}

/**
 * How often a step reads what an earlier one added: n(n − 1)/2. A mean between two whole numbers is a mix of tasks with
 * the one and the other, which is the least that it can come to.
 */
function pairs(steps: Decimal): Decimal {
  const whole = steps.round(0, 0)
  return whole.times(whole.minus(1)).div(2).plus(steps.minus(whole).times(whole))
}
