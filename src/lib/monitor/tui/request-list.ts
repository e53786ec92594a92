import {showMs} from '../quantities.js'
import type {SeenRequest} from '../sandbox/state.js'
import type {Look, Span, SpanLine, Tone} from '../span.js'
import {toWidth} from '../text-width.js'
import {markOf} from './paint-line.js'

export interface RequestList {
  /** Those to show, oldest first; at most `rows`. */
  readonly requests: readonly SeenRequest[]
  readonly selected: number | undefined
  readonly width: number
  /** Rows below the headings. */
  readonly rows: number
  readonly look: Look
  /** Said in place of rows when there is none. */
  readonly empty: readonly string[]
}

/** Columns of each cell; 0: there is no room for it. */
interface Widths {
  readonly operation: number
  readonly region: number
  readonly account: number
  readonly result: number
}

const MARKER = 2
const TIME = 8
const MS = 6
const GAP = 2

/** One line a request below the headings, the newest at the bottom; the one that is looked at in inverse. */
export function requestLines({requests, selected, width, rows, look, empty}: RequestList): readonly SpanLine[] {
  const widths = widthsOf(width)
  const heading: SpanLine = [{text: headingOf(widths), tone: 'faint'}]
  if (requests.length === 0) return [heading, ...empty.slice(0, rows).map((text): SpanLine => [{text: `  ${text}`}])]
  return [
    heading,
    ...requests.map((request): SpanLine => {
      const isSelected = request.number === selected
      const spans = rowOf(request, widths, isSelected, look)
      return isSelected ? spans.map(({text}) => ({text, tone: 'chosen'})) : spans
    }),
  ]
}

/** Two lines about the request that is looked at: what was sent, and what was answered. */
export function detailLines(request: SeenRequest): readonly SpanLine[] {
  const {http, region = '-', account = '-', message, at} = request
  const {text, tone} = resultOf(request)
  return [
    [{text: 'sent      ', tone: 'faint'}, {text: `${http}  ${region}  account ${account}  ${at}`}],
    [{text: 'answered  ', tone: 'faint'}, {text, tone}, {text: message === undefined ? '' : `  ${message}`}],
  ]
}

/** What became of a request: colour and word say the same. */
function resultOf({status, errorCode}: SeenRequest): {readonly text: string; readonly tone: Tone} {
  const tone = status === 0 || status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'good'
  return {text: [status === 0 ? 'cut' : String(status), errorCode ?? ''].join(' ').trimEnd(), tone}
}

/** Service and operation, or what was sent when it could not be told which. */
export function whatOf({service, operation, http}: SeenRequest): string {
  return service === undefined ? http : `${service} ${operation ?? http}`
}

function widthsOf(width: number): Widths {
  const region = width >= 70 ? 14 : 0
  const account = width >= 100 ? 12 : 0
  const fixed = MARKER + TIME + GAP + (region && region + GAP) + (account && account + GAP) + MS + GAP
  const left = width - fixed - GAP
  const operation = Math.min(46, Math.max(10, Math.floor(left * 0.7)))
  return {operation, region, account, result: Math.max(0, left - operation)}
}

function headingOf({operation, region, account, result}: Widths): string {
  return (
    ' '.repeat(MARKER) +
    cell('TIME UTC', TIME) +
    cell('OPERATION', operation) +
    cell('REGION', region) +
    cell('ACCOUNT', account) +
    cell('MS', MS, {align: 'right'}) +
    toWidth('RESULT', result)
  )
}

function rowOf(request: SeenRequest, widths: Widths, isSelected: boolean, look: Look): readonly Span[] {
  const mark = markOf(look)
  const {text: result, tone} = resultOf(request)
  const marker = look.unicode ? '› ' : '> '
  return [
    {text: isSelected ? marker : ' '.repeat(MARKER)},
    {text: cell(request.at.slice(11, 19), TIME), tone: 'faint'},
    {text: cell(whatOf(request), widths.operation, {mark})},
    {text: cell(request.region ?? '-', widths.region, {mark})},
    {text: cell(request.account ?? '-', widths.account, {mark})},
    {text: cell(showMs(request.ms), MS, {align: 'right'})},
    {text: toWidth(result, widths.result, {mark}), tone},
  ]
}

function cell(text: string, width: number, options: Parameters<typeof toWidth>[2] = {}): string {
  return width === 0 ? '' : toWidth(text, width, options) + ' '.repeat(GAP)
}
