import {Box} from 'ink'
import {showMs} from '../quantities.js'
import type {SeenRequest} from '../sandbox/state.js'
import type {Look, Span, Tone} from '../span.js'
import {toWidth} from '../text-width.js'
import {Line} from './line.js'
import {markOf} from './paint-line.js'

export interface RequestListProps {
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

/** One line a request, the newest at the bottom. */
export function RequestList({requests, selected, width, rows, look, empty}: RequestListProps) {
  const widths = widthsOf(width)
  return (
    <Box flexDirection="column" height={rows + 1} width={width}>
      <Line look={look} spans={[{text: headingOf(widths), tone: 'faint'}]} width={width} />
      {requests.length === 0 &&
        empty.slice(0, rows).map((text) => <Line key={text} look={look} spans={[{text: `  ${text}`}]} width={width} />)}
      {requests.map((request) => {
        const isSelected = request.number === selected
        return (
          <Line
            key={request.number}
            look={look}
            spans={rowOf(request, widths, isSelected, look)}
            tone={isSelected ? 'chosen' : undefined}
            width={width}
          />
        )
      })}
    </Box>
  )
}

/** What became of a request: colour and word say the same. */
export function resultOf({status, errorCode}: SeenRequest): {readonly text: string; readonly tone: Tone} {
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
