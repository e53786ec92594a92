import type {Asked} from '../../../core/command-again.js'
import {showElapsed} from '../../quantities.js'
import type {SpanLine, Tone} from '../../span.js'
import {countedMoment} from '../counted-moment.js'
import {factsOf} from '../page-words.js'
import type {BoardFacts} from '../state.js'
import {amountText} from '../traffic/traffic-words.js'
import type {BoardRow, BoardTable, BoardView, Cell, Column} from '../view.js'
import {quotaRemedy} from './quota-remedy.js'
import {type QuotaRow, quotaRows} from './quota-rows.js'
import {
  adjustableText,
  barText,
  fullTone,
  kindText,
  ofText,
  percentText,
  subjectText,
  WARN_SHARE,
} from './quota-words.js'
import {renderQuotaPage} from './render-quota-page.js'

const BAR = 12

const COLUMNS: readonly Column[] = [
  {key: 'model', title: 'MODEL', least: 18, most: 44, drop: 0},
  {key: 'kind', title: 'QUOTA', least: 13, most: 14, drop: 0},
  {key: 'region', title: 'REGION', least: 9, most: 14, drop: 3},
  {key: 'share', title: 'SHARE', align: 'right', least: 6, most: 6, drop: 0, first: 'descending'},
  {key: 'bar', title: '', least: BAR, most: BAR, drop: 4},
  {key: 'used', title: 'USED', align: 'right', least: 6, most: 8, drop: 1, first: 'descending'},
  {key: 'limit', title: 'LIMIT', align: 'right', least: 6, most: 8, drop: 1, first: 'descending'},
  {key: 'peak', title: 'PEAK 1H', align: 'right', least: 7, most: 8, drop: 2, first: 'descending'},
  {key: 'left', title: 'LEFT', align: 'right', least: 6, most: 9, drop: 5},
  {key: 'code', title: 'CODE', least: 10, most: 10, drop: 7},
  {key: 'adjustable', title: 'RAISABLE', least: 8, most: 8, drop: 8},
]

/** Quotas that something takes of, the fullest first. */
export const quotasView: BoardView = {
  name: 'quotas',
  title: 'Quotas',
  aliases: ['qu', 'quota', 'limits'],
  about: 'quotas against what takes of them now, in the last hour and today',
  topics: ['quotas', 'traffic', 'costs', 'jobs', 'capacity'],
  head,
  table,
  page(state, key, room) {
    const row = rowOf(state, key)
    return row && renderQuotaPage(row, countedMoment(state, row.region), quotaRemedy(row, state.subject), room)
  },
  describe(state, key) {
    const row = rowOf(state, key)
    return row && describe(row, state.subject)
  },
  eventFilter: (state, key) => {
    const row = rowOf(state, key)
    return row && (row.callers[0]?.modelId ?? row.region)
  },
}

function rowOf(state: BoardFacts, key: string): QuotaRow | undefined {
  return quotaRows(state).find((row) => row.key === key)
}

function head(state: BoardFacts): readonly SpanLine[] {
  const rows = quotaRows(state)
  if (rows.length === 0) return []
  const unknown = rows.filter(({limit}) => limit === undefined).length
  const near = rows.filter(({share}) => share !== null && share >= WARN_SHARE).length
  const touched = rows.filter(({peakShare}) => peakShare !== null && peakShare >= 1).length
  const known = `${rows.length - unknown} in use`
  return [
    [
      {text: known},
      {text: `   ${near} at ${WARN_SHARE * 100} % or more`, ...(near > 0 && {tone: 'warn' as const})},
      {text: `   ${touched} reached within the hour`, ...(touched > 0 && {tone: 'bad' as const})},
      ...(unknown > 0 ? [{text: `   ${unknown} unknown`, tone: 'warn' as const}] : []),
    ],
  ]
}

function table(state: BoardFacts): BoardTable {
  return {
    columns: COLUMNS,
    rows: quotaRows(state).map(toRow),
    sortedBy: '-share',
    empty: 'Nothing takes of a quota: no calls within three hours, no open batch jobs, no capacity.',
  }
}

function toRow(row: QuotaRow): BoardRow {
  const {callers, holders, key, leftMs, limit, peak, peakShare, region, share, used, value} = row
  const tone = toneOf(share)
  return {
    key,
    id: limit?.code ?? callers[0]?.modelId ?? key,
    words: [...callers.map(({modelId}) => modelId), ...holders, limit?.name ?? 'unknown'],
    cells: {
      model: {text: subjectText(row), tone: 'id'},
      kind: limit === undefined ? {text: 'unknown', tone: 'warn'} : {text: kindText(limit)},
      region: {text: region},
      share: {text: percentText(share), sort: share ?? undefined, ...tone},
      bar: {text: limit === undefined ? '' : barText(share, BAR), sort: share ?? undefined, ...tone},
      used: numberCell(used),
      limit: numberCell(value),
      peak: peak === null ? {text: '-', sort: undefined} : {...numberCell(peak), ...toneOf(peakShare)},
      left: leftMs === null ? {text: '-', sort: undefined} : {text: showElapsed(leftMs), sort: leftMs, tone: 'bad'},
      code: {text: limit?.code ?? '-'},
      adjustable: {text: limit === undefined ? '-' : adjustableText(limit)},
    },
  }
}

function numberCell(value: number | null): Cell {
  return {text: amountText(value), sort: value ?? undefined}
}

function toneOf(share: number | null): {readonly tone?: Tone} {
  const tone = fullTone(share)
  return tone ? {tone} : {}
}

function describe(row: QuotaRow, asked: Asked): readonly (readonly [string, string])[] {
  const {assumes, burndown, callers, holders, leftMs, limit, peak, peakShare, region, share, why} = row
  return factsOf([
    ['quota', limit?.name ?? 'unknown'],
    ['code', limit?.code ?? '-'],
    ['Region', region],
    ['model', subjectText(row)],
    ['used', limit && ofText(row, limit)],
    ['share', percentText(share)],
    ['busiest minute of the hour', peak === null ? '-' : `${amountText(peak)} (${percentText(peakShare)})`],
    ['an output token takes', burndown === null ? '-' : String(burndown)],
    ['used up in', leftMs === null ? '-' : showElapsed(leftMs)],
    ['raisable in Service Quotas', limit === undefined ? '-' : adjustableText(limit)],
    ['called as', callers.map(({modelId}) => modelId).join(', ') || '-'],
    ['held by', holders.join(', ') || '-'],
    ['unknown', why],
    ...assumes.map((text) => ['assumed', text] as const),
    ...quotaRemedy(row, asked).map((text) => ['remedy', text] as const),
  ])
}
