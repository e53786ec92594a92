import {addUsage, countIn, type JsonObject, millisecondsIn, objectIn} from '../dialect.js'
import type {Effects} from '../effects.js'

const NAME = 'amazon-bedrock-invocationMetrics'

/** What Bedrock adds to the last event of InvokeModelWithResponseStream, whatever the family of the model. */
export function addInvocationMetrics(event: JsonObject, effects: Effects): void {
  if (event[NAME] === undefined) return
  const metrics = objectIn(event, NAME)
  addUsage(effects, {
    input: countIn(metrics, 'inputTokenCount', effects),
    output: countIn(metrics, 'outputTokenCount', effects),
    cacheRead: countIn(metrics, 'cacheReadInputTokenCount', effects),
    cacheWrite: countIn(metrics, 'cacheWriteInputTokenCount', effects),
  })
  effects.serverMs = millisecondsIn(metrics, 'invocationLatency')
  effects.last = true
}
