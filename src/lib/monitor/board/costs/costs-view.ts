import {type Asked, commandAgain} from '../../../core/command-again.js'
import type {Decimal} from '../../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../../core/quantity.js'
import type {SpanLine} from '../../span.js'
import {factLines, factsOf, labelled, sections} from '../page-words.js'
import type {BoardFacts} from '../state.js'
import {atLeastText, moneyText} from '../traffic/traffic-words.js'
import type {BoardRow, BoardTable, BoardView, Cell, Column} from '../view.js'
import {type CostLine, type CostTotal, costLines, costTotals} from './cost-lines.js'
import {budgetText, costKindText, decimalText, hourText} from './cost-words.js'

const COLUMNS: readonly Column[] = [
  {key: 'name', title: 'WHAT', least: 20, most: 46, drop: 0},
  {key: 'kind', title: 'KIND', least: 8, most: 17, drop: 2},
  {key: 'region', title: 'REGION', least: 9, most: 14, drop: 3},
  {key: 'hour', title: 'NOW/H', align: 'right', least: 8, most: 12, drop: 0, first: 'descending'},
  {key: 'today', title: 'TODAY', align: 'right', least: 8, most: 12, drop: 1, first: 'descending'},
  {key: 'month', title: 'MONTH', align: 'right', least: 8, most: 12, drop: 0, first: 'descending'},
  {key: 'forecast', title: 'FORECAST', align: 'right', least: 8, most: 12, drop: 1, first: 'descending'},
  {key: 'note', title: 'NOTE', least: 12, most: 60, drop: 6},
]

/** What costs money now and this month. */
export const costsView: BoardView = {
  name: 'costs',
  title: 'Costs',
  aliases: ['co', 'cost', 'money'],
  about: 'dollars an hour now, today, this month and forecast, by model, tier, Region and capacity; budgets',
  topics: ['prices', 'traffic', 'costs', 'capacity'],
  head: (state) => costTotals(costLines(state)).flatMap((total) => totalLines(total, isMonthRead(state))),
  table: (state) => table(costLines(state)),
  page(state, key, room) {
    const line = costLines(state).find((one) => one.key === key)
    if (line === undefined) return undefined
    const command = labelled('more', more(line, state.subject), room, 'id')
    return {title: line.name, lines: sections(factLines(describe(line), room), command)}
  },
  describe(state, key) {
    const line = costLines(state).find((one) => one.key === key)
    return line && describe(line)
  },
  eventFilter: (state, key) => costLines(state).find((one) => one.key === key)?.id,
}

/** Of a Region whose costs were not read it is not known what this month had. */
function isMonthRead({data, subject: {regions}}: BoardFacts): boolean {
  return regions.length > 0 && regions.every((region) => data.costs.has(region))
}

function totalLines(total: CostTotal, isRead: boolean): readonly SpanLine[] {
  const {capacityPerHour, currency, idlePerHour, perHour, perMonth, unknown} = total
  const text = (amount: Decimal) => moneyText(amount.toNumber(), currency)
  const isNoneKnown = unknown.now > 0 && !perHour.gt(0)
  const hour = unknown.now > 0 ? atLeastText(perHour.toNumber(), currency) : text(perHour)
  return [
    [
      {text: 'now '},
      ...(isNoneKnown
        ? [{text: '?', tone: 'warn' as const}]
        : [{text: `${hour}/h`, tone: 'strong' as const}, {text: ` (${text(perMonth)} a month)`}]),
      ...(idlePerHour.gt(0) ? [{text: `  idle ${text(idlePerHour)}/h`, tone: 'bad' as const}] : []),
      ...(capacityPerHour.gt(0) ? [{text: `  capacity ${text(capacityPerHour)}/h`}] : []),
      ...(unknown.now > 0 ? [{text: `  ${unknown.now} not priced`, tone: 'warn' as const}] : []),
    ],
    monthLine(total, isRead),
  ]
}

