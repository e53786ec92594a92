import type {Decimal} from '../../../core/decimal.js'
import type {TokenKind} from '../../../prices/price-list.js'
import type {Usage} from '../../usage.js'
import {countWords} from '../count-words.js'
import {guardrailUsages} from '../guardrail-usages.js'
import type {ResolvedCall} from '../resolve-call.js'
import {type CachedInput, splitCache} from '../split-cache.js'
import {tokenUsages} from '../token-usages.js'
import {tooLong} from '../too-long.js'
import type {WorkloadOf} from '../workload.schema.js'
import {CHARACTERS_PER_TOKEN} from './corpus.js'

type Rag = WorkloadOf<'rag'>

export interface AnswerUse {
  readonly usages: readonly Usage[]
  /** In and out in the month, whatever was cached. */
  readonly tokens: Decimal
  readonly assumptions: readonly string[]
  readonly excluded: readonly string[]
}

/** The answering model reads its instructions, the query and what was found; `found` is the tokens of that, a query. */
export function answerUse(workload: Rag, call: ResolvedCall, queries: Decimal, found: Decimal): AnswerUse {
  const {answer, guardrails, queryTokens} = workload
  const inputTokens = answer.promptTokens.plus(queryTokens).plus(found)
  const longer = tooLong(call, inputTokens)
  const input = queries.times(inputTokens)
  const output = queries.times(answer.outputTokens)
  const cached: CachedInput | undefined = answer.cache && splitCache(input, queries, answer.cache)
  const tokens: Partial<Record<TokenKind, Decimal>> = {...(cached?.tokens ?? {input}), output}
  return {
    usages: [
      ...tokenUsages({component: 'answer', call, tier: answer.tier, tokens, inputTokensPerRequest: inputTokens}),
      ...(guardrails ? guardedUsages(guardrails, workload, {queries, found, region: call.region}) : []),
    ],
    tokens: input.plus(output),
    assumptions: [
      `the answer is given ${countWords(inputTokens)} tokens, ${countWords(found)} of them found in the corpus`,
      ...(longer === undefined ? [] : [longer]),
      ...(cached ? [cached.assumption] : []),
      ...(guardrails ? [GUARDED] : []),
      ...(guardrails?.policies.includes('grounding') ? [GROUNDED] : []),
    ],
    excluded: [...(cached?.excluded === undefined ? [] : [cached.excluded]), ...(guardrails ? [] : ['guardrails'])],
  }
}

// Source: Amazon Bedrock User Guide, “Query a knowledge base and generate responses” (2026).
const GUARDED = 'the guardrail sees the query and the answer; what was found is not checked by its other policies'
const GROUNDED = 'grounding is billed by what was found and the query, and by the answer'

interface Guarded {
  readonly queries: Decimal
  readonly found: Decimal
  readonly region: string
}

/** Grounding holds the answer against its source, so that its text units count the source too. */
function guardedUsages(
  {inputCharacters, policies, ...plan}: NonNullable<Rag['guardrails']>,
  {answer, queryTokens}: Rag,
  {found, queries, region}: Guarded,
): readonly Usage[] {
  const traffic = {requests: queries, outputTokens: answer.outputTokens, region}
  const others = policies.filter((policy) => policy !== 'grounding')
  const withSource = inputCharacters?.plus(found.times(CHARACTERS_PER_TOKEN))
  return [
    ...guardrailUsages({...plan, inputCharacters, policies: others}, {...traffic, inputTokens: queryTokens}),
    ...(others.length < policies.length
      ? guardrailUsages(
          {...plan, inputCharacters: withSource, policies: ['grounding']},
          {...traffic, inputTokens: queryTokens.plus(found)},
        )
      : []),
  ]
}
