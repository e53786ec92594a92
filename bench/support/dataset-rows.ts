import {textOf, type Wording, writeLines} from './pile.js'

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

const WORDING: Wording = {
  words:
    'the order 4711 arrived late at 10:30 because courier lost package and customer asks for a refund of $12.50 while support waits on answer from warehouse "urgent" café'.split(
      ' ',
    ),
  least: 300,
  beyond: 500,
}

/** Writes rows of about 1.2 kB until there are so many bytes. */
export async function writeDataset(file: string, base: string, bytes: number): Promise<void> {
  const rowOf = DATASETS[base]
  if (!rowOf) throw new Error(`no rows for ${base}`)
  const texts = Array.from({length: 256}, (_, index) => textOf(index, WORDING))
  await writeLines(file, bytes, (row) => {
    const question = `Case ${row}. ${texts[row % 256] ?? ''}`
    return `${JSON.stringify(rowOf(question, texts[(row * 7 + 1) % 256] ?? ''))}\n`
  })
}
