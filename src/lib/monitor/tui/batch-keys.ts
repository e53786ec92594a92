import type {Key} from 'ink'

type PressedKey = Pick<Key, 'ctrl' | 'upArrow' | 'downArrow' | 'pageUp' | 'pageDown' | 'escape'>

const CONTROL: Readonly<Record<string, 'leave' | 'suspend' | 'redraw'>> = {c: 'leave', z: 'suspend', l: 'redraw'}
const LETTERS: Readonly<Record<string, 'leave' | number>> = {q: 'leave', j: 1, k: -1}

/** What a key asks for; a number scrolls by so many jobs. */
export function batchWish(
  input: string,
  key: PressedKey,
  page: number,
): 'leave' | 'suspend' | 'redraw' | number | undefined {
  if (key.ctrl) return CONTROL[input]
  if (key.downArrow) return 1
  if (key.upArrow) return -1
  if (key.pageDown) return page
  if (key.pageUp) return -page
  return key.escape ? 'leave' : LETTERS[input]
}
