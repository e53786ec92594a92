import type {BoardState} from '../state.js'
import type {BoardView} from '../view.js'
import {type Choice, REGION_WORDS, regionsOf} from './choices.js'

/** What `:` takes beside the views, with what it does. */
export const COMMAND_WORDS: readonly Choice[] = [
  {text: 'region', about: 'look at these Regions: names, all, or used'},
  {text: 'profile', about: 'show the account of another profile'},
  {text: 'interval', about: 'how often to look: 2s to 10m'},
  {text: 'help', about: 'what the keys do'},
  {text: 'quit', about: 'leave'},
]

/** Commands that go on after their name. */
const ARGUED: readonly string[] = ['region', 'profile', 'interval']

/** Steps of `+` and `-`, milliseconds. */
export const INTERVALS_MS = [2, 5, 10, 15, 30, 60, 120, 300, 600].map((seconds) => seconds * 1000)

/** So many commands of before are offered where nothing is typed. */
const RECENT = 5

/** The commands that begin as what was typed, whole; where nothing was typed, those of before come first. */
export function completionsOf(state: BoardState, views: readonly BoardView[], typed: string): readonly Choice[] {
  const text = typed.trimStart().toLowerCase()
  const [head = '', ...rest] = text.split(/\s+/)
  if (text === '') return [...recentCommands(state), ...viewChoices(views, ''), ...COMMAND_WORDS]
  if (rest.length === 0 && ARGUED.includes(head)) return completionsOf(state, views, `${head} `)
  if (rest.length === 0)
    return [...viewChoices(views, head), ...COMMAND_WORDS.filter(({text: word}) => word.startsWith(head))]
  const begun = rest.at(-1) ?? ''
  const before = [head, ...rest.slice(0, -1)].join(' ')
  const offered = argumentsOf(state, head).filter(({text: word}) => word.toLowerCase().startsWith(begun))
  return offered.map(({text: word, about}) => ({text: `${before} ${word}`, about}))
}

function viewChoices(views: readonly BoardView[], begun: string): readonly Choice[] {
  const isBegun = (word: string) => word.toLowerCase().startsWith(begun)
  const found = views.filter(({name, aliases}) => isBegun(name) || aliases.some(isBegun))
  // `:mo` is models because its name begins so, before it is what has an alias that does.
  found.sort((a, b) => Number(isBegun(b.name)) - Number(isBegun(a.name)))
  return found.map(({name, about}) => ({text: name, about}))
}

function recentCommands({ui}: BoardState): readonly Choice[] {
  return ui.commandHistory
    .slice(-RECENT)
    .reverse()
    .map((text) => ({text, about: 'again'}))
}

function argumentsOf(state: BoardState, command: string): readonly Choice[] {
  if (command === 'region') return [...REGION_WORDS, ...regionsOf(state)]
  if (command === 'profile') return state.ui.profiles.map((text) => ({text, about: ''}))
  return command === 'interval' ? INTERVALS_MS.map((ms) => ({text: intervalWord(ms), about: ''})) : []
}

/** `10s`, `2m`. */
export function intervalWord(ms: number): string {
  return ms % 60_000 === 0 ? `${ms / 60_000}m` : `${ms / 1000}s`
}
