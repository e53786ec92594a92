import type {BoardState} from '../state.js'
import type {BoardView} from '../view.js'
import {actionsOf} from './row-actions.js'
import {lastCrumb} from './shown.js'
import type {ChoosePrompt} from './ui-state.js'

/** Something to choose, with what it is. */
export interface Choice {
  readonly text: string
  readonly about: string
}

/** The words for Regions that are not listed one by one. */
export const REGION_WORDS: readonly Choice[] = [
  {text: 'used', about: 'the Regions where Bedrock is used, as the board finds them'},
  {text: 'all', about: 'every Region that this account has enabled'},
]

/** What a list offers, narrowed to what holds every word that was typed. */
export function choicesOf(state: BoardState, views: readonly BoardView[], prompt: ChoosePrompt): readonly Choice[] {
  const words = prompt.text.toLowerCase().split(/\s+/)
  return offersOf(state, views, prompt).filter(({text}) => words.every((word) => text.toLowerCase().includes(word)))
}

function offersOf(state: BoardState, views: readonly BoardView[], {what, row}: ChoosePrompt): readonly Choice[] {
  const {ui, subject} = state
  switch (what) {
    case 'profile':
      return ui.profiles.map((text) => ({text, about: text === subject.profile ? 'shown now' : ''}))
    case 'region':
      return [...REGION_WORDS, ...regionsOf(state)]
    case 'action': {
      const actions = actionsOf(state, views, {view: lastCrumb(ui).view, row: row ?? ''})
      return actions.map(({name, effect}) => ({text: name, about: effect}))
    }
  }
}

/** Regions to choose from; those looked at first. */
export function regionsOf({ui, subject}: BoardState): readonly Choice[] {
  const looked = new Set(subject.regions)
  const others = ui.regions.filter((region) => !looked.has(region))
  return [
    ...subject.regions.map((text) => ({text, about: 'looked at now'})),
    ...others.map((text) => ({text, about: ''})),
  ]
}
