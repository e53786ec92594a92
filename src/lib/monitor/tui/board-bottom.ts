import {wrapWords} from '../board/page-words.js'
import {callRate} from '../board/spent.js'
import type {BoardState} from '../board/state.js'
import {completionsOf} from '../board/ui/completions.js'
import {actionAsked} from '../board/ui/row-actions.js'
import {lastCrumb, rowInHand, shownView} from '../board/ui/shown.js'
import type {ChoosePrompt, Crumb, Note, Prompt} from '../board/ui/ui-state.js'
import type {BoardView} from '../board/view.js'
import {showElapsed} from '../quantities.js'
import {type Look, type SpanLine, toned} from '../span.js'
import {widthOf} from '../text-width.js'
import {troubleLine} from './board-feeds.js'
import {bothSides, type Hint, hintSpans, typedSpans} from './lay-spans.js'
import {lineWidth} from './paint-line.js'

type Views = readonly BoardView[]

/** The lines at the bottom: what was done, what is wrong or what can be typed; then the keys or the answer. */
export function bottomLines(state: BoardState, views: Views, look: Look): readonly SpanLine[] {
  const {prompt} = state.ui
  if (prompt === undefined) return [...aboveKeys(state, views), footerLine(state, views, look)]
  const {note} = state.ui
  const told = note === undefined ? [helpFor(state, views, prompt, look)] : noteLines(state, note)
  const above = prompt.kind === 'confirm' && note === undefined ? effectLines(state, views, prompt) : told
  return [...above, promptLine(state, prompt, look)]
}

function aboveKeys(state: BoardState, views: Views): readonly SpanLine[] {
  const {note} = state.ui
  if (note !== undefined) return noteLines(state, note)
  return [troubleLine(state, shownView(state, views)?.topics ?? []) ?? []]
}

/** A note whole, as a command at its end is what helps. */
function noteLines({size}: BoardState, {text, tone}: Note): readonly SpanLine[] {
  return wrapWords(text, size.columns).map((line) => [toned(line, tone)])
}

function footerLine(state: BoardState, views: Views, look: Look): SpanLine {
  const right: SpanLine = [{text: statusText(state, look), tone: 'faint'}]
  const room = state.size.columns - lineWidth(right) - 2
  return bothSides(hintSpans(hintsOf(state, views, look), room), right, state.size.columns)
}

/** The keys that do something here. */
function hintsOf(state: BoardState, views: Views, {unicode}: Look): readonly Hint[] {
  const {filter, page} = lastCrumb(state.ui)
  const row = rowInHand(state, views)
  const act: readonly Hint[] = state.ui.allowActions && (row?.actions?.length ?? 0) > 0 ? [['x', 'act']] : []
  if (page !== undefined)
    return [
      ['Esc', filter === '' ? 'back' : 'end search'],
      ...(filter === '' ? [] : [['n N', 'next, previous'] as const]),
      [unicode ? '↑↓' : 'j k', 'scroll'],
      ['/', 'search'],
      ...act,
      ...(row === undefined ? [] : [['y', 'copy'] as const]),
      ['?', page === 'help' ? 'close' : 'help'],
      ['q', 'quit'],
    ]
  if (row === undefined)
    return [
      [':', 'view'],
      ['?', 'help'],
      ['q', 'quit'],
      ['/', 'filter'],
    ]
  return [
    ['Enter', 'open'],
    ...act,
    [':', 'view'],
    ['/', 'filter'],
    ['?', 'help'],
    ['q', 'quit'],
    ['d', 'describe'],
    ['s', 'sort'],
    ['l', 'events'],
    ['m', 'mark'],
    ['y', 'copy'],
  ]
}

/** What looking costs, and how often it is done. */
function statusText(state: BoardState, {unicode}: Look): string {
  const {intervalMs, subject} = state
  if (subject.replayed) return ''
  const pace = `every ${showElapsed(intervalMs).replace(/ 00s$/, '')}`
  const rate = callRate(state)
  if (rate === undefined) return pace
  if (rate.isFree) return `own calls free  ${pace}`
  const [least, most] = [rate.leastPerHour.toFixed(2), rate.mostPerHour.toFixed(2)]
  const range = least === most ? least : `${least}${unicode ? '–' : '-'}${most}`
  return `own calls $${range}/h  ${pace}`
}

