import type {BoardState} from '../board/state.js'
import {windowOf} from '../board/table.js'
import {choicesOf} from '../board/ui/choices.js'
import type {ChoosePrompt} from '../board/ui/ui-state.js'
import type {BoardView} from '../board/view.js'
import type {Look, SpanLine} from '../span.js'
import {toWidth, widthOf} from '../text-width.js'
import {markOf} from './paint-line.js'

const TITLES: Readonly<Record<ChoosePrompt['what'], string>> = {
  profile: 'Whose board',
  region: 'Which Regions',
  action: 'What to do',
}

/** What can be chosen, one a line: the chosen one by a sign, what was ticked by a star. */
export function choiceLines(
  state: BoardState,
  views: readonly BoardView[],
  prompt: ChoosePrompt,
  {look, rows}: {readonly look: Look; readonly rows: number},
): readonly SpanLine[] {
  const choices = choicesOf(state, views, prompt)
  const {columns} = state.size
  const mark = markOf(look)
  const nameWidth = Math.min(Math.floor(columns / 2), Math.max(0, ...choices.map(({text}) => widthOf(text))))
  const {end, start} = windowOf(choices.length, {index: prompt.choice, height: rows - 1, top: 0})
  const none: readonly SpanLine[] = [[], [{text: emptyText(prompt)}]]
  return [
    [{text: TITLES[prompt.what], tone: 'strong'}],
    ...(choices.length === 0 ? none : []),
    ...choices.slice(start, end).map(({about, text}, at): SpanLine => {
      const isChosen = start + at === prompt.choice
      const signs = `${isChosen ? (look.unicode ? '›' : '>') : ' '}${prompt.picked.includes(text) ? '*' : ' '}`
      const name = `${signs}${toWidth(text, nameWidth, {mark})}`
      if (isChosen) return [{text: toWidth(`${name}  ${about}`, columns, {mark}), tone: 'chosen'}]
      return [{text: name}, {text: `  ${about}`, tone: 'faint'}]
    }),
  ]
}

function emptyText({text, what}: ChoosePrompt): string {
  if (text !== '') return `  None holds ${text}.`
  return what === 'profile' ? '  No profile is set up on this machine.' : '  There is nothing to choose.'
}
