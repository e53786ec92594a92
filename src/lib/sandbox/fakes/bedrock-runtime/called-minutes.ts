import type {RequestContext} from '../../handler.js'
import {type CalledMinutes, countValue} from '../../metrics/called-minutes.js'
import {type BilledCalls, type BilledUse, noteTokens} from '../../world/billed-calls.js'
import {lifecycleOf} from '../../world/offering.js'
import {callsKey, inferencesKey} from '../cloudwatch/recorded.js'
import {calledResource} from '../cost-explorer/called-resource.js'
import type {OpenCall} from './calls.js'

export interface AnswerCounts {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly latencyMs: number
  /** Of a streamed answer. */
  readonly firstByteMs?: number
}

/** Counts an answer, in the minute that it is: for the model as it was called, once more for its tier, and for the bill. */
export function countAnswer(
  {modelId, model, cache, served}: Pick<OpenCall, 'modelId' | 'model' | 'cache' | 'served'>,
  {inputTokens, outputTokens, latencyMs, firstByteMs}: AnswerCounts,
  context: RequestContext,
): void {
  const values: readonly (readonly [string, number | undefined])[] = [
    ['Invocations', 1],
    ['LegacyModelInvocations', isLegacy(model.id, context) ? 1 : undefined],
    ['InvocationLatency', latencyMs],
    ['TimeToFirstToken', firstByteMs],
    ['InputTokenCount', inputTokens],
    ['OutputTokenCount', outputTokens],
    ['CacheReadInputTokenCount', cache?.read || undefined],
    ['CacheWriteInputTokenCount', cache?.write || undefined],
  ]
  for (const [metric, value] of values) {
    if (value !== undefined) count(metric, value, {modelId, tier: served.tier}, context)
  }
  const use = {model: modelId, mantle: false, tier: billedTier(served.tier), streaming: firstByteMs !== undefined}
  const written = (wanted: '5m' | '1h') =>
    (cache?.written ?? []).reduce((sum, {ttl, tokens}) => sum + (ttl === wanted ? tokens : 0), 0)
  const cached = {cacheRead: cache?.read ?? 0, cacheWrite: written('5m'), cacheWrite1h: written('1h')}
  bill(use, {input: inputTokens, output: outputTokens, ...cached}, context)
}

function bill(use: BilledUse, tokens: Parameters<typeof noteTokens>[2], context: Place): void {
  const {billed} = context.world.account(context.account)
  const here = billed.get(context.region) ?? new Map<string, BilledCalls>()
  billed.set(context.region, here)
  const called = calledResource(context.world, context.account, context.region, use.model)
  const resource = called && {...called, base: called.model.id}
  noteTokens(here, {...use, resource}, tokens, context.now())
}

const billedTier = (tier: string | undefined): string => (tier === undefined || tier === 'default' ? 'standard' : tier)

function isLegacy(base: string, {world, now}: RequestContext): boolean {
  const model = world.catalog.model(base)
  return model !== undefined && lifecycleOf(model, now()).status === 'LEGACY'
}

/** Counts what a call took from a quota of tokens. */
export function countQuota(modelId: string, tokens: number, context: RequestContext): void {
  count('EstimatedTPMQuotaUsage', tokens, {modelId, tier: undefined}, context)
}

/** What of a failed call CloudWatch counts. */
export type FailureMetric = 'InvocationThrottles' | 'InvocationClientErrors' | 'InvocationServerErrors'

/** Counts a call that was refused or failed. */
export function countFailure(metric: FailureMetric, asked: Asked, context: Place): void {
  count(metric, 1, asked, context)
}

/** An answer of bedrock-mantle. */
export interface CountedInference {
  /** Under its id of the endpoint. */
  readonly model: string
  readonly base: string
  readonly tier: string | undefined
  readonly streaming: boolean
  readonly inputTokens: number
  readonly outputTokens: number
}

/** Counts it in the minute that it is, and for the bill. */
export function countInference(
  {model, base, tier, streaming, inputTokens: input, outputTokens: output}: CountedInference,
  context: Place,
): void {
  const values = {Inferences: 1, TotalInputTokens: input, TotalOutputTokens: output}
  for (const [metric, value] of Object.entries(values)) countUnder([inferencesKey(model)], metric, value, context)
  bill({model: base, mantle: true, tier: billedTier(tier), streaming}, {input, output}, context)
}

/** Counts a call of bedrock-mantle that was refused. */
export function countRefusedInference(model: string, context: Place): void {
  countUnder([inferencesKey(model)], 'InferenceClientErrors', 1, context)
}

type Place = Pick<RequestContext, 'world' | 'account' | 'region' | 'now'>

/** How a model was called. */
interface Asked {
  readonly modelId: string
  readonly tier: string | undefined
}

function count(metric: string, value: number, {modelId, tier}: Asked, context: Place): void {
  const keys = tier === undefined ? [callsKey(modelId)] : [callsKey(modelId), callsKey(modelId, tier)]
  countUnder(keys, metric, value, context)
}

function countUnder(keys: readonly string[], metric: string, value: number, context: Place): void {
  const {calls} = context.world.regional(context.account, context.region)
  for (const key of keys) {
    const minutes: CalledMinutes = calls.get(key) ?? new Map()
    calls.set(key, minutes)
    countValue(minutes, metric, value, context.now())
  }
}
