import type {Key} from 'ink'
import type {SandboxEvent, SandboxState} from '../sandbox/state.js'

/** What a key asks of the app; what only changes the view is an event. */
export type Wish = SandboxEvent | {readonly type: 'quit'} | {readonly type: 'suspend'} | {readonly type: 'redraw'}

type PressedKey = Pick<
  Key,
  'ctrl' | 'meta' | 'upArrow' | 'downArrow' | 'pageUp' | 'pageDown' | 'escape' | 'return' | 'backspace' | 'delete'
>

/** What a key press means in this state; often one thing, or nothing. */
export function wishOf(input: string, key: PressedKey, state: SandboxState): readonly Wish[] {
  if (key.ctrl) return controlWish(input)
  if (state.filterBefore !== undefined) return filterWish(input, key, state.filter)
  if (state.help && input !== 'q') return [{type: 'help-toggled'}]
  if (key.escape) return escapeWish(state)
  const page = Math.max(1, Math.floor(state.size.rows / 3))
  if (key.upArrow) return [{type: 'moved', by: -1}]
  if (key.downArrow) return [{type: 'moved', by: 1}]
  if (key.pageUp) return [{type: 'moved', by: -page}]
  if (key.pageDown) return [{type: 'moved', by: page}]
  // A paste or fast typing arrives as one input.
  return [...input].flatMap((letter) => LETTERS[letter] ?? [])
}

const LETTERS: Readonly<Record<string, Wish>> = {
  q: {type: 'quit'},
  j: {type: 'moved', by: 1},
  k: {type: 'moved', by: -1},
  g: {type: 'moved-to', end: 'oldest'},
  G: {type: 'moved-to', end: 'newest'},
  '/': {type: 'filter-opened'},
  ' ': {type: 'pause-toggled'},
  e: {type: 'errors-toggled'},
  c: {type: 'cleared'},
  '?': {type: 'help-toggled'},
}

function controlWish(input: string): readonly Wish[] {
  if (input === 'c') return [{type: 'quit'}]
  if (input === 'z') return [{type: 'suspend'}]
  return input === 'l' ? [{type: 'redraw'}] : []
}

function filterWish(input: string, key: PressedKey, filter: string): readonly Wish[] {
  if (key.return) return [{type: 'filter-closed', keep: true}]
  if (key.escape) return [{type: 'filter-closed', keep: false}]
  if (key.backspace || key.delete) return [{type: 'filter-typed', text: [...filter].slice(0, -1).join('')}]
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes.
  const typed = key.meta ? '' : input.replace(/[\u0000-\u001F\u007F]/g, '')
  return typed === '' ? [] : [{type: 'filter-typed', text: filter + typed}]
}

function escapeWish({errorsOnly}: SandboxState): readonly Wish[] {
  return [{type: 'filter-closed', keep: false}, ...(errorsOnly ? [{type: 'errors-toggled'} as const] : [])]
}
