import type {Key} from 'ink'

const CONTROL: Readonly<Record<string, 'leave' | 'suspend' | 'redraw'>> = {c: 'leave', z: 'suspend', l: 'redraw'}

/** What a key asks for on the screen of one job. */
export function jobWish(input: string, key: Pick<Key, 'ctrl' | 'escape'>): 'leave' | 'suspend' | 'redraw' | undefined {
  if (key.ctrl) return CONTROL[input]
  return key.escape || input === 'q' ? 'leave' : undefined
}
