import {once} from 'node:events'
import {createWriteStream} from 'node:fs'

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

const WORDS =
  'the order arrived late because courier lost package and customer asks for refund of invoice while support waits on answer from warehouse about stock "urgent" café'.split(
    ' ',
  )
const BODIES = 256

/** Writes records of 1 to 2 kB with ids that are all different, until there are so many bytes. */
export async function writeRecords(file: string, model: string, bytes: number): Promise<void> {
  const bodyOf = BATCH_MODELS[model]
  if (!bodyOf) throw new Error(`no body for ${model}`)
  const bodies = Array.from({length: BODIES}, (_, index) => `,"modelInput":${JSON.stringify(bodyOf(textOf(index)))}}\n`)
  const stream = createWriteStream(file)
  let written = 0
  let piece = ''
  for (let record = 0; written < bytes; record += 1) {
    const line = `{"recordId":"rec${String(record).padStart(9, '0')}"${bodies[record % BODIES]}`
    written += Buffer.byteLength(line)
    piece += line
    if (piece.length < 1_000_000) continue
    if (!stream.write(piece)) await once(stream, 'drain')
    piece = ''
  }
  stream.end(piece)
  await once(stream, 'finish')
}

/** A text of 700 to 1,600 characters with line feeds in it, the same for the same number. */
function textOf(number: number): string {
  let state = number * 2_654_435_761 + 1
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
  const length = 700 + next(900)
  let text = ''
  while (text.length < length) text += `${WORDS[next(WORDS.length)]}${next(30) === 0 ? '\n' : ' '}`
  return text
}
