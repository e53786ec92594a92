import {percentile} from '../percentile.js'
import {showCount, showMs} from '../quantities.js'
import {busiestOperations} from '../sandbox/busiest.js'
import type {OperationCount, SandboxState} from '../sandbox/state.js'
import type {Look, Span, SpanLine} from '../span.js'
import {toWidth} from '../text-width.js'
import {markOf} from './paint-line.js'

export interface OperationTable {
  readonly operations: SandboxState['operations']
  readonly width: number
  /** Rows below the headings. */
  readonly rows: number
  readonly look: Look
}

const COLUMNS = {count: 7, errors: 7, p50: 7, p99: 7} as const
const NUMBERS = COLUMNS.count + COLUMNS.errors + COLUMNS.p50 + COLUMNS.p99

/** The busiest operations: how often, how many failed, how long they take. */
export function operationLines({operations, width, rows, look}: OperationTable): readonly SpanLine[] {
  const all = busiestOperations(operations)
  const shown = all.length > rows ? all.slice(0, Math.max(0, rows - 1)) : all
  const nameWidth = Math.min(60, width - NUMBERS)
  const heading =
    toWidth('OPERATION', nameWidth) +
    toWidth('COUNT', COLUMNS.count, {align: 'right'}) +
    toWidth('ERRORS', COLUMNS.errors, {align: 'right'}) +
    toWidth('P50 MS', COLUMNS.p50, {align: 'right'}) +
    toWidth('P99 MS', COLUMNS.p99, {align: 'right'})
  const more = all.length - shown.length
  return [
    [{text: heading, tone: 'faint'}],
    ...shown.map((operation) => rowOf(operation, nameWidth, look)),
    ...(more > 0 ? [[{text: `${more} more`, tone: 'faint'}] as const] : []),
  ]
}

function rowOf({service, operation, count, errors, latencies}: OperationCount, nameWidth: number, look: Look) {
  const name = `${service} ${operation}`
  return [
    {text: toWidth(name, nameWidth, {mark: markOf(look)})},
    {text: toWidth(showCount(count), COLUMNS.count, {align: 'right'})},
    {
      text: toWidth(showCount(errors), COLUMNS.errors, {align: 'right'}),
      ...(errors > 0 ? {tone: 'bad' as const} : {}),
    },
    {text: toWidth(showMs(percentile(latencies, 0.5)), COLUMNS.p50, {align: 'right'})},
    {text: toWidth(showMs(percentile(latencies, 0.99)), COLUMNS.p99, {align: 'right'})},
  ] as const satisfies readonly Span[]
}
