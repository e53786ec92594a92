import {classifyNamed} from '../classify.js'
import {
  addUsage,
  countIn,
  type Dialect,
  finishOf,
  hidden,
  type JsonObject,
  objectIn,
  textIn,
  visible,
} from '../dialect.js'
import {type Effects, noEffects} from '../effects.js'
import {addInvocationMetrics} from './invocation-metrics.js'

/** Events of Anthropic's Messages: https://docs.claude.com/en/docs/build-with-claude/streaming */
export const anthropic: Dialect = {
  keys: {text: new Set(['text', 'thinking', 'partial_json', 'data']), count: undefined},
  read(event) {
    const effects = noEffects()
    readEvent(event, textIn(event, 'type'), effects)
    addInvocationMetrics(event, effects)
    return effects
  },
}

function readEvent(event: JsonObject, type: string, effects: Effects): void {
  switch (type) {
    case 'content_block_delta':
      readDelta(objectIn(event, 'delta'), effects)
      return
    case 'content_block_start':
      readBlock(objectIn(event, 'content_block'), effects)
      return
    case 'message_start':
      readStart(objectIn(event, 'message'), effects)
      return
    case 'message_delta':
      finishOf(effects, objectIn(event, 'delta')['stop_reason'])
      readUsage(objectIn(event, 'usage'), effects)
      return
    case 'message_stop':
      effects.last = true
      return
    case 'error': {
      const error = objectIn(event, 'error')
      effects.failure = classifyNamed(textIn(error, 'type'), textIn(error, 'message'))
    }
  }
}

function readDelta(delta: JsonObject, effects: Effects): void {
  visible(effects, textIn(delta, 'text'))
  hidden(effects, textIn(delta, 'thinking'))
  hidden(effects, textIn(delta, 'partial_json'))
}

/** A block starts empty, but for reasoning that is encrypted as a whole. */
function readBlock(block: JsonObject, effects: Effects): void {
  visible(effects, textIn(block, 'text'))
  hidden(effects, textIn(block, 'thinking'))
  hidden(effects, textIn(block, 'data'))
}

function readStart(message: JsonObject, effects: Effects): void {
  effects.model = textIn(message, 'model') || undefined
  const usage = objectIn(message, 'usage')
  effects.tier = textIn(usage, 'service_tier') || undefined
  readUsage(usage, effects)
}

/** input_tokens leaves out what came from or went to a cache. */
function readUsage(usage: JsonObject, effects: Effects): void {
  addUsage(effects, {
    input: countIn(usage, 'input_tokens', effects),
    output: countIn(usage, 'output_tokens', effects),
    cacheRead: countIn(usage, 'cache_read_input_tokens', effects),
    cacheWrite: countIn(usage, 'cache_creation_input_tokens', effects),
  })
}
