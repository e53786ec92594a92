import {classifyNamed} from '../classify.js'
import {
  addUsage,
  countIn,
  type Dialect,
  finishOf,
  hidden,
  type JsonObject,
  objectIn,
  objectsIn,
  textIn,
  visible,
} from '../dialect.js'
import {type Effects, noEffects} from '../effects.js'

const VISIBLE = new Set(['response.output_text.delta', 'response.refusal.delta'])
const HIDDEN = new Set([
  'response.reasoning_text.delta',
  'response.reasoning_summary_text.delta',
  'response.function_call_arguments.delta',
  'response.custom_tool_call_input.delta',
  'response.mcp_call_arguments.delta',
  'response.code_interpreter_call_code.delta',
])

/** Events of OpenAI's Responses: https://platform.openai.com/docs/api-reference/responses-streaming */
export const openAiResponses: Dialect = {
  keys: {text: new Set(['delta']), count: undefined},
  read(event) {
    const effects = noEffects()
    const type = textIn(event, 'type')
    if (VISIBLE.has(type)) visible(effects, textIn(event, 'delta'))
    else if (HIDDEN.has(type)) hidden(effects, textIn(event, 'delta'))
    else if (type === 'error') effects.failure = classifyNamed(textIn(event, 'code'), textIn(event, 'message'))
    else readEnd(type, objectIn(event, 'response'), effects)
    return effects
  },
}

function readEnd(type: string, response: JsonObject, effects: Effects): void {
  if (type === 'response.created') effects.model = textIn(response, 'model') || undefined
  else if (type === 'response.completed') {
    const called = objectsIn(response, 'output').some((item) => textIn(item, 'type') === 'function_call')
    finishOf(effects, called ? 'tool_calls' : 'stop')
  } else if (type === 'response.incomplete') {
    finishOf(effects, textIn(objectIn(response, 'incomplete_details'), 'reason') || 'incomplete')
  } else if (type === 'response.failed') {
    const error = objectIn(response, 'error')
    effects.failure = classifyNamed(textIn(error, 'code'), textIn(error, 'message'))
  } else return
  effects.tier = textIn(response, 'service_tier') || undefined
  readUsage(objectIn(response, 'usage'), effects)
}

/** input_tokens counts what came from a cache too. */
function readUsage(usage: JsonObject, effects: Effects): void {
  const input = countIn(usage, 'input_tokens', effects)
  const cached = countIn(objectIn(usage, 'input_tokens_details'), 'cached_tokens', effects)
  addUsage(effects, {
    input: input === undefined ? undefined : Math.max(0, input - (cached ?? 0)),
    output: countIn(usage, 'output_tokens', effects),
    cacheRead: cached,
    reasoning: countIn(objectIn(usage, 'output_tokens_details'), 'reasoning_tokens', effects),
  })
}
