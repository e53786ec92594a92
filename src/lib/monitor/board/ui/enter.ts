import type {BoardState} from '../state.js'
import type {BoardView} from '../view.js'
import {choicesOf} from './choices.js'
import {type CommandOutcome, runCommand, runProfile, runRegion} from './commands.js'
import {completionsOf} from './completions.js'
import {actionAsked} from './row-actions.js'
import {lastCrumb} from './shown.js'
import type {BoardWish, ChoosePrompt, Prompt} from './ui-state.js'

type Views = readonly BoardView[]
type Asked<Kind extends Prompt['kind']> = Extract<Prompt, {readonly kind: Kind}>

/** What Enter does while something is asked. What is refused stays as it was typed. */
export function enterWishes(state: BoardState, views: Views): readonly BoardWish[] {
  const {prompt} = state.ui
  switch (prompt?.kind) {
    case 'filter':
      return [{type: 'prompt-closed', keep: true}]
    case 'command':
      return enterCommand(state, views, prompt)
    case 'confirm':
      return enterConfirm(state, views, prompt)
    case 'choose':
      return enterChoice(state, views, prompt)
    default:
      return []
  }
}

/** What a command or choice comes to as wishes: a refusal leaves the prompt open. */
export function wishesFor(outcome: CommandOutcome, before: readonly BoardWish[] = []): readonly BoardWish[] {
  if (outcome.kind === 'refused') return [{type: 'noted', text: outcome.why, tone: 'warn'}]
  return [...before, ...outcome.wishes]
}

const CLOSED: BoardWish = {type: 'prompt-closed', keep: true}

function enterCommand(state: BoardState, views: Views, {text, choice}: Asked<'command'>): readonly BoardWish[] {
  if (text.trim() === '' && choice === -1) return [{type: 'prompt-closed', keep: false}]
  const offered = completionsOf(state, views, text)
  const chosen = offered[choice]?.text
  if (chosen !== undefined) return wishesFor(runCommand(state, views, chosen), [{type: 'completed'}, CLOSED])
  const outcome = runCommand(state, views, text)
  const [only, ...others] = offered
  if (outcome.kind === 'done' || only === undefined || others.length > 0) return wishesFor(outcome, [CLOSED])
  return wishesFor(runCommand(state, views, only.text), [{type: 'completed'}, CLOSED])
}

/** Done only where the row still offers it and the text is to the letter what it asks for. */
function enterConfirm(state: BoardState, views: Views, {ask, text}: Asked<'confirm'>): readonly BoardWish[] {
  const action = actionAsked(state, views, ask)
  if (action === undefined) {
    const gone = 'Nothing was done: the row changed, and does not offer it any more.'
    return [
      {type: 'prompt-closed', keep: false},
      {type: 'noted', text: gone, tone: 'warn'},
    ]
  }
  if (text === action.confirm) return [CLOSED, {type: 'act', ask}]
  return [
    {type: 'noted', text: `Nothing was done. Type ${action.confirm} to ${ask.action}, Esc to leave it.`, tone: 'warn'},
  ]
}

function enterChoice(state: BoardState, views: Views, prompt: ChoosePrompt): readonly BoardWish[] {
  const chosen = choicesOf(state, views, prompt)[prompt.choice]?.text
  const {what, picked, row, text} = prompt
  if (what === 'region') {
    const names = picked.length > 0 ? picked : chosen === undefined ? text.split(/[\s,]+/) : [chosen]
    return wishesFor(runRegion(state, names), [CLOSED])
  }
  if (chosen === undefined) return [{type: 'noted', text: `Nothing in the list holds "${text}".`, tone: 'warn'}]
  if (what === 'profile') return wishesFor(runProfile(state, chosen), [CLOSED])
  const action = row === undefined ? undefined : actionNamed(state, views, row, chosen)
  return action === undefined ? [CLOSED] : [action]
}

function actionNamed(state: BoardState, views: Views, row: string, name: string): BoardWish | undefined {
  const {view} = lastCrumb(state.ui)
  for (const action of ['stop', 'collect', 'delete'] as const) {
    const ask = {view, row, action}
    if (action === name && actionAsked(state, views, ask) !== undefined) return {type: 'confirm-opened', ask}
  }
  return undefined
}
