import type {TruthOptions} from '../options.js'
import type {Dialect, Usage} from './dialect.js'

/** Lines of Ollama's own chat; its durations are nanoseconds. */
export function ollama(options: TruthOptions): Dialect {
  const head = {model: options.model, created_at: '2026-11-21T19:00:00.000000Z'}
  const message = (members: object) => ({role: 'assistant', content: '', ...members})
  return {
    coding: 'ndjson',
    opening: () => [],
    event: (text, {reasons}) => ({
      json: {...head, message: message(reasons ? {thinking: text} : {content: text}), done: false},
    }),
    closing: (usage) => [
      {
        json: {
          ...head,
          message: message({}),
          done: true,
          done_reason: 'length',
          ...(usage.told && counts(usage, options)),
        },
      },
    ],
    problem: {json: {error: 'the engine stopped'}},
  }
}

function counts({input, output}: Usage, {ttftMs, itlMs}: TruthOptions): object {
  return {
    total_duration: Math.round((ttftMs + itlMs * output) * 1e6),
    load_duration: 0,
    prompt_eval_count: input,
    prompt_eval_duration: Math.round(ttftMs * 1e6),
    eval_count: output,
    eval_duration: Math.round(itlMs * output * 1e6),
  }
}
