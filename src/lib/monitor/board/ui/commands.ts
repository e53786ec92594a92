import {didYouMean} from '../../../core/closest.js'
import {parseDurationMs} from '../../../core/duration.js'
import type {BoardState} from '../state.js'
import type {BoardView} from '../view.js'
import {REGION_WORDS} from './choices.js'
import {COMMAND_WORDS, INTERVALS_MS, intervalWord} from './completions.js'
import type {BoardWish} from './ui-state.js'

/** What a command comes to, or why it comes to nothing. */
export type CommandOutcome =
  | {readonly kind: 'done'; readonly wishes: readonly BoardWish[]}
  | {readonly kind: 'refused'; readonly why: string}

type Views = readonly BoardView[]

const QUIT = ['q', 'q!', 'quit', 'exit']
const HELP = ['h', 'help', '?']

const LEAST_MS = INTERVALS_MS.at(0) ?? 2000
const MOST_MS = INTERVALS_MS.at(-1) ?? 600_000

/** What `:` and a text ask for. */
export function runCommand(state: BoardState, views: Views, text: string): CommandOutcome {
  const [head = '', ...rest] = text.trim().split(/[\s,]+/)
  const word = head.toLowerCase()
  if (QUIT.includes(word)) return done({type: 'quit'})
  if (HELP.includes(word)) return done({type: 'help-toggled'})
  if (word === 'region') return runRegion(state, rest)
  if (word === 'profile') return runProfile(state, rest[0])
  if (word === 'interval') return runInterval(rest[0])
  const filter = text.trim().slice(head.length).trim().replace(/^\//, '')
  const view = viewCalled(views, word)
  if (view === undefined) return refused(`There is no view or command "${head}".`, didYouMean(word, wordsOf(views)))
  return done({type: 'view-shown', view: view.name, ...(filter === '' ? {} : {filter})})
}

function viewCalled(views: Views, word: string): BoardView | undefined {
  return (
    views.find(({name}) => name === word) ??
    views.find(({aliases, title}) => aliases.includes(word) || title.toLowerCase() === word)
  )
}

function wordsOf(views: Views): readonly string[] {
  return [...views.map(({name}) => name), ...COMMAND_WORDS.map(({text}) => text)]
}

/** Names are held against the Regions that are known; where none are, the program tells. */
export function runRegion(state: BoardState, names: readonly string[]): CommandOutcome {
  if (state.subject.replayed) return refused('A recording shows the Regions that it has.')
  const wanted = [...new Set(names.map((name) => name.toLowerCase()).filter((name) => name !== ''))]
  if (wanted.length === 0) return done({type: 'prompt-opened', prompt: 'region'})
  for (const word of ['all', 'used'] as const) {
    if (wanted.includes(word)) return done({type: 'switch-regions', regions: word})
  }
  const known = [...state.ui.regions, ...state.subject.regions]
  const unknown = state.ui.regions.length === 0 ? undefined : wanted.find((name) => !known.includes(name))
  if (unknown === undefined) return done({type: 'switch-regions', regions: wanted})
  const words = [...known, ...REGION_WORDS.map(({text}) => text)]
  return refused(`No Region of this account is called "${unknown}".`, didYouMean(unknown, words))
}

/** A profile of this machine; none: the list of them. */
export function runProfile({subject, ui}: BoardState, name: string | undefined): CommandOutcome {
  if (subject.replayed) return refused('A recording shows the account that it has.')
  if (ui.profiles.length === 0) {
    return refused(subject.simulated ? 'The sandbox has one account.' : 'No profile is known on this machine.')
  }
  if (name === undefined) return done({type: 'prompt-opened', prompt: 'profile'})
  if (ui.profiles.includes(name)) return done({type: 'switch-profile', profile: name})
  return refused(`There is no profile "${name}".`, didYouMean(name, ui.profiles))
}

function runInterval(text: string | undefined): CommandOutcome {
  const ms = text === undefined ? undefined : parseDurationMs(/^\d+$/.test(text) ? `${text}s` : text)
  if (ms === undefined || ms < LEAST_MS || ms > MOST_MS) {
    return refused(`An interval is from ${intervalWord(LEAST_MS)} to ${intervalWord(MOST_MS)}, such as 10s.`)
  }
  return done({type: 'interval', intervalMs: ms})
}

function done(...wishes: readonly BoardWish[]): CommandOutcome {
  return {kind: 'done', wishes}
}

function refused(why: string, remedy?: string): CommandOutcome {
  return {kind: 'refused', why: remedy === undefined ? why : `${why} ${remedy}`}
}
