import type {RequestContext} from '../../handler.js'
import type {CalledMinute} from '../../world/called-minute.js'
import type {AnswerCounts} from './answerer.js'

const MINUTE_MS = 60_000
const NOTHING: Readonly<CalledMinute> = {
  invocations: 0,
  notReady: 0,
  throttled: 0,
  metered: 0,
  quotaTokens: 0,
  inputTokens: 0,
  outputTokens: 0,
  latencyMs: 0,
  streamed: 0,
  firstByteMs: 0,
}

/** Counts an answer of a model of one's own, in the minute that it is. */
export function countAnswer(arn: string, counts: AnswerCounts, context: RequestContext): void {
  const minute = minuteOf(arn, context)
  minute.invocations += 1
  minute.inputTokens += counts.inputTokens
  minute.outputTokens += counts.outputTokens
  minute.latencyMs += counts.latencyMs
  if (counts.firstByteMs === undefined) return
  minute.streamed += 1
  minute.firstByteMs += counts.firstByteMs
}

/** Counts a call that found the model not ready. */
export function countNotReady(arn: string, context: RequestContext): void {
  minuteOf(arn, context).notReady += 1
}

/** Counts a call, by the id that it named, that was refused for want of quota. */
export function countThrottle(modelId: string, context: RequestContext): void {
  minuteOf(modelId, context).throttled += 1
}

/** Counts what a call took from a quota of tokens. */
export function countQuota(modelId: string, tokens: number, context: RequestContext): void {
  const minute = minuteOf(modelId, context)
  minute.metered += 1
  minute.quotaTokens += tokens
}

function minuteOf(arn: string, context: RequestContext): CalledMinute {
  const {calls} = context.world.regional(context.account, context.region)
  const minutes = calls.get(arn) ?? new Map<number, CalledMinute>()
  calls.set(arn, minutes)
  const minute = Math.floor(context.now() / MINUTE_MS)
  const counted = minutes.get(minute) ?? {...NOTHING}
  minutes.set(minute, counted)
  return counted
}
