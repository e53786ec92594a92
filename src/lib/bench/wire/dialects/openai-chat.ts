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
import {addInvocationMetrics} from './invocation-metrics.js'

/**
 * Chunks of chat completions as OpenAI, vLLM, SGLang, TGI, llama.cpp, transformers and Ollama write them; also chat models
 * and imported models by InvokeModel. Reasoning comes as `reasoning` or `reasoning_content`.
 */
export const openAiChat: Dialect = {
  keys: {
    text: new Set(['content', 'reasoning', 'reasoning_content', 'arguments', 'refusal', 'text']),
    count: undefined,
  },
  read(event) {
    const effects = noEffects()
    if (event['error'] !== undefined && event['error'] !== null) effects.failure = classifyError(event)
    else if (event['object'] === 'error') effects.failure = classifyError({error: event})
    const choices = objectsIn(event, 'choices')
    for (const choice of choices) readChoice(choice, effects)
    effects.model = textIn(event, 'model') || undefined
    effects.tier = textIn(event, 'service_tier') || undefined
    readTimings(objectIn(event, 'timings'), effects)
    readUsage(objectIn(event, 'usage'), effects)
    if (choices.length === 0 && effects.usage !== undefined) effects.last = true
    addInvocationMetrics(event, effects)
    return effects
  },
}

function readChoice(choice: JsonObject, effects: Effects): void {
  const delta = objectIn(choice, 'delta')
  visible(effects, textIn(delta, 'content'))
  visible(effects, textIn(delta, 'refusal'))
  visible(effects, textIn(choice, 'text'))
  hidden(effects, textIn(delta, 'reasoning') || textIn(delta, 'reasoning_content'))
  for (const call of objectsIn(delta, 'tool_calls')) hidden(effects, textIn(objectIn(call, 'function'), 'arguments'))
  // DeepSeek-R1 by InvokeModel says stop_reason; vLLM says both, the other one being a number or null
  finishOf(effects, choice['finish_reason'] ?? choice['stop_reason'])
}

/** prompt_tokens counts what came from a cache too. */
function readUsage(usage: JsonObject, effects: Effects): void {
  const prompt = countIn(usage, 'prompt_tokens', effects)
  const cached = countIn(objectIn(usage, 'prompt_tokens_details'), 'cached_tokens', effects) ?? effects.usage?.cacheRead
  addUsage(effects, {
    input: prompt === undefined ? undefined : Math.max(0, prompt - (cached ?? 0)),
    output: countIn(usage, 'completion_tokens', effects),
    cacheRead: cached,
    reasoning: countIn(objectIn(usage, 'completion_tokens_details'), 'reasoning_tokens', effects),
  })
}

/** llama.cpp: prompt_n leaves out what came from its cache. */
function readTimings(timings: JsonObject, effects: Effects): void {
  addUsage(effects, {
    input: countIn(timings, 'prompt_n', effects),
    output: countIn(timings, 'predicted_n', effects),
    cacheRead: countIn(timings, 'cache_n', effects),
  })
  const prompt = millisecondsIn(timings, 'prompt_ms')
  const predicted = millisecondsIn(timings, 'predicted_ms')
  if (prompt !== undefined && predicted !== undefined) effects.serverMs = prompt + predicted
}
