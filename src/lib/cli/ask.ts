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
export function ask(question: string, {input, output, signal}: Prompt): Promise<boolean> {
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
      resolve(/^y(es)?$/i.test(line.trim()))
      lines.close()
    })
    lines.once('close', () => {
      signal.removeEventListener('abort', onAbort)
      resolve(false)
    })
    output.write(`${wrapText(`${question} [y/N]`, (output.columns || 80) - 2).join('\n')} `)
  })
}
