import type {Key} from 'ink'

type PressedKey = Pick<Key, 'ctrl' | 'escape'>

export type BenchWish = 'stop' | 'suspend' | 'redraw' | 'help' | 'close-help'

const CONTROL: Readonly<Record<string, BenchWish>> = {c: 'stop', z: 'suspend', l: 'redraw'}
const LETTERS: Readonly<Record<string, BenchWish>> = {q: 'stop', '?': 'help', h: 'help'}

/** What a key asks for. Escape closes the help and stops nothing: a run is not lost by a slip. */
export function benchWish(input: string, key: PressedKey): BenchWish | undefined {
  if (key.ctrl) return CONTROL[input]
  return key.escape ? 'close-help' : LETTERS[input]
}
