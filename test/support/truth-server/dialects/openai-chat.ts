import type {Flavour, TruthOptions} from '../options.js'
import type {Dialect, Piece, Usage} from './dialect.js'

const HEAD = {id: 'chatcmpl-8d1f3b52c0f94d6e', object: 'chat.completion.chunk', created: 1_763_751_600}

/** Where the flavours differ. */
interface Manner {
  /** Delta of the chunk before the first token; undefined: there is none. */
  readonly role: object | undefined
  /** Members of every delta beside its text. */
  readonly beside: object
  readonly reasoning: readonly string[]
  readonly usage: 'own chunk' | 'finish chunk' | 'last token'
  readonly done: boolean
  readonly pings: boolean
}

const MANNERS: Readonly<Record<Flavour, Manner>> = {
  vllm: manner({role: {role: 'assistant', content: ''}, reasoning: ['reasoning', 'reasoning_content']}),
  sglang: manner({role: {role: 'assistant', content: ''}, beside: {tool_calls: null}}),
  tgi: manner({beside: {role: 'assistant', tool_calls: null}, usage: 'last token', pings: true}),
  'llama.cpp': manner({role: {role: 'assistant', content: null}, usage: 'finish chunk'}),
  transformers: manner({role: {role: 'assistant'}, usage: 'finish chunk', done: false}),
  ollama: manner({beside: {role: 'assistant'}, reasoning: ['reasoning']}),
}

function manner(differs: Partial<Manner>): Manner {
  const usual = {role: undefined, beside: {}, reasoning: ['reasoning_content'], done: true, pings: false}
  return {...usual, usage: 'own chunk', ...differs}
}

/** Chunks of chat completions as the server of that flavour words them. */
export function openAiChat(options: TruthOptions): Dialect {
  const {role, beside, reasoning, usage: place, done, pings} = MANNERS[options.flavour]
  const chunk = (delta: object, finish: string | null, more: object = {}): Piece => ({
    json: {...HEAD, model: options.model, choices: [{index: 0, delta, logprobs: null, finish_reason: finish}], ...more},
  })
  const ended = (usage: Usage): Piece[] => {
    if (place === 'last token') return []
    const told = place === 'finish chunk' ? {usage: counts(usage), ...timings(options)} : {}
    return [chunk({}, 'length', usage.told ? told : {})]
  }
  const apart = (usage: Usage): Piece[] =>
    usage.told && place === 'own chunk'
      ? [{json: {...HEAD, model: options.model, choices: [], usage: counts(usage)}}]
      : []
  return {
    coding: 'sse',
    opening: () => [...(pings ? [{raw: ':\n\n'}] : []), ...(role ? [chunk(role, null)] : [])],
    event(text, {reasons, finish}) {
      const delta = reasons ? Object.fromEntries(reasoning.map((name) => [name, text])) : {content: text}
      const closes = finish !== undefined && place === 'last token'
      const more = closes && finish.told ? {usage: counts(finish)} : {}
      return chunk({...beside, ...delta}, closes ? 'length' : null, more)
    },
    closing: (usage) => [
      ...ended(usage),
      ...apart(usage),
      ...((options.done ?? done) ? [{raw: 'data: [DONE]\n\n'}] : []),
    ],
    problem: {json: {error: {message: 'the engine stopped', type: 'InternalServerError', param: null, code: 500}}},
  }
}

/** The answer that did not stream. */
export function wholeChat(options: TruthOptions, usage: Usage): object {
  return {
    ...HEAD,
    object: 'chat.completion',
    model: options.model,
    choices: [{index: 0, message: {role: 'assistant', content: 'a whole answer'}, finish_reason: 'length'}],
    usage: counts(usage),
  }
}

function counts({input, output, reasoning, cached}: Usage): object {
  return {
    prompt_tokens: input,
    total_tokens: input + output,
    completion_tokens: output,
    prompt_tokens_details: cached === undefined ? null : {cached_tokens: cached},
    ...(reasoning > 0 && {completion_tokens_details: {reasoning_tokens: reasoning}}),
  }
}

function timings({flavour, tokens}: TruthOptions): object {
  if (flavour !== 'llama.cpp') return {}
  return {timings: {cache_n: 0, prompt_n: 12, prompt_ms: 8.1, predicted_n: tokens, predicted_ms: 40.5}}
}
