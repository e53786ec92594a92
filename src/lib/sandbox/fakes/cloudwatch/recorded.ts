import type {RequestContext} from '../../handler.js'
import type {CalledMinute} from '../../world/called-minute.js'
import type {ModelCopy} from '../../world/import-state.js'
import {unloadedAt} from '../bedrock-runtime/imported/copies.js'
import type {RecordedSeries, Sampled} from './series.js'

const MINUTE_MS = 60_000

/**
 * The metrics of an account's own models, and of what serves them, that were called in this sandbox, and of base models
 * what their calls took from quotas.
 */
export function recordedSeries(context: RequestContext): readonly RecordedSeries[] {
  const {calls, imports} = context.world.regional(context.account, context.region)
  return [
    ...[...calls].flatMap(([arn, minutes]) => callSeries(arn, minutes)),
    ...[...imports.copies].flatMap(([arn, all]) => series(arn, 'ModelCopy', copyMinutes(all, context))),
  ]
}

/** What each invocation of a minute weighs in a metric, and how many there are. */
type Reading = (minute: CalledMinute) => readonly [count: number, sum: number]

const READINGS: readonly (readonly [string, Reading, RecordedSeries['unit']])[] = [
  ['Invocations', ({invocations}) => [invocations, invocations], 'Count'],
  ['InvocationClientErrors', ({notReady}) => [notReady, notReady], 'Count'],
  ['InvocationThrottles', ({throttled}) => [throttled, throttled], 'Count'],
  ['EstimatedTPMQuotaUsage', ({metered, quotaTokens}) => [metered, quotaTokens], 'Count'],
  ['InputTokenCount', ({invocations, inputTokens}) => [invocations, inputTokens], 'Count'],
  ['OutputTokenCount', ({invocations, outputTokens}) => [invocations, outputTokens], 'Count'],
  ['InvocationLatency', ({invocations, latencyMs}) => [invocations, latencyMs], 'Milliseconds'],
  ['TimeToFirstToken', ({streamed, firstByteMs}) => [streamed, firstByteMs], 'Milliseconds'],
]

function callSeries(arn: string, minutes: ReadonlyMap<number, CalledMinute>): readonly RecordedSeries[] {
  return READINGS.flatMap(([name, reading, unit]) => {
    const read = [...minutes].map(([minute, counted]) => [minute, sampleOf(reading(counted))] as const)
    return series(arn, name, new Map(read.filter(([, {count}]) => count > 0)), unit)
  })
}

function sampleOf([count, sum]: readonly [number, number]): Sampled {
  const average = count === 0 ? 0 : sum / count
  return {count, sum, average, minimum: average, maximum: average}
}

/** One sample for each minute in which a copy was loaded. */
function copyMinutes(copies: readonly ModelCopy[], context: RequestContext): ReadonlyMap<number, Sampled> {
  const minutes = new Map<number, Sampled>()
  for (const copy of copies) {
    const end = Math.min(context.now(), unloadedAt(copy, context))
    for (let minute = Math.floor(copy.loadedAt / MINUTE_MS); minute * MINUTE_MS < end; minute += 1) {
      minutes.set(minute, sampleOf([1, 1]))
    }
  }
  return minutes
}

/** Metrics without a sample are not there. */
function series(
  arn: string,
  name: string,
  minutes: ReadonlyMap<number, Sampled>,
  unit: RecordedSeries['unit'] = 'Count',
): readonly RecordedSeries[] {
  // They came one after the other.
  const known = [...minutes.keys()]
  const [first] = known
  const last = known.at(-1)
  if (first === undefined || last === undefined) return []
  const since = first * MINUTE_MS
  const until = (last + 1) * MINUTE_MS
  return [{namespace: 'AWS/Bedrock', name, dimensions: {ModelId: arn}, unit, since, until, minutes}]
}
