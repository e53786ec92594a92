import type {Tally} from '../../metrics/tally.js'
import type {TrafficSource} from '../../traffic/build-traffic.js'
import type {Caller} from '../../traffic/caller.js'
import {chance} from '../../traffic/chance.js'
import type {Outcomes} from '../../traffic/pool-hours.js'
import {requestTokens, type TokenKind} from '../../traffic/request-tokens.js'
import {inBurst} from '../../traffic/rhythm.js'
import type {LiveSeries} from './series.js'

const MINUTE_MS = 60_000
/** How widely requests are spread around their mean: prompts most, waiting for a first token least. */
const SPREAD = {tokens: 0.6, latency: 0.45, first: 0.35}
const LOAD_SALT = 15

/** What a caller's minute adds to a metric. */
type Reading = (minute: Minute) => readonly [count: number, sum: number, sigma: number]

interface Minute {
  readonly caller: Caller
  readonly minute: number
  readonly outcomes: Outcomes
}

type Metric = readonly [name: string, possible: boolean, reading: Reading, unit?: LiveSeries['unit']]

/** The metrics that a caller writes, and once more those of its tier. */
export function trafficSeries(source: TrafficSource, now: () => number): readonly LiveSeries[] {
  const {modelId: ModelId, tier, mantle, copies} = source.caller
  const requests = requestSeries(source, now)
  if (mantle) return requests
  const copyMetric: Metric = ['ModelCopy', copies !== undefined, () => [1, copies ?? 0, 0]]
  const tiers = tier === undefined ? [] : [{ModelId, ServiceTier: tier, ResolvedServiceTier: tier}]
  return [
    ...requests,
    ...seriesOf('AWS/Bedrock', {ModelId}, [copyMetric], source, now),
    ...tiers.flatMap((dimensions) => requests.map((series) => ({...series, dimensions}))),
  ]
}

/** Those of all its requests. */
export function requestSeries(source: TrafficSource, now: () => number): readonly LiveSeries[] {
  const {caller, limited} = source
  const {modelId} = caller
  if (caller.mantle) return seriesOf('AWS/BedrockMantle', {Model: modelId}, mantleMetrics(caller), source, now)
  return seriesOf('AWS/Bedrock', {ModelId: modelId}, runtimeMetrics(caller, limited), source, now)
}

const each = (count: number, sum = count, sigma = 0) => [count, sum, sigma] as const

function runtimeMetrics({tokens, streaming, clientErrors, serverErrors, bursts, base}: Caller, limited: boolean) {
  const failing = serverErrors > 0 || (bursts?.serverErrors ?? 0) > 0
  const token = (kind: TokenKind): Reading => {
    return (minute) => each(minute.outcomes.served, tokensOf(minute, kind), SPREAD.tokens)
  }
  const metrics: readonly Metric[] = [
    ['Invocations', true, ({outcomes}) => each(outcomes.served)],
    ['InvocationThrottles', limited, ({outcomes}) => each(outcomes.throttled)],
    ['InvocationClientErrors', clientErrors > 0, ({outcomes}) => each(outcomes.clientErrors)],
    ['InvocationServerErrors', failing, ({outcomes}) => each(outcomes.serverErrors)],
    ['InputTokenCount', tokens.input > 0, token('input')],
    ['OutputTokenCount', tokens.output > 0, token('output')],
    ['CacheReadInputTokenCount', tokens.cacheRead > 0, token('cacheRead')],
    ['CacheWriteInputTokenCount', tokens.cacheWrite > 0, token('cacheWrite')],
    ['EstimatedTPMQuotaUsage', base !== undefined, quotaTokens],
    ['InvocationLatency', true, latency, 'Milliseconds'],
    ['TimeToFirstToken', streaming > 0, firstToken, 'Milliseconds'],
  ]
  return metrics
}

function mantleMetrics({tokens}: Caller): readonly Metric[] {
  return [
    ['Inferences', true, ({outcomes}) => each(outcomes.served)],
    ['InferenceClientErrors', true, ({outcomes}) => each(outcomes.clientErrors + outcomes.throttled)],
    ['TotalInputTokens', tokens.input > 0, (minute) => each(minute.outcomes.served, tokensOf(minute, 'input'), 0.6)],
    ['TotalOutputTokens', tokens.output > 0, (minute) => each(minute.outcomes.served, tokensOf(minute, 'output'), 0.6)],
  ]
}

/** Never more than its quota was charged. */
const tokensOf = ({caller, minute, outcomes}: Minute, kind: TokenKind): number =>
  Math.floor(outcomes.served * requestTokens(caller, minute, kind))

/** What the same minute's tokens weigh. */
function quotaTokens(minute: Minute): readonly [number, number, number] {
  const weighed =
    tokensOf(minute, 'input') +
    tokensOf(minute, 'cacheWrite') +
    tokensOf(minute, 'output') * minute.caller.tokens.burndown
  return [minute.outcomes.served, weighed, SPREAD.tokens]
}

/** Busy minutes are slower. */
function loadOf({caller, minute}: Minute): number {
  return (0.92 + 0.16 * chance(caller.seed, minute, LOAD_SALT)) * (inBurst(caller, minute) ? 1.35 : 1)
}

function firstToken(minute: Minute): readonly [number, number, number] {
  const streamed = Math.round(minute.outcomes.served * minute.caller.streaming)
  return [streamed, streamed * minute.caller.ttftMs * loadOf(minute), SPREAD.first]
}

function latency(minute: Minute): readonly [number, number, number] {
  const {caller, outcomes} = minute
  const {served} = outcomes
  const telling = (tokensOf(minute, 'output') * 1000) / caller.tokensPerSecond
  return [served, (served * caller.ttftMs + telling) * loadOf(minute), SPREAD.latency]
}

function seriesOf(
  namespace: string,
  dimensions: LiveSeries['dimensions'],
  metrics: readonly Metric[],
  {caller, hours}: TrafficSource,
  now: () => number,
): LiveSeries[] {
  let come = Number.NEGATIVE_INFINITY
  return metrics
    .filter(([, possible]) => possible)
    .map(([name, , reading, unit = 'Count']) => ({
      namespace,
      name,
      dimensions,
      unit,
      since: caller.since,
      until: caller.until,
      add(into: Tally, from: number, to: number) {
        const until = Math.min(to, caller.until)
        // A clock never goes back: of a minute that is over it need not be asked.
        if (until > come) come = now()
        const end = Math.min(until, come)
        const first = Math.floor(Math.max(from, caller.since) / MINUTE_MS)
        for (let minute = first; minute * MINUTE_MS < end; minute += 1) {
          into.add(...reading({caller, minute, outcomes: hours.outcomes(caller, minute, end)}))
        }
      },
    }))
}
