import {type Key, useInput} from 'ink'

/** As Ink's useInput, but Ctrl-C twice in one read is two key presses. */
export function useKeys(onKey: (input: string, key: Key) => void): void {
  useInput((input, key) => {
    for (const [one, of] of keysOf(input, key)) onKey(one, of)
  })
}

/** Control characters that came in one read, taken apart; whatever else came at once, as a paste does, stays whole. */
function keysOf(input: string, key: Key): readonly (readonly [input: string, key: Key])[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
  if (key.ctrl || !/^[\u0001-\u001A]{2,}$/.test(input)) return [[input, key]]
  return [...input].map((one) => [String.fromCharCode(one.charCodeAt(0) + LETTERS), {...key, ctrl: true}])
}

/** From a control character to its letter. */
const LETTERS = 0x60
