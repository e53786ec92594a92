import {type Key, useInput} from 'ink'

/** As Ink's useInput, but Ctrl-C twice in one read is two key presses, and Ctrl-C after letters is one. */
export function useKeys(onKey: (input: string, key: Key) => void): void {
  useInput((input, key) => {
    for (const [one, of] of keysOf(input, key)) onKey(one, of)
  })
}

/**
 * Control characters that came in one read, taken apart, and Ctrl-C even after what was typed: it must always do its
 * work. Whatever else came at once, as a paste does, stays whole.
 */
function keysOf(input: string, key: Key): readonly (readonly [input: string, key: Key])[] {
  if (key.ctrl || input.length < 2) return [[input, key]]
  return input.split(INTERRUPTS).flatMap((part) => {
    if (part === '') return []
    if (!CONTROLS.test(part)) return [[part, key] as const]
    return [...part].map((one) => [String.fromCharCode(one.charCodeAt(0) + LETTERS), {...key, ctrl: true}] as const)
  })
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
const INTERRUPTS = /(\u0003+)/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
const CONTROLS = /^[\u0001-\u001A]+$/

/** From a control character to its letter. */
const LETTERS = 0x60
