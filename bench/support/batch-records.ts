import {textOf, type Wording, writeLines} from './pile.js'

/** Model → the body of a record whose prompt is the text. */
export const BATCH_MODELS: Readonly<Record<string, (text: string) => object>> = {
  'anthropic.claude-sonnet-4-6': (text) => ({
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 512,
    temperature: 0.2,
    system: 'You are a support analyst. Answer with JSON only.',
    messages: [{role: 'user', content: [{type: 'text', text}]}],
  }),
  'amazon.nova-lite-v1:0': (text) => ({
    schemaVersion: 'messages-v1',
    system: [{text: 'You are a support analyst. Answer with JSON only.'}],
    messages: [{role: 'user', content: [{text}]}],
    inferenceConfig: {maxTokens: 512, temperature: 0.2},
  }),
  'meta.llama3-3-70b-instruct-v1:0': (prompt) => ({prompt, max_gen_len: 512, temperature: 0.2}),
}

const WORDING: Wording = {
  words:
    'the order arrived late because courier lost package and customer asks for refund of invoice while support waits on answer from warehouse about stock "urgent" café'.split(
      ' ',
    ),
  least: 700,
  beyond: 900,
}
const BODIES = 256

/** Writes records of 1 to 2 kB with ids that are all different, until there are so many bytes. */
export async function writeRecords(file: string, model: string, bytes: number): Promise<void> {
  const bodyOf = BATCH_MODELS[model]
  if (!bodyOf) throw new Error(`no body for ${model}`)
  const bodies = Array.from(
    {length: BODIES},
    (_, index) => `,"modelInput":${JSON.stringify(bodyOf(textOf(index, WORDING)))}}\n`,
  )
  await writeLines(
    file,
    bytes,
    (record) => `{"recordId":"rec${String(record).padStart(9, '0')}"${bodies[record % BODIES]}`,
  )
}
