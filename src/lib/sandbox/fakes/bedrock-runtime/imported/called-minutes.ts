import type {RequestContext} from '../../../handler.js'
import type {CalledMinute, ImportedModel} from '../../../world/import-state.js'

const MINUTE_MS = 60_000

/** What has been counted of a model in this minute. */
export function minuteOf({arn}: ImportedModel, context: RequestContext): CalledMinute {
  const {calls} = context.world.regional(context.account, context.region).imports
  const minutes = calls.get(arn) ?? new Map<number, CalledMinute>()
  calls.set(arn, minutes)
  const minute = Math.floor(context.now() / MINUTE_MS)
  const counted = minutes.get(minute) ?? {invocations: 0, notReady: 0, inputTokens: 0, outputTokens: 0, latencyMs: 0}
  minutes.set(minute, counted)
  return counted
}
