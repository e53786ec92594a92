import type {ActionAsk} from '../actions.js'
import type {BoardState} from '../state.js'
import type {BoardView} from '../view.js'
import {choicesOf, REGION_WORDS} from './choices.js'
import {completionsOf} from './completions.js'
import {actionsOf} from './row-actions.js'
import {lastCrumb, rowInHand, withCrumb} from './shown.js'
import {eraseTo, insertText, moveCursor, type Reach, type TypedLine, typedLine} from './typed-line.js'
import type {ChoosePrompt, Prompt, UiEvent} from './ui-state.js'

type Views = readonly BoardView[]

/** What is typed is no longer than this, and so many of each kind are remembered. */
const TYPED_LETTERS = 400
const KEPT_HISTORY = 50

/** Asks; says why not where there is nothing to ask about. */
export function openPrompt(
  state: BoardState,
  kind: Extract<UiEvent, {type: 'prompt-opened'}>['prompt'],
  views: Views,
): BoardState {
  switch (kind) {
    case 'command':
      return withPrompt(state, {kind, ...typedLine(''), choice: -1})
    case 'filter': {
      const {filter, index, top} = lastCrumb(state.ui)
      const before = {filter, index, top}
      return withPrompt(state, {kind, ...typedLine(filter), before, draft: filter, recall: -1})
    }
    case 'action':
      return openActions(state, views)
    default:
      return withPrompt(state, choosing(kind, undefined))
  }
}

/** Asks for the words that confirm an action. */
export function openConfirm(state: BoardState, ask: ActionAsk): BoardState {
  return withPrompt(state, {kind: 'confirm', ...typedLine(''), ask})
}

function openActions(state: BoardState, views: Views): BoardState {
  const row = rowInHand(state, views)
  const {view} = lastCrumb(state.ui)
  const [only, ...others] = row === undefined ? [] : actionsOf(state, views, {view, row: row.key})
  if (row === undefined || only === undefined) return state
  if (others.length > 0) return withPrompt(state, choosing('action', row.key))
  return openConfirm(state, {view, row: row.key, action: only.name})
}

function choosing(what: ChoosePrompt['what'], row: string | undefined): ChoosePrompt {
  return {kind: 'choose', what, ...typedLine(''), choice: 0, picked: [], row}
}

/** What was typed or pasted, at the cursor: one line without control characters. */
export function typeText(state: BoardState, text: string): BoardState {
  const {prompt} = state.ui
  if (prompt === undefined) return state
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes.
  const typed = text.replace(/\s+/g, ' ').replace(/[\u0000-\u001F\u007F-\u009F]/g, '')
  return typed === '' ? state : retyped(state, prompt, insertText(prompt, typed, TYPED_LETTERS))
}

/** Without a letter, a word or all on one side of the cursor; erasing in an empty line closes the prompt of a command. */
export function erase(state: BoardState, reach: Reach): BoardState {
  const {prompt} = state.ui
  if (prompt === undefined) return state
  if (prompt.text === '') return prompt.kind === 'command' ? closePrompt(state, false) : state
  const line = eraseTo(prompt, reach)
  return line.text === prompt.text ? state : retyped(state, prompt, line)
}

/** The cursor goes along what is typed; nothing else changes. */
export function moveInPrompt(state: BoardState, reach: Reach): BoardState {
  const {prompt} = state.ui
  return prompt === undefined ? state : withPrompt(state, {...prompt, cursor: moveCursor(prompt, reach).cursor})
}

/** Up and down: another of the completions or choices, or an older filter or command. */
export function choose(state: BoardState, by: number, views: Views): BoardState {
  const {prompt} = state.ui
  switch (prompt?.kind) {
    case 'command': {
      const older = by < 0 && prompt.choice === -1 ? olderCommand(state, prompt.text) : undefined
      if (older !== undefined) return withPrompt(state, {...prompt, ...typedLine(older)})
      const {length} = completionsOf(state, views, prompt.text)
      return withPrompt(state, {...prompt, choice: within(prompt.choice + by, -1, length - 1)})
    }
    case 'choose': {
      const {length} = choicesOf(state, views, prompt)
      return withPrompt(state, {...prompt, choice: within(prompt.choice + by, 0, length - 1)})
    }
    case 'filter': {
      const history = state.ui.filterHistory
      const recall = within(prompt.recall - by, -1, history.length - 1)
      const text = recall === -1 ? prompt.draft : (history.at(-1 - recall) ?? '')
      return withPrompt(withCrumb(state, {filter: text}), {...prompt, ...typedLine(text), recall})
    }
    default:
      return state
  }
}

/** The command before this one; the last where nothing is typed. */
function olderCommand({ui: {commandHistory}}: BoardState, text: string): string | undefined {
  return text === '' ? commandHistory.at(-1) : commandHistory[commandHistory.indexOf(text) - 1]
}

/** Tab: the chosen completion, else the first, in place of what was typed. */
export function complete(state: BoardState, views: Views): BoardState {
  const {prompt} = state.ui
  if (prompt?.kind !== 'command') return state
  const found = completionsOf(state, views, prompt.text)[Math.max(0, prompt.choice)]
  return found === undefined ? state : withPrompt(state, {...prompt, ...typedLine(found.text), choice: -1})
}

/** The space bar in a list of Regions: one more, or one less, of those that Enter takes. A word for many stands alone. */
export function pick(state: BoardState, views: Views): BoardState {
  const {prompt} = state.ui
  if (prompt?.kind !== 'choose' || prompt.what !== 'region') return state
  const region = choicesOf(state, views, prompt)[prompt.choice]?.text
  if (region === undefined) return state
  const isWord = (text: string) => REGION_WORDS.some((word) => word.text === text)
  const beside = prompt.picked.filter((one) => one === region || (!isWord(region) && !isWord(one)))
  const picked = beside.includes(region) ? beside.filter((one) => one !== region) : [...beside, region]
  return withPrompt(state, {...prompt, picked})
}

/** Closes what is asked; what is not kept is as it was before. */
export function closePrompt(state: BoardState, keep: boolean): BoardState {
  const {prompt} = state.ui
  if (prompt === undefined) return state
  const closed = withPrompt(state, undefined)
  if (prompt.kind === 'filter' && !keep) return withCrumb(closed, prompt.before)
  if (!keep) return closed
  const {ui} = closed
  if (prompt.kind === 'filter') {
    return {...closed, ui: {...ui, filterHistory: remembered(ui.filterHistory, prompt.text)}}
  }
  if (prompt.kind === 'command') {
    return {...closed, ui: {...ui, commandHistory: remembered(ui.commandHistory, prompt.text)}}
  }
  return closed
}

/** Newest last, each once. */
function remembered(history: readonly string[], text: string): readonly string[] {
  const said = text.trim()
  return said === '' ? history : [...history.filter((one) => one !== said), said].slice(-KEPT_HISTORY)
}

function retyped(state: BoardState, prompt: Prompt, {cursor, text}: TypedLine): BoardState {
  const line = {text, cursor}
  switch (prompt.kind) {
    case 'filter':
      return withPrompt(withCrumb(state, {filter: text}), {...prompt, ...line, draft: text, recall: -1})
    case 'command':
      return withPrompt(state, {...prompt, ...line, choice: -1})
    case 'choose':
      return withPrompt(state, {...prompt, ...line, choice: 0})
    case 'confirm':
      return withPrompt(state, {...prompt, ...line})
  }
}

function withPrompt(state: BoardState, prompt: Prompt | undefined): BoardState {
  return {...state, ui: {...state.ui, prompt}}
}

function within(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}
