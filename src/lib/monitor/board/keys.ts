import type {BoardState} from './state.js'
import {runProfile, runRegion} from './ui/commands.js'
import {INTERVALS_MS} from './ui/completions.js'
import {enterWishes, wishesFor} from './ui/enter.js'
import {promptWish} from './ui/prompt-keys.js'
import {actionsOf} from './ui/row-actions.js'
import {lastCrumb, rowInHand} from './ui/shown.js'
import type {BoardWish, Body} from './ui/ui-state.js'
import type {BoardView} from './view.js'

/** The keys that have names, as Ink tells them; absent is not pressed. */
export type PressedKey = {
  readonly [Name in
    | 'ctrl'
    | 'meta'
    | 'shift'
    | 'tab'
    | 'return'
    | 'escape'
    | 'backspace'
    | 'delete'
    | 'upArrow'
    | 'downArrow'
    | 'leftArrow'
    | 'rightArrow'
    | 'pageUp'
    | 'pageDown'
    | 'home'
    | 'end']?: boolean
}

/** What keys are pressed on. */
export interface Board {
  readonly views: readonly BoardView[]
  /** As it is now: after each wish that was granted. */
  state(): BoardState
  /** What the screen gives table or page, as it is now. */
  body(): Body
  grant(wish: BoardWish): void
}

/**
 * Grants what one read of the keyboard asks for. Letters are keys one by one, until one of them asks something: all that
 * follows, as all of a paste, is then typed. Enter at its end counts as Enter, except where it would confirm.
 */
export function pressKeys(input: string, key: PressedKey, board: Board): void {
  const name = nameOf(input, key)
  if (name !== undefined) grantAll(namedWishes(name, board), board)
  const isTyped = name === undefined && (board.state().ui.prompt !== undefined || !isPaste(input))
  if (name === undefined && !isTyped) board.grant(said(PASTED, 'warn'))
  let rest = isTyped ? input : ''
  while (rest !== '' && board.state().ui.prompt === undefined) {
    const [letter = ''] = rest
    grantAll(letter === '\r' ? namedWishes('return', board) : letterWishes(letter, board), board)
    rest = rest.slice(letter.length)
  }
  if (rest !== '') typeAll(rest, board)
  searchAsTyped(board)
}

/** What is searched in a page is shown as it is typed. */
function searchAsTyped(board: Board): void {
  const {prompt} = board.state().ui
  if (prompt?.kind === 'filter' && prompt.text !== '' && lastCrumb(board.state().ui).page !== undefined)
    board.grant({type: 'sought', by: 0, body: board.body()})
}

const PASTED = 'What was pasted does nothing here. / filters and : goes somewhere.'
/** So much at once is no typing; a key that is held down is one letter many times. */
const LONGEST_TYPED = 32

/** True for text that no fingers typed, and that would be taken for keys, q among them. */
function isPaste(input: string): boolean {
  return input.length > LONGEST_TYPED && !/^[:/]/.test(input) && new Set(input).size > 1
}

const NAMES = [
  ...['return', 'escape', 'tab', 'backspace', 'delete', 'upArrow', 'downArrow', 'leftArrow', 'rightArrow'],
  ...['pageUp', 'pageDown', 'home', 'end'],
] as const

/** Keys that go by words while Ctrl or Alt is held. */
const WORDWISE: readonly string[] = ['leftArrow', 'rightArrow', 'backspace', 'delete']

/** Control keys that stand for keys with a name. */
const CONTROL_NAMES: Readonly<Record<string, string>> = {m: 'return', j: 'return', i: 'tab', h: 'backspace'}

/** Name of a key that is no text; undefined for text, '' for what says nothing. */
function nameOf(input: string, key: PressedKey): string | undefined {
  const name = NAMES.find((one) => key[one as keyof PressedKey] === true)
  if (name === 'tab' && key.shift === true) return 'shift-tab'
  if (name !== undefined)
    return (key.ctrl === true || key.meta === true) && WORDWISE.includes(name) ? `word-${name}` : name
  if (key.ctrl === true) return CONTROL_NAMES[input] ?? `ctrl-${input}`
  if (key.meta === true) return `alt-${input}`
  return input === '' ? '' : undefined
}

function typeAll(text: string, board: Board): void {
  const isEntered = text.endsWith('\r') && board.state().ui.prompt?.kind !== 'confirm'
  const typed = text.replace(/\r$/, '')
  const {prompt} = board.state().ui
  const isPick = typed === ' ' && prompt?.kind === 'choose' && prompt.what === 'region'
  if (typed !== '') board.grant(isPick ? {type: 'picked'} : {type: 'typed', text: typed})
  if (isEntered) grantAll(enterWishes(board.state(), board.views), board)
}

function grantAll(wishes: readonly BoardWish[], board: Board): void {
  for (const wish of wishes) board.grant(wish)
}

/** What keys with a name do, in a prompt or out of it. */
function namedWishes(name: string, board: Board): readonly BoardWish[] {
  const state = board.state()
  const anywhere = ANYWHERE[name]
  if (anywhere !== undefined) return [anywhere]
  if (state.ui.prompt !== undefined) {
    if (name === 'return') return enterWishes(state, board.views)
    const wish = promptWish(name, state.ui.prompt)
    return wish === undefined ? [] : [wish]
  }
  const wish = STEPS[name]
  return wish === undefined ? moveWishes(name, board.body()) : aboutRow(wish, board)
}

