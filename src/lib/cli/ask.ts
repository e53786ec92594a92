import {createInterface} from 'node:readline'
import type {Readable, Writable} from 'node:stream'
import {wrapText} from '../output/wrap.js'

export interface Prompt {
  readonly input: Readable
  /** Not stdout: that keeps the answer alone. */
  readonly output: Writable & {readonly columns?: number | undefined}
  readonly signal: AbortSignal
}

/**
 * Asks a yes-or-no question; anything but y or yes is a no, and so is an input that ends. Rejects when `signal` aborts.
 */
export function ask(question: string, prompt: Prompt): Promise<boolean> {
  return answerTo(`${question} [y/N]`, /^y(es)?$/i, prompt)
}

/** Asks for a word to be typed, letter by letter; anything else is a no. Otherwise as `ask`. */
export function askForWord(question: string, word: string, prompt: Prompt): Promise<boolean> {
  return answerTo(`${question} Type ${word} to go on:`, {test: (typed) => typed === word}, prompt)
}

function answerTo(
  question: string,
  wanted: {test(typed: string): boolean},
  {input, output, signal}: Prompt,
): Promise<boolean> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    // Not in raw mode: Ctrl-C stays a signal, which the command listens to.
    const lines = createInterface({input, output, terminal: false})
    const onAbort = () => {
      reject(signal.reason)
      lines.close()
    }
    signal.addEventListener('abort', onAbort, {once: true})
    lines.once('line', (line) => {
      resolve(wanted.test(line.trim()))
      lines.close()
    })
    lines.once('close', () => {
      signal.removeEventListener('abort', onAbort)
      resolve(false)
    })
    output.write(`${wrapText(question, (output.columns || 80) - 2).join('\n')} `)
  })
}
