import type {PageTable} from '../../output/chart/page-parts.js'
import {formatMoney} from '../../output/money.js'
import {numberText} from '../show/number-words.js'
import {sourceWords} from '../show/run-words.js'
import type {ReportedRun} from './read-report.js'
import {levelOf, type Subject} from './subjects.js'

const RIGHT = {align: 'right'} as const

function moneyText(amount: number | null): string {
  return amount === null ? '-' : formatMoney(amount, 'USD')
}

/** What was asserted, and whether it held. */
export function assertTable(runs: readonly ReportedRun[]): readonly PageTable[] {
  const asserts = runs.flatMap(({summary}) => summary.asserts)
  if (asserts.length === 0) return []
  return [
    {
      caption: 'Assertions',
      columns: [{title: 'Assertion'}, {title: 'Result'}, {title: 'Measured', ...RIGHT}, {title: 'Note'}],
      rows: asserts.map(({met, note, text, unit, value}) => [
        text,
        met ? 'PASS' : 'FAIL',
        value === null ? 'nothing' : `${numberText(value)} ${unit}`.trim(),
        note ?? '',
      ]),
    },
  ]
}

/** What a search found. */
export function searchTable(runs: readonly ReportedRun[]): readonly PageTable[] {
  const rows = runs.flatMap(({summary: {search, targets}}) =>
    (search?.targets ?? []).map(({best, interval, target, unit, why}) => [
      targets[target]?.name ?? '',
      best === null ? 'none' : `${numberText(best)} ${unit}`,
      interval ? `${numberText(interval[0])} to ${numberText(interval[1])}` : '-',
      why,
    ]),
  )
  if (rows.length === 0) return []
  return [
    {
      caption: 'The highest level that held',
      columns: [{title: 'Target'}, {title: 'Level', ...RIGHT}, {title: 'Between', ...RIGHT}, {title: 'Why'}],
      rows,
    },
  ]
}

/** What failed, in the words of the servers. */
export function failureTable(runs: readonly ReportedRun[]): readonly PageTable[] {
  const kinds = new Map<string, {readonly texts: readonly string[]; readonly count: number}>()
  for (const {cells, targets} of runs.map(({summary}) => summary)) {
    for (const {failures, label, target} of cells) {
      for (const {count, detail, error, status} of failures) {
        const texts = [`${targets[target]?.name ?? ''}, ${label}`, error, status > 0 ? String(status) : '-', detail]
        const key = JSON.stringify(texts)
        kinds.set(key, {texts, count: count + (kinds.get(key)?.count ?? 0)})
      }
    }
  }
  const rows = [...kinds.values()].map(({count, texts: [where = '', error = '', status = '', detail = '']}) => [
    where,
    error,
    status,
    count.toLocaleString('en-US'),
    detail,
  ])
  if (rows.length === 0) return []
  return [
    {
      caption: 'Failures by class',
      columns: [
        {title: 'Where'},
        {title: 'Class'},
        {title: 'HTTP', ...RIGHT},
        {title: 'Count', ...RIGHT},
        {title: 'In the words of the server'},
      ],
      rows,
    },
  ]
}

function cellsOf(subjects: readonly Subject[]) {
  return subjects.flatMap((subject) =>
    subject.cells.map((cell) => ({cell, name: subject.name, level: levelOf(subject, cell)})),
  )
}

/** What was spent, and what a million tokens cost; why nothing is known where nothing is. */
export function priceTable(subjects: readonly Subject[]): readonly PageTable[] {
  const cells = cellsOf(subjects)
  if (cells.every(({cell}) => cell.price === null && cell.priceAbsent === null)) return []
  return [
    {
      caption: 'Price in USD',
      columns: [
        {title: 'Target'},
        {title: 'Level'},
        {title: 'Spent', ...RIGHT},
        {title: 'Per 1M output', ...RIGHT},
        {title: 'Per 1M in and out', ...RIGHT},
        {title: 'Blended 3:1', ...RIGHT},
        {title: 'Per 1M good output', ...RIGHT},
        {title: 'By'},
      ],
      rows: cells.map(({cell: {price, priceAbsent}, name, level}) => [
        name,
        level,
        ...(price
          ? [price.usd, price.perMillionOutput, price.perMillionTotal, price.blended3to1, price.perMillionGood].map(
              moneyText,
            )
          : ['-', '-', '-', '-', '-']),
        price ? `${price.basis}; ${sourceWords(price)}` : (priceAbsent ?? '-'),
      ]),
    },
  ]
}

/** Whether the requests were as long as was meant. */
export function tokenTable(subjects: readonly Subject[]): readonly PageTable[] {
  const cells = cellsOf(subjects)
  const count = (value: number | null) => (value === null ? 'not reported' : Math.round(value).toLocaleString('en-US'))
  const asked = (value: number | null) => (value === null ? '-' : Math.round(value).toLocaleString('en-US'))
  return [
    {
      caption: 'Tokens of answered requests',
      columns: [
        {title: 'Target'},
        {title: 'Level'},
        {title: 'In, asked', ...RIGHT},
        {title: 'In, billed', ...RIGHT},
        {title: 'Out, asked', ...RIGHT},
        {title: 'Out, billed', ...RIGHT},
        {title: 'Of it reasoning', ...RIGHT},
        {title: 'Cache read', ...RIGHT},
        {title: 'Cache write', ...RIGHT},
        {title: 'Tokens an event', ...RIGHT},
      ],
      rows: cells.map(({cell: {tokens}, name, level}) => [
        name,
        level,
        asked(tokens.askedIn),
        count(tokens.input),
        asked(tokens.askedOut),
        `${count(tokens.output)}${tokens.estimatedRows > 0 ? ` (of ${tokens.estimatedRows.toLocaleString('en-US')} answers counted from events)` : ''}`,
        count(tokens.reasoning),
        count(tokens.cacheRead),
        count(tokens.cacheWrite),
        tokens.perEvent === null ? '-' : numberText(tokens.perEvent),
      ]),
    },
  ]
}