const SIGNS: Readonly<Record<Prompt['kind'], string>> = {command: ':', filter: '/', confirm: '', choose: ''}

function promptLine(state: BoardState, prompt: Prompt, look: Look): SpanLine {
  const lead = `${SIGNS[prompt.kind]}${leadOf(prompt)}`
  const line = [{text: lead, tone: 'strong'} as const, ...typedSpans(prompt, state.size.columns - widthOf(lead), look)]
  return bothSides(line, hintSpans(promptHints(prompt, lastCrumb(state.ui))), state.size.columns)
}

function leadOf(prompt: Prompt): string {
  if (prompt.kind === 'choose') return `${CHOOSE_LEADS[prompt.what]} `
  return prompt.kind === 'confirm' ? `${prompt.ask.action}? ` : ''
}

const CHOOSE_LEADS: Readonly<Record<ChoosePrompt['what'], string>> = {
  profile: 'profile',
  region: 'Regions',
  action: 'action',
}

function promptHints(prompt: Prompt, {page}: Crumb): readonly Hint[] {
  switch (prompt.kind) {
    case 'command':
      return [
        ['Tab', 'complete'],
        ['Enter', 'go'],
        ['Esc', 'back'],
      ]
    case 'filter':
      return [
        ['Enter', 'keep'],
        ['Esc', 'drop'],
        page === undefined ? ['!word', 'all but'] : ['then n N', 'next, previous'],
      ]
    case 'confirm':
      return [
        ['Enter', 'do it'],
        ['Esc', 'leave it'],
      ]
    case 'choose':
      return prompt.what === 'region'
        ? [
            ['Space', 'tick'],
            ['Enter', 'take'],
            ['Esc', 'back'],
          ]
        : [
            ['Enter', 'take'],
            ['Esc', 'back'],
          ]
  }
}

/** Above what is typed: the completions, or what an action does and how to confirm it. */
function helpFor(state: BoardState, views: Views, prompt: Prompt, look: Look): SpanLine {
  if (prompt.kind === 'command') return completionLine(state, views, prompt, look)
  return []
}

/** What an action does, whole, and what to type for it. */
function effectLines(
  state: BoardState,
  views: Views,
  {ask}: Extract<Prompt, {readonly kind: 'confirm'}>,
): readonly SpanLine[] {
  const action = actionAsked(state, views, ask)
  if (action === undefined) return [[{text: 'This cannot be done any more. Esc leaves it.', tone: 'warn'}]]
  const effect = wrapWords(action.effect, state.size.columns).map((text): SpanLine => [{text, tone: 'warn'}])
  return [...effect, [{text: 'To do it, type '}, {text: action.confirm, tone: 'strong'}]]
}

/** As many completions as fit, the chosen one among them; what that one does at the end. */
function completionLine(
  state: BoardState,
  views: Views,
  prompt: Extract<Prompt, {kind: 'command'}>,
  look: Look,
): SpanLine {
  const found = completionsOf(state, views, prompt.text)
  if (found.length === 0) return [{text: 'No view or command begins so.', tone: 'warn'}]
  const about = found[Math.max(0, prompt.choice)]?.about ?? ''
  const tail = about === '' ? '' : `${look.unicode ? ' · ' : ' - '}${about}`
  const sign = look.unicode ? '›' : '>'
  const words = found.map(({text}, at) => `${at === prompt.choice ? sign : ' '}${text} `)
  const {columns} = state.size
  const {end, start} = fittedWindow(words.map(widthOf), prompt.choice, columns - Math.min(widthOf(tail), columns / 2))
  const spans = words
    .slice(start, end)
    .map((word, at) => toned(word, start + at === prompt.choice ? 'chosen' : undefined))
  return [...spans, {text: tail, tone: 'faint'}]
}

/** From the first word on, or as far on as the chosen one needs, as many words as there is room for. */
function fittedWindow(
  widths: readonly number[],
  chosen: number,
  room: number,
): {readonly start: number; readonly end: number} {
  const sum = (from: number, to: number) => widths.slice(from, to).reduce((total, width) => total + width, 0)
  let start = 0
  while (start < chosen && sum(start, chosen + 1) > room) start += 1
  let end = Math.max(start, chosen) + 1
  while (end < widths.length && sum(start, end + 1) <= room) end += 1
  return {start, end}
}
