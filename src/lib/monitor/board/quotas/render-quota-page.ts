import {lineChart} from '../../../output/chart/line-chart.js'
import {wrapText} from '../../../output/wrap.js'
import {showElapsed} from '../../quantities.js'
import type {SpanLine} from '../../span.js'
import {lastCompleteMinute, minutesBetween} from '../complete-minutes.js'
import {amountText, calledText, minuteText, routeText} from '../traffic/traffic-words.js'
import type {BoardPage, Room} from '../view.js'
import type {QuotaRow} from './quota-rows.js'
import {limitUse, takenByMinute} from './quota-use.js'
import {kindText, ofText, percentText, subjectText, unitText} from './quota-words.js'
import type {QuotaLimit} from './quotas.schema.js'

const HOUR = 60
const CHART_ROWS = 10

/** The page of one quota: how full it is, its last hour, what takes of it, and what can be done. */
export function renderQuotaPage(row: QuotaRow, nowMs: number, remedy: readonly string[], room: Room): BoardPage {
  const {limit, region} = row
  const title = `${subjectText(row)}  ${limit === undefined ? 'no known quota' : kindText(limit)}  ${region}`
  return {
    title,
    lines: [
      ...factLines(row, nowMs),
      ...(limit === undefined || row.per === 'held' ? [] : [[], ...chartLines(row, limit, nowMs, room)]),
      ...[[], ...callerLines(row, limit, nowMs, room)],
      ...[[], [{text: 'What can be done', tone: 'strong'} as const], ...remedy.flatMap((text) => indented(text, room))],
    ],
  }
}

const RESERVED = 'What max_tokens reserves while calls run shows in no metric and comes on top.'

function factLines(row: QuotaRow, nowMs: number): readonly SpanLine[] {
  const {assumes, burndown, leftMs, limit, peak, peakShare, share, why} = row
  if (limit === undefined) return [[{text: `unknown: ${why ?? ''}`, tone: 'warn'}]]
  return [
    [{text: limit.name}, {text: `  ${limit.code}`, tone: 'id'}],
    [{text: `${percentText(share)}  `, tone: 'strong'}, {text: ofText(row, limit)}],
    ...(peak === null
      ? []
      : [[{text: `busiest minute of the last hour: ${amountText(peak)}, ${percentText(peakShare)}`}]]),
    ...(burndown === null
      ? []
      : [[{text: `counted: input, cache writes, and output × ${burndown}; cache reads take nothing`}]]),
    ...estimateLines(row, limit, nowMs),
    ...(leftMs === null ? [] : [[{text: `used up in about ${showElapsed(leftMs)}`, tone: 'bad'} as const]]),
    ...assumes.map((text): SpanLine => [{text, tone: 'faint'}]),
    ...(why === null ? [] : [[{text: `unknown: ${why}`, tone: 'warn'} as const]]),
    ...(limit.kind === 'tpm' ? [[{text: RESERVED, tone: 'faint'} as const]] : []),
  ]
}

/** What CloudWatch estimates itself, where it does. */
function estimateLines({callers}: QuotaRow, {kind}: QuotaLimit, nowMs: number): readonly SpanLine[] {
  if (kind !== 'tpm' || callers.length === 0) return []
  const minute = lastCompleteMinute(nowMs)
  const told = callers.flatMap((row) =>
    minutesBetween(row, minute, minute).flatMap(({quotaTokens}) => quotaTokens ?? []),
  )
  if (told.length === 0) return []
  const sum = told.reduce((total, tokens) => total + tokens, 0)
  return [[{text: `EstimatedTPMQuotaUsage says ${amountText(sum)} at ${minuteText(minute)}`}]]
}

function chartLines(row: QuotaRow, limit: QuotaLimit, nowMs: number, room: Room): readonly SpanLine[] {
  const last = lastCompleteMinute(nowMs)
  const first = last - HOUR + 1
  const taken = takenByMinute(limit, row.callers, first, last)
  const points = Array.from({length: HOUR}, (_, at) => ({x: at - HOUR + 1, y: taken.get(first + at) ?? 0}))
  const value = row.per === 'minute' ? row.value : null
  const limitLine = value === null ? [] : [{id: 'limit', name: 'quota', dashed: true, points: flat(value)}]
  const chart = {
    title: `The hour until ${minuteText(last)} UTC`,
    x: {label: 'minutes from then', unit: '', scale: 'linear', min: 1 - HOUR, max: 0},
    y: {label: unitText({...limit, kind: limit.kind === 'tpd' ? 'tpm' : limit.kind}), unit: '', scale: 'linear'},
    series: [{id: 'taken', name: 'taken', points}, ...limitLine],
    crossings: [],
  } as const
  const terminal = {width: room.columns, color: false, interactive: true, unicode: room.unicode}
  return lineChart(chart, terminal, {rows: CHART_ROWS})
    .split('\n')
    .map((text) => [{text}])
}

function flat(value: number) {
  return [
    {x: 1 - HOUR, y: value},
    {x: 0, y: value},
  ]
}

function callerLines(
  {callers, holders, region}: QuotaRow,
  limit: QuotaLimit | undefined,
  nowMs: number,
  room: Room,
): readonly SpanLine[] {
  if (holders.length > 0) {
    return [[{text: 'Held by', tone: 'strong'}], ...holders.flatMap((text) => indented(text, room))]
  }
  if (limit === undefined) return [[{text: `called in ${region} as ${callers.map(({modelId}) => modelId).join(', ')}`}]]
  const uses = callers.map((row) => ({row, use: limitUse(limit, [row], nowMs)}))
  const sorted = uses.toSorted((a, b) => (b.use.peak ?? -1) - (a.use.peak ?? -1))
  return [
    [{text: 'Called as', tone: 'strong'}],
    ...sorted.map(({row, use}): SpanLine => {
      const peak = `busiest minute ${amountText(use.peak)}`
      return [
        {text: `  ${calledText(row)}`, tone: 'id'},
        {text: `  ${routeText(row.about)}  ${amountText(use.used)} at ${minuteText(use.minute)}, ${peak}`},
      ]
    }),
  ]
}

function indented(text: string, {columns}: Room): readonly SpanLine[] {
  return wrapText(text, Math.max(1, columns - 2)).map((line) => [{text: `  ${line}`}])
}
