import {once} from 'node:events'
import {createWriteStream} from 'node:fs'

/** Base → a row of a question and its answer, which differ from row to row. */
export const DATASETS: Readonly<Record<string, (question: string, answer: string) => object>> = {
  'amazon.nova-lite-v1:0': (question, answer) => ({
    schemaVersion: 'bedrock-conversation-2024',
    system: [{text: 'You are a support analyst. Answer in two sentences.'}],
    messages: [
      {role: 'user', content: [{text: question}]},
      {role: 'assistant', content: [{text: answer}]},
    ],
  }),
  'meta.llama3-1-8b-instruct-v1:0:128k': (prompt, completion) => ({prompt, completion}),
}

const WORDS =
  'the order 4711 arrived late at 10:30 because courier lost package and customer asks for a refund of $12.50 while support waits on answer from warehouse "urgent" café'.split(
    ' ',
  )

/** Writes rows of about 1.2 kB until there are so many bytes. */
export async function writeDataset(file: string, base: string, bytes: number): Promise<void> {
  const rowOf = DATASETS[base]
  if (!rowOf) throw new Error(`no rows for ${base}`)
  const texts = Array.from({length: 256}, (_, index) => textOf(index))
  const stream = createWriteStream(file)
  let written = 0
  let piece = ''
  for (let row = 0; written < bytes; row += 1) {
    const question = `Case ${row}. ${texts[row % 256] ?? ''}`
    const line = `${JSON.stringify(rowOf(question, texts[(row * 7 + 1) % 256] ?? ''))}\n`
    written += Buffer.byteLength(line)
    piece += line
    if (piece.length < 1_000_000) continue
    if (!stream.write(piece)) await once(stream, 'drain')
    piece = ''
  }
  stream.end(piece)
  await once(stream, 'finish')
}

/** A text of 300 to 800 characters with line feeds in it, the same for the same number. */
function textOf(number: number): string {
  let state = number * 2_654_435_761 + 1
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
  const length = 300 + next(500)
  let text = ''
  while (text.length < length) text += `${WORDS[next(WORDS.length)]}${next(30) === 0 ? '\n' : ' '}`
  return text
}
