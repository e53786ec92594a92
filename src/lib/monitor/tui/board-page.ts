import {factLines, WIDEST_NAME} from '../board/page-words.js'
import type {BoardState} from '../board/state.js'
import {tableOf} from '../board/table.js'
import type {Crumb} from '../board/ui/ui-state.js'
import type {BoardPage, BoardView, Room} from '../board/view.js'
import {showElapsed} from '../quantities.js'
import type {SpanLine} from '../span.js'
import {cut, cutMiddle, toWidth, widthOf} from '../text-width.js'

const GONE = 'It is not on the board any more. Esc goes back.'

/** The page of a row: what the view draws of it, its names and values, or what two of them differ in. */
export function pageOf(state: BoardState, view: BoardView, crumb: Crumb, room: Room): BoardPage {
  const {page, row = ''} = crumb
  if (page === 'difference') return differencePage(state, view, crumb, room)
  const drawn = page === 'drill' ? view.page?.(state, row, room) : undefined
  if (drawn !== undefined) return drawn
  const facts = view.describe(state, row)
  return {title: titleOf(state, view, row), lines: facts === undefined ? [[{text: GONE}]] : factLines(facts, room)}
}

function titleOf(state: BoardState, view: BoardView, key: string): string {
  return tableOf(state, view).rows.find((row) => row.key === key)?.id ?? key
}

/** Two columns of values under the names that differ, then how many are alike. */
function differencePage(state: BoardState, view: BoardView, {against, row = ''}: Crumb, room: Room): BoardPage {
  const now = new Map(view.describe(state, row))
  if (against === undefined) return {title: titleOf(state, view, row), lines: [[{text: GONE}]]}
  const before = new Map(against.facts)
  const isSame = against.key === row
  const names = [...new Set([...before.keys(), ...now.keys()])]
  const differing = names.filter((name) => before.get(name) !== now.get(name))
  const nameWidth = Math.min(WIDEST_NAME, Math.max(0, ...names.map(widthOf)))
  const width = Math.max(8, Math.floor((room.columns - nameWidth - 4) / 2))
  const mark = room.unicode ? '…' : '~'
  const cells = (left: string, right: string) =>
    `${toWidth(short(left, width, mark), width)}  ${short(right, width, mark)}`
  const age = `${showElapsed(state.nowMs - against.atMs)} ago`
  const heads = isSame ? [age, 'now'] : [titleOf(state, view, against.key), titleOf(state, view, row)]
  return {
    title: isSame ? titleOf(state, view, row) : 'Difference of two marked rows',
    lines: [
      [{text: `${toWidth('', nameWidth)}  ${cells(heads[0] ?? '', heads[1] ?? '')}`, tone: 'strong'}],
      ...differing.map(
        (name): SpanLine => [
          {text: `${toWidth(name, nameWidth)}  `, tone: 'faint'},
          {text: cells(before.get(name) ?? '-', now.get(name) ?? '-')},
        ],
      ),
      [],
      [{text: alikeText(names.length - differing.length, differing.length), tone: 'faint'}],
    ],
  }
}

/** Ids tell most at both ends, sentences at their beginning. */
function short(text: string, width: number, mark: string): string {
  return text.includes(' ') ? cut(text, width, mark) : cutMiddle(text, width, mark)
}

function alikeText(alike: number, differing: number): string {
  if (differing === 0) return 'Nothing differs.'
  return alike === 0 ? 'Nothing is alike.' : `${alike} more ${alike === 1 ? 'is' : 'are'} alike.`
}
