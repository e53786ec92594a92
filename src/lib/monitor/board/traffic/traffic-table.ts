import type {Tone} from '../../span.js'
import type {TrafficRow} from '../data.js'
import {feedText} from '../feed-words.js'
import {keepLast, perKey} from '../memo.js'
import {fullTone} from '../quotas/quota-words.js'
import type {BoardFacts} from '../state.js'
import type {BoardRow, Cell, Column} from '../view.js'
import type {Figures} from './figures.js'
import {type SeenRow, seenRows} from './seen.js'
import {
  amountText,
  calledText,
  countCell,
  lifecycleText,
  msCell,
  perSecondCell,
  rateCell,
  routeText,
  shareCell,
  shareText,
  UNKNOWN,
} from './traffic-words.js'

/** From these shares on a throttle or an error is told in colour. */
const THROTTLED = [0.001, 0.01] as const
const FAILED = [0.005, 0.05] as const

const number = (key: string, title: string, drop: number, least = 6): Column => ({
  key,
  title,
  align: 'right',
  least,
  most: 9,
  drop,
  first: 'descending',
})

const COLUMNS = {
  model: {key: 'model', title: 'Model', least: 26, most: 44, drop: 0, first: 'ascending'},
  region: {key: 'region', title: 'Region', least: 14, most: 14, drop: 3, first: 'ascending'},
  via: {key: 'via', title: 'Via', least: 9, most: 14, drop: 6, first: 'ascending'},
  requests: number('requests', 'Req/s', 0, 5),
  input: number('input', 'In/min', 5),
  output: number('output', 'Out/min', 5, 7),
  cached: number('cached', 'Cached', 9),
  ttft: number('ttft', 'TTFT p50', 7, 8),
  ttftP99: number('ttftP99', 'TTFT p99', 10, 8),
  latency: number('latency', 'Lat p50', 11, 7),
  latencyP99: number('latencyP99', 'Lat p99', 4, 7),
  speed: number('speed', 'Tok/s', 12, 5),
  throttled: number('throttled', 'Thrtl', 1),
  errors: number('errors', 'Err', 2),
  rate: number('rate', '$/h', 1, 7),
  quota: number('quota', 'Quota', 8),
  lifecycle: {key: 'lifecycle', title: 'Lifecycle', least: 9, most: 24, drop: 13, first: 'ascending'},
  state: {key: 'state', title: 'Read', least: 6, most: 18, drop: 14, first: 'ascending'},
} as const satisfies Record<string, Column>

/** What the overview tells of each: as much as the width of a terminal holds. */
export const OVERVIEW_COLUMNS: readonly Column[] = [
  ...[COLUMNS.model, COLUMNS.region, COLUMNS.via, COLUMNS.requests, COLUMNS.input, COLUMNS.output, COLUMNS.cached],
  ...[COLUMNS.ttft, COLUMNS.latencyP99, COLUMNS.throttled, COLUMNS.errors, COLUMNS.rate, COLUMNS.quota, COLUMNS.state],
]

/** What the models tell beside one another: how they answer first, then what they take; all of it where there is room. */
export const MODEL_COLUMNS: readonly Column[] = [
  ...[
    COLUMNS.model,
    dropped(COLUMNS.via, 4),
    COLUMNS.requests,
    dropped(COLUMNS.throttled, 7),
    dropped(COLUMNS.errors, 8),
  ],
  ...[
    dropped(COLUMNS.ttft, 1),
    dropped(COLUMNS.ttftP99, 5),
    dropped(COLUMNS.latency, 2),
    dropped(COLUMNS.latencyP99, 6),
  ],
  ...[dropped(COLUMNS.speed, 3), dropped(COLUMNS.quota, 1), dropped(COLUMNS.cached, 9), dropped(COLUMNS.lifecycle, 10)],
  ...[COLUMNS.input, COLUMNS.output, COLUMNS.rate].map((column) => dropped(column, 12)),
  ...[dropped(COLUMNS.region, 11), COLUMNS.state],
]

function dropped(column: Column, drop: number): Column {
  return {...column, drop}
}

/** Why there is no row, once all was read. */
export const NO_TRAFFIC = 'Nothing called Bedrock in these Regions within three hours.'

/** One row per model, Region and way it is called. */
export const trafficRows: (state: BoardFacts) => readonly BoardRow[] = keepLast(
  (state) => [seenRows(state), seenRows(state).every(isFresh) ? 0 : state.nowMs],
  (state) => seenRows(state).map((seen) => (isFresh(seen) ? freshRow(seen) : toRow(seen, state.nowMs))),
)

/** What is not old looks the same at any moment. */
const freshRow = perKey((seen: SeenRow) => toRow(seen, 0))

function isFresh({late}: SeenRow): boolean {
  return late === undefined
}

function quotaCell(share: number | null): Cell {
  const tone = fullTone(share)
  return {text: shareText(share), sort: share ?? undefined, ...(tone && {tone})}
}

function toRow(seen: SeenRow, nowMs: number): BoardRow {
  const {figures, late, quota, rate, row} = seen
  const {about, endpoint, key, modelId, region} = row
  const tightest = quota.limits.find(({share}) => share !== null)
  const fresh = isFresh(seen)
  const warning = lifecycleText(about)
  const cells: Record<string, Cell> = {
    model: {text: calledText(row), tone: 'id'},
    region: {text: region},
    via: {text: endpoint === 'mantle' ? 'mantle' : routeText(about)},
    requests: perSecondCell(figures.requestsPerSecond),
    input: countCell(figures.input),
    output: countCell(figures.output),
    cached: {text: shareText(figures.cachedShare), sort: figures.cachedShare ?? undefined},
    ...measuredCells(row, figures),
    errors: shareCell(figures.errorShare, ...FAILED),
    rate: rateCell(rate),
    quota: tightest ? quotaCell(tightest.share) : {text: UNKNOWN, sort: undefined},
    lifecycle: {text: warning, sort: warning === '' ? undefined : warning, tone: 'warn'},
    state: {text: fresh ? '' : feedText(late, nowMs), ...(!fresh && {tone: 'warn' as const})},
  }
  return {
    key,
    cells: fresh ? cells : faded(cells),
    id: modelId,
    words: [modelId, about.name ?? '', about.model ?? '', endpoint, about.kind].filter((word) => word !== ''),
  }
}

/** Mantle has none of these metrics: there they are measured by who calls, if at all. */
function measuredCells({endpoint}: TrafficRow, figures: Figures): Readonly<Record<string, Cell>> {
  const cells = {
    ttft: msCell(figures.ttftP50),
    ttftP99: msCell(figures.ttftP99),
    latency: msCell(figures.latencyP50),
    latencyP99: msCell(figures.latencyP99),
    speed: {
      text: figures.outputPerSecond === null ? '-' : amountText(figures.outputPerSecond),
      sort: figures.outputPerSecond ?? undefined,
    },
    throttled: shareCell(figures.throttleShare, ...THROTTLED),
  }
  if (endpoint === 'runtime') return cells
  return Object.fromEntries(Object.keys(cells).map((key) => [key, NOT_MEASURED]))
}

const NOT_MEASURED: Cell = {text: 'n/a', sort: undefined}

/** What is old looks old; the age stands in the column `Read`. */
function faded(cells: Readonly<Record<string, Cell>>): Readonly<Record<string, Cell>> {
  const tone: Tone = 'faint'
  return Object.fromEntries(Object.entries(cells).map(([key, cell]) => [key, key === 'state' ? cell : {...cell, tone}]))
}
