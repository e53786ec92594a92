import {ThrottlingException} from '@aws-sdk/client-bedrock-runtime'
import {isTree} from '../../../core/is-tree.js'
import {type RequestContext, WireError} from '../../handler.js'
import type {CachePlan} from '../../prompt-cache/prompt-cache.js'
import {burndownOf} from '../../quotas/burndown.js'
import type {Allowance} from '../../quotas/quotas.js'
import type {QuotaBucket} from '../../quotas/token-bucket.js'
import type {Body} from '../bedrock/answers/family.js'
import {countQuota} from './called-minutes.js'

export interface Admitted {
  readonly modelId: string
  /** Base model. */
  readonly base: string
  readonly allowance: Allowance
  /** It counts towards a quota, whether that is enforced or not. */
  readonly metered: boolean
  /** Tokens that the answer may have at most. */
  readonly limit: number
  readonly cache: CachePlan | undefined
  readonly optimized: QuotaBucket | undefined
}

/** Told what an answer came to. */
export type Settle = (outputTokens: number) => void

// Seen: https://github.com/RooCodeInc/Roo-Code/issues/5050; that for requests is worded after it.
const TOO_MANY = {
  tokens: 'Too many tokens, please wait before trying again.',
  requests: 'Too many requests, please wait before trying again.',
  day: 'Too many tokens per day, please wait before trying again.',
}

/**
 * Takes from the quotas of a call what it may come to, its limit included, or refuses it; what it did not come to is
 * given back when it is over. What was read from a cache does not count.
 */
export function admit(call: Admitted, inputTokens: number, context: RequestContext): Settle {
  const {modelId, base, allowance, limit, cache, optimized} = call
  const {requests, tokens, day} = allowance
  const {now} = context
  const input = inputTokens + (cache?.write ?? 0)
  const reserved = input + limit
  const lacking = (
    [
      ['day', reserved],
      ['requests', 1],
      ['tokens', reserved],
    ] as const
  ).find(([kind, wanted]) => (allowance[kind]?.level(now()) ?? wanted) < wanted)
  if (lacking) throw new ThrottlingException({message: TOO_MANY[lacking[0]], $metadata: {}})
  requests?.take(1, now())
  tokens?.take(reserved, now())
  day?.take(reserved, now())
  cache?.commit()
  return (outputTokens) => {
    optimized?.take(input + outputTokens, now())
    const spent = input + outputTokens * burndownOf(base)
    tokens?.take(spent - reserved, now())
    day?.take(spent - reserved, now())
    if (call.metered) countQuota(modelId, spent, context)
  }
}

/**
 * The same on bedrock-mantle, where what goes in and what comes out are counted apart, an answer's limit at first with
 * what goes in, and nothing by request.
 */
export function admitMantle(
  {allowance: {input, output}, limit}: Pick<Admitted, 'allowance' | 'limit'>,
  inputTokens: number,
  {now}: RequestContext,
): Settle {
  const reserved = inputTokens + limit
  const short = (input && input.level(now()) < reserved) || (output && output.level(now()) <= 0)
  if (short) throw new WireError('ThrottlingException', TOO_MANY.tokens, 429)
  input?.take(reserved, now())
  return (outputTokens) => {
    input?.take(-limit, now())
    output?.take(outputTokens, now())
  }
}

const LIMITS = [
  'maxTokens',
  'max_new_tokens',
  'max_tokens',
  'max_completion_tokens',
  'max_gen_len',
  'max_output_tokens',
]

/** The limit that a body sets, whatever its family calls it. */
export function askedLimit(request: Body): number | undefined {
  const inner = isTree(request['inferenceConfig']) ? request['inferenceConfig'] : {}
  const set = LIMITS.map((name) => inner[name] ?? request[name])
  return set.find((value) => typeof value === 'number')
}
