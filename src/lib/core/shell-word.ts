import {sanitise} from './text.js'

/** A word as a POSIX shell takes it back, for commands that are shown to be pasted. */
export function shellWord(word: string): string {
  const clean = sanitise(word)
  return /^[\w.@:/-]+$/.test(clean) ? clean : `'${clean.replaceAll("'", "'\\''")}'`
}