function monthLine({currency, forecast, monthToDate, months, today, unknown}: CostTotal, isRead: boolean): SpanLine {
  const text = (amount: Decimal) => moneyText(amount.toNumber(), currency)
  if (months === 0 && isRead && unknown.month === 0) return [{text: 'nothing was called this month'}]
  if (months === 0) return [{text: 'today and this month: not known yet', tone: 'warn'}]
  return [
    {text: `calls ${unknown.month > 0 ? 'at least ' : ''}today ${text(today)}  month ${text(monthToDate)}`},
    {text: `  forecast ${text(forecast)}`},
    {text: '  by the price book', tone: 'faint'},
  ]
}

function table(lines: readonly CostLine[]): BoardTable {
  return {
    columns: COLUMNS,
    rows: lines.map(toRow),
    // In their own order: idle capacity first, then by the hour.
    sortedBy: '',
    empty: 'Nothing was called this month, and there is no capacity and no budget.',
  }
}

function toRow(line: CostLine): BoardRow {
  const {currency, forecast, id, key, kind, knownPerHour, monthToDate, name, notes, perHour, region, today} = line
  const money = (amount: Decimal | null): Cell =>
    isTold(line) ? {text: decimalText(amount, currency), sort: amount?.toNumber()} : {text: '-', sort: undefined}
  const isBeyond = line.limit !== null && monthToDate?.gt(line.limit) === true
  const note = [budgetText(line), ...notes].filter((text) => text !== '').join('; ')
  return {
    key,
    id,
    words: notes,
    // There it can be described and, where actions are allowed, deleted.
    ...((kind === 'idle' || kind === 'capacity') && {leadsTo: {view: 'capacity' as const, filter: name}}),
    cells: {
      name: {text: name === '' ? '(not read)' : name, tone: kind === 'idle' ? 'bad' : 'id'},
      kind: {text: costKindText(line), ...(kind === 'idle' && {tone: 'bad' as const})},
      region: {text: region ?? '-'},
      hour: {
        text: hourText(line),
        sort: knownPerHour?.toNumber(),
        ...(knownPerHour !== null && perHour === null && {tone: 'warn' as const}),
      },
      today: money(today),
      month: {...money(monthToDate), ...(isBeyond && {tone: 'bad' as const})},
      forecast: money(forecast),
      note: {text: note, ...(kind === 'idle' && {tone: 'bad' as const})},
    },
  }
}

/** What capacity came to is on no list: it has a rate alone. */
function isTold({kind}: CostLine): boolean {
  return kind === 'model' || kind === 'budget' || kind === 'bill'
}

function describe(line: CostLine): readonly (readonly [string, string])[] {
  const {currency, forecast, id, limit, monthToDate, perHour, region, tier, today} = line
  const money = (amount: Decimal | null) => (isTold(line) ? decimalText(amount, currency) : null)
  return factsOf([
    ['what', line.name],
    ['id', id],
    ['kind', costKindText(line)],
    ['Region', region ?? '-'],
    ['tier', tier ?? '-'],
    ['now, an hour', hourText(line)],
    ['a month of such hours (730)', perHour === null ? '-' : decimalText(perHour.times(HOURS_PER_MONTH), currency)],
    ['today since 00:00 UTC', money(today)],
    ['this month', money(monthToDate)],
    ['forecast of the month', money(forecast)],
    ['budget', limit === null ? null : budgetText(line)],
    ['currency', currency],
    ...line.notes.map((text) => ['note', text] as const),
    ...line.assumes.map((text) => ['assumed', text] as const),
  ])
}

/** The command that tells more; capacity has a view of its own. */
function more({kind, region}: CostLine, asked: Asked): string {
  const place = region === null ? '' : ` --region ${region}`
  return commandAgain(kind === 'model' ? `cost actual --source metrics${place}` : 'cost actual', asked)
}
