import {type Decimal, ONE, ZERO} from '../../../core/decimal.js'
import type {TokenKind} from '../../../prices/price-list.js'
import type {Usage} from '../../usage.js'
import type {ResolvedCall} from '../resolve-call.js'
import {type CachedInput, type CachePlan, splitCache} from '../split-cache.js'
import {tokenUsages} from '../token-usages.js'

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
  readonly cache: CachePlan | undefined
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
  const input = runs.times(perTask)
  const cached = cachedInput(loop)
  const prefix = cached
    ? runs
        .times(steps)
        .times(instructions)
        .times(loop.cache?.share ?? ZERO)
    : ZERO
  const tokens: Partial<Record<TokenKind, Decimal>> = {
    ...cached?.tokens,
    input: input.minus(prefix),
    output: runs.times(output),
  }
  const last = instructions.plus(task).plus(growth.times(steps.minus(1)))
  const grows = steps.gt(1)
    ? `${component}: the history is sent again with each step, ${instructions.plus(task)} tokens in the first and ${rounded(last)} in the last`
    : undefined
  return {
    usages: tokenUsages({component, call, tier, tokens, inputTokensPerRequest: perTask.div(steps)}),
    tokens: input.plus(runs.times(output)),
    assumptions: [grows, cached && `${component}: ${cached.assumption}`, call.note].filter(
      (text) => text !== undefined,
    ),
    excluded: cached?.excluded === undefined ? [] : [cached.excluded],
  }
}

/** The prefix of all steps; where the traffic decides, it does for the first step, and the others follow within its time. */
function cachedInput({cache, instructions, runs, steps}: StepLoop): CachedInput | undefined {
  if (!cache) return undefined
  const plan = {...cache, share: ONE}
  const prefix = runs.times(instructions).times(cache.share)
  if (cache.ttl === undefined || cache.hitRate) return splitCache(prefix.times(steps), runs.times(steps), plan)
  const first = splitCache(prefix, runs, plan)
  const later = prefix.times(steps.minus(1))
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

function rounded(tokens: Decimal): string {
  return tokens.round(0).toString()
}
