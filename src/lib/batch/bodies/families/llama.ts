import {NO_ANSWER, numberAt, textAt} from '../answer.js'
import type {BodyFamily, ModelFacts} from '../family.js'
import {countImage, judgeImage, NO_IMAGE_LIMITS} from '../judge-image.js'
import {makeFamily} from '../make-family.js'
import {defined, type PromptInput} from '../prompt-input.js'
import {maxTokens, refused} from '../rules.js'
import {list, number, object, plain, read, type Shape} from '../shape.js'
import type {Walk} from '../walk.js'

/** Tokens of an answer where the body sets no limit. */
const DEFAULT_MOST = 512

/** Bodies of Meta Llama: one text with its marks of turns. */
export function llama(facts: ModelFacts): BodyFamily {
  const build = (prompt: PromptInput) => buildLlama(prompt, facts.modelId)
  return makeFamily(
    {
      id: 'llama',
      refusesUnknown: true,
      takes: {
        system: true,
        images: facts.takesImages === true ? 'bytes' : 'none',
        maxTokens: 'optional',
        temperature: true,
        topP: true,
        stop: false,
        inputTypes: [],
        dimensions: [],
      },
      shape: BODY,
      build,
      read: readAnswer,
    },
    facts,
  )
}

const image = plain({
  check: (walk, node) => {
    countImage(walk)
    judgeImage(walk, node, undefined, NO_IMAGE_LIMITS)
  },
})

const BODY: Shape = object(
  {
    'prompt!': read(),
    max_gen_len: maxTokens('warning'),
    temperature: number(0, 1),
    top_p: number(0, 1),
    images: list(image),
    model: refused('The job names the model, a record may not'),
    stream: refused('Batch does not stream'),
  },
  {strict: true, check: tellDefault},
)

function tellDefault(walk: Walk): void {
  if (walk.maxOutputTokens !== undefined) return
  walk.maxOutputTokens = DEFAULT_MOST
  const text = `Without max_gen_len answers end after ${DEFAULT_MOST} tokens: set it.`
  walk.problem('MAX_TOKENS_MISSING', 'warning', text, {member: 'max_gen_len'})
}

interface Marks {
  readonly start: string
  readonly open: (role: string) => string
  readonly close: string
}

/** Marks of turns, from the model cards of Llama 3 and of Llama 4. */
const LLAMA_3: Marks = {
  start: '<|begin_of_text|>',
  open: (role) => `<|start_header_id|>${role}<|end_header_id|>\n\n`,
  close: '<|eot_id|>',
}
const LLAMA_4: Marks = {
  start: '<|begin_of_text|>',
  open: (role) => `<|header_start|>${role}<|header_end|>\n\n`,
  close: '<|eot|>',
}

function buildLlama({images = [], maxTokens: most, prompt, system, temperature, topP}: PromptInput, modelId: string) {
  const {close, open, start} = modelId.includes('llama4') ? LLAMA_4 : LLAMA_3
  const pictures = images.flatMap((one) => (one.kind === 'bytes' ? [one.base64] : []))
  const told = system === undefined ? '' : `${open('system')}${system}${close}`
  const marks = '<|image|>'.repeat(pictures.length)
  return defined({
    prompt: `${start}${told}${open('user')}${marks}${prompt}${close}${open('assistant')}`,
    max_gen_len: most,
    temperature,
    top_p: topP,
    images: pictures.length > 0 ? pictures : undefined,
  })
}

function readAnswer(output: unknown) {
  return {
    ...NO_ANSWER,
    text: textAt(output, 'generation'),
    stopReason: textAt(output, 'stop_reason'),
    inputTokens: numberAt(output, 'prompt_token_count'),
    outputTokens: numberAt(output, 'generation_token_count'),
  }
}
