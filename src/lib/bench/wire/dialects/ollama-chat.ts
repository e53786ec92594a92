import {classifyError} from '../classify.js'
import {
  addUsage,
  countIn,
  type Dialect,
  finishOf,
  hidden,
  type JsonObject,
  millisecondsIn,
  objectIn,
  objectsIn,
  textIn,
  visible,
} from '../dialect.js'
import {type Effects, noEffects} from '../effects.js'

/** Lines of Ollama's /api/chat: https://docs.ollama.com/api/chat */
export const ollamaChat: Dialect = {
  keys: {text: new Set(['content', 'thinking']), count: undefined},
  read(event) {
    const effects = noEffects()
    if (event['error'] !== undefined) effects.failure = classifyError(event)
    const message = objectIn(event, 'message')
    visible(effects, textIn(message, 'content'))
    hidden(effects, textIn(message, 'thinking'))
    if (objectsIn(message, 'tool_calls').length > 0) hidden(effects, JSON.stringify(message['tool_calls']))
    effects.model = textIn(event, 'model') || undefined
    if (event['done'] === true) readEnd(event, effects)
    return effects
  },
}

/** Durations are in ns. Without prompt_eval_count, or with 0, the prompt came from a cache and its length is not told. */
function readEnd(event: JsonObject, effects: Effects): void {
  finishOf(effects, textIn(event, 'done_reason') || 'stop')
  addUsage(effects, {
    input: countIn(event, 'prompt_eval_count', effects) || undefined,
    output: countIn(event, 'eval_count', effects),
  })
  const total = millisecondsIn(event, 'total_duration')
  if (total !== undefined) effects.serverMs = total / 1e6
}
