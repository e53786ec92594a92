import {nextSort, sortOf} from '../rows.js'
import type {BoardState} from '../state.js'
import {fittedColumns, ROW_SIGNS, tableOf} from '../table.js'
import type {BoardView} from '../view.js'
import {openPage, showEvents, toggleMark} from './open-page.js'
import {choose, closePrompt, complete, erase, moveInPrompt, openConfirm, openPrompt, pick, typeText} from './prompts.js'
import {anchorSelection, move, moveTo, seek} from './selection.js'
import {lastCrumb, shownView, withCrumb} from './shown.js'
import {stepBack, stepOut, stepToView, toggleHelp} from './steps.js'
import type {UiEvent} from './ui-state.js'

/** How long a note is shown at least, and for each of its letters, milliseconds. */
const NOTE_MS = 5000
const LETTER_MS = 60
/** A note says one thing, and what can be done. */
const NOTE_LETTERS = 400

type Views = readonly BoardView[]

/** The board after something that the user did, or after the clock moved; the same object when nothing changed. */
export function reduceUi(state: BoardState, event: UiEvent | {readonly type: 'ticked'}, views: Views): BoardState {
  switch (event.type) {
    case 'ticked':
      return anchorSelection(withoutOldNote(state), views)
    case 'noted':
      return noted(state, event)
    case 'offered':
      return offered(state, event)
    case 'help-toggled':
      return toggleHelp(state)
    case 'prompt-opened':
    case 'confirm-opened':
    case 'typed':
    case 'erased':
    case 'cursor-moved':
    case 'chose':
    case 'completed':
    case 'picked':
    case 'prompt-closed':
      return reducePrompt(withoutNote(state), event, views)
    default:
      return reduceSteps(state, event, views)
  }
}

type PromptEvent = Extract<
  UiEvent,
  | {type: 'prompt-opened' | 'confirm-opened' | 'prompt-closed' | 'typed' | 'erased' | 'cursor-moved' | 'chose'}
  | {type: 'completed' | 'picked'}
>

function reducePrompt(state: BoardState, event: PromptEvent, views: Views): BoardState {
  switch (event.type) {
    case 'prompt-opened':
      return openPrompt(state, event.prompt, views)
    case 'confirm-opened':
      return openConfirm(state, event.ask)
    case 'typed':
      return typeText(state, event.text)
    case 'erased':
      return erase(state, event.reach)
    case 'cursor-moved':
      return moveInPrompt(state, event.reach)
    case 'chose':
      return choose(state, event.by, views)
    case 'completed':
      return complete(state, views)
    case 'picked':
      return pick(state, views)
    case 'prompt-closed':
      return closePrompt(state, event.keep)
  }
}

type StepEvent = Exclude<UiEvent, PromptEvent | {type: 'noted' | 'offered' | 'help-toggled'}>

function reduceSteps(state: BoardState, event: StepEvent, views: Views): BoardState {
  switch (event.type) {
    case 'moved':
      return move(state, event, views)
    case 'moved-to':
      return moveTo(state, event, views)
    case 'sought':
      return seek(state, event)
    case 'opened':
      return openPage(state, event.page, views)
    case 'view-shown':
      return stepToView(state, event.view, event.filter)
    case 'events-shown':
      return showEvents(state, views)
    case 'went-back':
      return stepBack(state)
    case 'escaped':
      return state.ui.prompt === undefined ? stepOut(state) : closePrompt(withoutNote(state), false)
    case 'sorted':
    case 'sort-reversed':
      return sortBy(state, event.type, views)
    case 'marked':
      return toggleMark(state, views)
  }
}

function sortBy(state: BoardState, how: 'sorted' | 'sort-reversed', views: Views): BoardState {
  const view = shownView(state, views)
  const crumb = lastCrumb(state.ui)
  if (view === undefined || crumb.page !== undefined) return state
  const table = tableOf(state, view)
  const sort = sortOf(table, crumb.sort)
  if (how === 'sorted') {
    const shown = fittedColumns(table.columns, table.rows, state.size.columns - ROW_SIGNS)
    return withCrumb(state, {sort: nextSort({...table, columns: shown.map(({column}) => column)}, sort)})
  }
  return withCrumb(state, {sort: sort.startsWith('-') ? sort.slice(1) : `-${sort}`})
}

function noted(state: BoardState, {text, tone, forMs}: Extract<UiEvent, {type: 'noted'}>): BoardState {
  const readMs = forMs ?? Math.max(NOTE_MS, Math.min(text.length, NOTE_LETTERS) * LETTER_MS)
  const note = {text: text.slice(0, NOTE_LETTERS), tone, untilMs: state.nowMs + readMs}
  return {...state, ui: {...state.ui, note}}
}

function withoutOldNote(state: BoardState): BoardState {
  const {note} = state.ui
  return note === undefined || state.nowMs < note.untilMs ? state : withoutNote(state)
}

/** What is asked or typed takes away what was said before: a refusal is of what stands there. */
function withoutNote(state: BoardState): BoardState {
  return state.ui.note === undefined ? state : {...state, ui: {...state.ui, note: undefined}}
}

function offered(state: BoardState, {profiles, regions}: Extract<UiEvent, {type: 'offered'}>): BoardState {
  const {ui} = state
  return {...state, ui: {...ui, profiles: profiles ?? ui.profiles, regions: regions ?? ui.regions}}
}
