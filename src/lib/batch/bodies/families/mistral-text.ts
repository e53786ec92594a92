import {NO_ANSWER, textAt} from '../answer.js'
import type {BodyFamily, ModelFacts} from '../family.js'
import {makeFamily} from '../make-family.js'
import {defined, type PromptInput} from '../prompt-input.js'
import {maxTokens, NO_BOUND, refused, stopSequence, tellNoMaxTokens} from '../rules.js'
import {integer, list, number, object, read, type Shape} from '../shape.js'

/** Bodies of text completion, which the first Mistral models take. */
export function mistralText(facts: ModelFacts): BodyFamily {
  return makeFamily(
    {
      id: 'mistral-text',
      refusesUnknown: true,
      takes: {
        system: true,
        images: 'none',
        maxTokens: 'optional',
        temperature: true,
        topP: true,
        stop: true,
        inputTypes: [],
        dimensions: [],
      },
      shape: BODY,
      build,
      read: (output) => ({
        ...NO_ANSWER,
        text: textAt(output, 'outputs', 0, 'text'),
        stopReason: textAt(output, 'outputs', 0, 'stop_reason'),
      }),
    },
    facts,
  )
}

const BODY: Shape = object(
  {
    'prompt!': read(),
    max_tokens: maxTokens('warning'),
    stop: list(stopSequence),
    temperature: number(0, 1),
    top_p: number(0, 1),
    top_k: integer(0, 200, {severity: 'warning'}),
    model: refused('The job names the model, a record may not'),
    stream: refused('Batch does not stream'),
  },
  {strict: true, check: (walk) => tellNoMaxTokens(walk, 'max_tokens', NO_BOUND)},
)

/** The marks of an instruction; a system prompt stands at its beginning. */
function build({maxTokens: most, prompt, stop, system, temperature, topP}: PromptInput) {
  const told = system === undefined ? prompt : `${system}\n\n${prompt}`
  return defined({
    prompt: `<s>[INST] ${told} [/INST]`,
    max_tokens: most,
    stop,
    temperature,
    top_p: topP,
  })
}
