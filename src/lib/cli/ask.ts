import {createInterface} from 'node:readline/promises'

/** Asks on stderr, so that stdout keeps the answer alone; anything but y or yes is a no. */
export async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  const prompt = createInterface({input: process.stdin, output: process.stderr})
  try {
    const answer = await prompt.question(`${question} [y/N] `, {signal})
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    prompt.close()
  }
}