/** What needs a row says so where there is none; two marked rows are described without one. */
function aboutRow(wish: BoardWish, {state, views}: Board): readonly BoardWish[] {
  const needsRow = wish.type === 'opened' || wish.type === 'marked'
  if (!needsRow || rowInHand(state(), views) !== undefined) return [wish]
  return wish.type === 'opened' && wish.page === 'describe' && state().ui.marks.length > 1 ? [wish] : [NO_ROW]
}

const ANYWHERE: Readonly<Record<string, BoardWish>> = {
  'ctrl-c': {type: 'quit'},
  'ctrl-z': {type: 'suspend'},
  'ctrl-l': {type: 'redraw'},
  escape: {type: 'escaped'},
}

const STEPS: Readonly<Record<string, BoardWish>> = {
  return: {type: 'opened', page: 'drill'},
  rightArrow: {type: 'opened', page: 'drill'},
  leftArrow: {type: 'went-back'},
  backspace: {type: 'went-back'},
}

function moveWishes(name: string, body: Body): readonly BoardWish[] {
  const page = Math.max(1, body.rows - 1)
  const half = Math.max(1, Math.floor(body.rows / 2))
  if (name === 'home' || name === 'end') return [{type: 'moved-to', end: name === 'home' ? 'first' : 'last', body}]
  const by = new Map([
    ['upArrow', -1],
    ['downArrow', 1],
    ['pageUp', -page],
    ['ctrl-b', -page],
    ['pageDown', page],
    ['ctrl-f', page],
    ['ctrl-u', -half],
    ['ctrl-d', half],
  ]).get(name)
  return by === undefined ? [] : [{type: 'moved', by, body}]
}

/** What a letter does where nothing is asked. */
function letterWishes(letter: string, board: Board): readonly BoardWish[] {
  if (letter === 'q') return [{type: 'quit'}]
  const state = board.state()
  const plain = LETTERS[letter]
  if (plain !== undefined) return aboutRow(plain, board)
  if (/^\d$/.test(letter)) return viewWish(letter, board.views)
  switch (letter) {
    case 'j':
      return moveWishes('downArrow', board.body())
    case 'k':
      return moveWishes('upArrow', board.body())
    case ' ':
      return lastCrumb(state.ui).page === undefined ? [] : moveWishes('pageDown', board.body())
    case 'g':
      return moveWishes('home', board.body())
    case 'G':
      return moveWishes('end', board.body())
    case 'n':
    case 'N':
      return seekWishes(letter === 'n' ? 1 : -1, board)
    default:
      return askingWishes(letter, state, board.views)
  }
}

function seekWishes(by: 1 | -1, board: Board): readonly BoardWish[] {
  const {filter, page} = lastCrumb(board.state().ui)
  if (page === undefined || filter === '') return [said('n goes on with a search: open a page, then / and words.')]
  return [{type: 'sought', by, body: board.body()}]
}

const LETTERS: Readonly<Record<string, BoardWish>> = {
  ':': {type: 'prompt-opened', prompt: 'command'},
  '/': {type: 'prompt-opened', prompt: 'filter'},
  '?': {type: 'help-toggled'},
  d: {type: 'opened', page: 'describe'},
  h: {type: 'went-back'},
  l: {type: 'events-shown'},
  s: {type: 'sorted'},
  S: {type: 'sort-reversed'},
  m: {type: 'marked'},
}

/** Letters that ask the program, or that may be refused. */
function askingWishes(letter: string, state: BoardState, views: readonly BoardView[]): readonly BoardWish[] {
  switch (letter) {
    case 'y': {
      const row = rowInHand(state, views)
      return row === undefined ? [NO_ROW] : [{type: 'copy', text: row.id}, said(`Copied ${row.id}`)]
    }
    case 'r':
      return state.subject.replayed
        ? [said('A recording cannot be looked at anew.', 'warn')]
        : [{type: 'refresh'}, said('Looking now.')]
    case '+':
      return intervalWishes(
        state,
        INTERVALS_MS.find((ms) => ms > state.intervalMs),
      )
    case '-':
      return intervalWishes(
        state,
        INTERVALS_MS.findLast((ms) => ms < state.intervalMs),
      )
    case 'p':
      return wishesFor(runProfile(state, undefined))
    case 'R':
      return wishesFor(runRegion(state, []))
    case 'x':
      return actionWishes(state, views)
    default:
      return [said(`${letter} does nothing here. ? tells the keys.`)]
  }
}

function intervalWishes({subject}: BoardState, intervalMs: number | undefined): readonly BoardWish[] {
  if (subject.replayed) return [said('A recording has the pace that it was made with.', 'warn')]
  return intervalMs === undefined ? [said('No interval is beyond this one.')] : [{type: 'interval', intervalMs}]
}

function actionWishes(state: BoardState, views: readonly BoardView[]): readonly BoardWish[] {
  if (!state.ui.allowActions) return [said('The board only looks. Start it with --allow-actions to act.', 'warn')]
  const row = rowInHand(state, views)
  if (row === undefined) return [NO_ROW]
  const actions = actionsOf(state, views, {view: lastCrumb(state.ui).view, row: row.key})
  return actions.length === 0
    ? [said(`Nothing can be done about this row${row.refused === undefined ? '.' : `: ${row.refused}`}`)]
    : [{type: 'prompt-opened', prompt: 'action'}]
}

function said(text: string, tone?: 'warn'): BoardWish {
  return tone === undefined ? {type: 'noted', text} : {type: 'noted', text, tone}
}

const NO_ROW = said('There is no row here.')

/** Number keys: the first ten views. */
function viewWish(digit: string, views: readonly BoardView[]): readonly BoardWish[] {
  const view = views[(Number(digit) + 9) % 10]
  return view === undefined ? [] : [{type: 'view-shown', view: view.name}]
}
