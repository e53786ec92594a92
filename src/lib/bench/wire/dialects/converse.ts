import {
  addUsage,
  countIn,
  type Dialect,
  finishOf,
  hidden,
  type JsonObject,
  millisecondsIn,
  objectIn,
  textIn,
  visible,
} from '../dialect.js'
import {type Effects, noEffects} from '../effects.js'
import {addInvocationMetrics} from './invocation-metrics.js'

/** Events of ConverseStream: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
export const converse: Dialect = {
  keys: {text: new Set(['text', 'redactedContent', 'input']), count: undefined},
  read(event, type) {
    const effects = noEffects()
    readConverse(event, type, effects)
    return effects
  },
}

/** Nova by InvokeModel: the same events, each as the one member of an object. */
export const nova: Dialect = {
  keys: converse.keys,
  read(event) {
    const effects = noEffects()
    for (const type of ['contentBlockDelta', 'messageStop', 'metadata']) {
      if (event[type] !== undefined) readConverse(objectIn(event, type), type, effects)
    }
    addInvocationMetrics(event, effects)
    return effects
  },
}

function readConverse(event: JsonObject, type: string, effects: Effects): void {
  if (type === 'contentBlockDelta') readDelta(objectIn(event, 'delta'), effects)
  else if (type === 'messageStop') finishOf(effects, event['stopReason'])
  else if (type === 'metadata') readMetadata(event, effects)
}

function readDelta(delta: JsonObject, effects: Effects): void {
  visible(effects, textIn(delta, 'text'))
  const reasoning = objectIn(delta, 'reasoningContent')
  hidden(effects, textIn(reasoning, 'text'))
  hidden(effects, textIn(reasoning, 'redactedContent'))
  hidden(effects, textIn(objectIn(delta, 'toolUse'), 'input'))
}

/** inputTokens leaves out what came from or went to a cache. */
function readMetadata(event: JsonObject, effects: Effects): void {
  const usage = objectIn(event, 'usage')
  addUsage(effects, {
    input: countIn(usage, 'inputTokens', effects),
    output: countIn(usage, 'outputTokens', effects),
    cacheRead: countIn(usage, 'cacheReadInputTokens', effects) ?? countIn(usage, 'cacheReadInputTokenCount', effects),
    cacheWrite:
      countIn(usage, 'cacheWriteInputTokens', effects) ?? countIn(usage, 'cacheWriteInputTokenCount', effects),
  })
  effects.serverMs = millisecondsIn(objectIn(event, 'metrics'), 'latencyMs')
  effects.latency = textIn(objectIn(event, 'performanceConfig'), 'latency') || undefined
  effects.tier = textIn(objectIn(event, 'serviceTier'), 'type') || undefined
  effects.last = true
}
