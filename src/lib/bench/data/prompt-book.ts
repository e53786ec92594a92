import {usageError} from '../../core/errors.js'
import {sizeWords} from '../../core/text.js'
import type {PromptBook} from '../load/load.js'
import type {PlainPrompt} from './conversation.js'
import type {MadePrompts} from './make-prompts.js'

/** Stands in a body where the nonce goes, and nowhere else. As long as a nonce. */
const PLACEHOLDER = 'q7VxN0ncE4kZ2hW9'

/** Bodies of one target at most: they are in memory once, whatever the number of threads. */
export const MOST_BOOK_BYTES = 512 * 1024 * 1024

/** Words a prompt for a target: the bytes of its request. */
export type WordRequest = (prompt: PlainPrompt) => Uint8Array

/** Makes the bodies of a target. With `nonce` each begins with characters that are new at every request. */
export function makeBook({prompts, sessions}: MadePrompts, word: WordRequest, nonce: boolean): PromptBook {
  const bodies: Buffer[] = []
  const nonceAt = new Int32Array(prompts.length).fill(-1)
  let bytes = 0
  for (const [place, prompt] of prompts.entries()) {
    const marked = nonce && prompt.nonceTurn !== undefined ? withNonce(prompt, prompt.nonceTurn) : prompt
    const body = Buffer.from(word(marked))
    bytes += body.length
    if (bytes > MOST_BOOK_BYTES) throw tooLarge(place, prompts.length)
    if (marked !== prompt) nonceAt[place] = body.indexOf(PLACEHOLDER, 0, 'latin1')
    bodies.push(body)
  }
  const starts = new Float64Array(prompts.length + 1)
  const shared = new SharedArrayBuffer(bytes)
  const memory = new Uint8Array(shared)
  let at = 0
  for (const [place, body] of bodies.entries()) {
    memory.set(body, at)
    at += body.length
    starts[place + 1] = at
  }
  return {
    bytes: shared,
    starts,
    nonceAt,
    wantedIn: Uint32Array.from(prompts, ({wantedIn}) => wantedIn),
    wantedOut: Uint32Array.from(prompts, ({wantedOut}) => wantedOut),
    sessions: sessions === undefined ? undefined : Uint32Array.from(sessions),
  }
}

function withNonce(prompt: PlainPrompt, turn: number): PlainPrompt {
  const turns = prompt.turns.map((one, place) => (place === turn ? {...one, text: `${PLACEHOLDER} ${one.text}`} : one))
  return {...prompt, turns}
}

function tooLarge(done: number, of: number) {
  return usageError('PROMPTS_TOO_LARGE', `The bodies of ${of} prompts take more than ${sizeWords(MOST_BOOK_BYTES)}.`, {
    why: `${done} of them fill it.`,
    hint: 'Send fewer requests, shorter prompts, or part of the trace (--requests).',
  })
}
