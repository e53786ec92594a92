import {lineChart} from '../../../output/chart/line-chart.js'
import {showElapsed} from '../../quantities.js'
import {plain, type SpanLine, toned} from '../../span.js'
import {lastCompleteMinute, minutesBetween} from '../complete-minutes.js'
import {labelled, labelledEach, labelledSpans, sections} from '../page-words.js'
import {amountText, calledText, minuteText, routeText} from '../traffic/traffic-words.js'
import type {BoardPage, Room} from '../view.js'
import type {QuotaRow} from './quota-rows.js'
import {limitUse, takenByMinute} from './quota-use.js'
import {fullTone, kindText, ofText, percentText, subjectText, unitText} from './quota-words.js'
import type {QuotaLimit} from './quotas.schema.js'

const HOUR = 60
const CHART_ROWS = 10

/** The page of one quota: how full it is, its last hour, what takes of it, and what can be done. */
export function renderQuotaPage(row: QuotaRow, nowMs: number, remedy: readonly string[], room: Room): BoardPage {
  const {limit, region} = row
  const title = `${subjectText(row)}  ${limit === undefined ? 'no known quota' : kindText(limit)}  ${region}`
  return {
    title,
    lines: sections(
      factsOfQuota(row, nowMs, room),
      limit === undefined || row.per === 'held' ? [] : chartLines(row, limit, nowMs, room),
      callerLines(row, limit, nowMs, room),
      labelledEach('to do', remedy, room),
    ),
  }
}

const RESERVED = 'What max_tokens reserves while calls run shows in no metric and comes on top.'

function factsOfQuota(row: QuotaRow, nowMs: number, room: Room): readonly SpanLine[] {
  const {assumes, burndown, leftMs, limit, peak, peakShare, share, why} = row
  if (limit === undefined) return labelled('unknown', why ?? 'nothing tells which quota it is', room, 'warn')
  const used: SpanLine = [toned(`${percentText(share)}  `, fullTone(share) ?? 'strong'), plain(ofText(row, limit))]
  const counted = burndown === null ? null : `input, cache writes, and output × ${burndown}; cache reads take nothing`
  return [
    ...labelledSpans('quota', [plain(limit.name), {text: `  ${limit.code}`, tone: 'id'}], room),
    ...labelledSpans('used', used, room),
    ...labelled('peak', peak === null ? null : peakText(peak, peakShare), room),
    ...labelled('counted', counted, room),
    ...labelled('estimate', estimateText(row, limit, nowMs), room),
    ...labelled('left', leftMs === null ? null : `used up in about ${showElapsed(leftMs)}`, room, 'bad'),
    ...labelledEach('assumed', assumes, room, 'faint'),
    ...labelled('unknown', why, room, 'warn'),
    ...labelled('besides', limit.kind === 'tpm' ? RESERVED : null, room, 'faint'),
  ]
}

function peakText(peak: number, share: number | null): string {
  return `${amountText(peak)} (${percentText(share)}) in the busiest minute of the last hour`
}

/** What CloudWatch estimates itself, where it does. */
function estimateText({callers}: QuotaRow, {kind}: QuotaLimit, nowMs: number): string | null {
  if (kind !== 'tpm') return null
  const minute = lastCompleteMinute(nowMs)
  const told = callers.flatMap((row) =>
    minutesBetween(row, minute, minute).flatMap(({quotaTokens}) => quotaTokens ?? []),
  )
  if (told.length === 0) return null
  const sum = told.reduce((total, tokens) => total + tokens, 0)
  return `${amountText(sum)} at ${minuteText(minute)}, as EstimatedTPMQuotaUsage says`
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
  if (holders.length > 0) return labelledEach('held by', holders, room)
  const names = callers.map(({modelId}) => modelId).join(', ')
  if (limit === undefined) return labelled('called as', `${names}, in ${region}`, room)
  const uses = callers.map((row) => ({row, use: limitUse(limit, [row], nowMs)}))
  const sorted = uses.toSorted((a, b) => (b.use.peak ?? -1) - (a.use.peak ?? -1))
  return sorted.flatMap(({row, use}, at) => {
    const name = {text: calledText(row), tone: 'id'} as const
    const now = `  ${routeText(row.about)}  ${amountText(use.used)} at ${minuteText(use.minute)}`
    const spans = [name, plain(`${now}, busiest minute ${amountText(use.peak)}`)]
    return labelledSpans(at === 0 ? 'called as' : '', spans, room)
  })
}
