import type {PageTable} from '../../output/chart/page-parts.js'
import {formatMoney} from '../../output/money.js'
import type {CellSummary, Distribution, PercentileKey} from '../metrics/summary.schema.js'
import {intervalText, numberText, shareText} from '../show/number-words.js'
import {labelsOf, type Subject} from './subjects.js'

interface HeadlineColumn {
  readonly title: string
  readonly text: (cell: CellSummary) => string
}

/** The numbers first asked for: a row a level, target and repeat. */
export function headlineTable(subjects: readonly Subject[]): PageTable {
  const cells = subjects.flatMap((subject) => subject.cells)
  const columns = headlineColumns(cells)
  const open = cells.some(({fromSchedule}) => fromSchedule !== null)
  return {
    caption: `Each level and target; [95 % interval]${open ? '; TTFT and E2E from the moment a request was due' : ''}`,
    columns: [{title: 'Target'}, {title: 'Level'}, ...columns.map(({title}) => ({title, align: 'right'}) as const)],
    rows: labelsOf(subjects).flatMap((label) =>
      subjects.flatMap((subject) => {
        const own = subject.cells.filter((cell) => cell.label === label)
        return own.map((cell, repeat) => [
          subject.name,
          own.length > 1 ? `${label}, repeat ${repeat + 1}` : label,
          ...columns.map(({text}) => text(cell)),
        ])
      }),
    ),
  }
}

function headlineColumns(cells: readonly CellSummary[]): readonly HeadlineColumn[] {
  const open = cells.some(({fromSchedule}) => fromSchedule !== null)
  const headline = (metric: 'ttft' | 'e2e', key: PercentileKey) => (cell: CellSummary) =>
    percentileText(cell.fromSchedule ? cell.fromSchedule[metric] : cell[metric], key)
  const percentile = (metric: 'ttft' | 'tpot' | 'icl', key: PercentileKey) => (cell: CellSummary) =>
    percentileText(cell[metric], key)
  return [
    {title: 'Answered', text: ({counts}) => counts.ok.toLocaleString('en-US')},
    {title: 'Failed', text: failedText},
    {
      title: 'Requests/s',
      text: ({throughput: {interval, requestsPerSecond}}) => between(requestsPerSecond, interval.requestsPerSecond),
    },
    {
      title: 'Output tokens/s',
      text: ({throughput: {interval, outputTokensPerSecond}}) =>
        between(outputTokensPerSecond, interval.outputTokensPerSecond),
    },
    {title: 'TTFT p50, ms', text: headline('ttft', '50')},
    {title: 'TTFT p99, ms', text: headline('ttft', '99')},
    ...(open
      ? [
          {title: 'from send p50, ms', text: percentile('ttft', '50')},
          {title: 'from send p99, ms', text: percentile('ttft', '99')},
        ]
      : []),
    {title: 'TPOT p50, ms', text: percentile('tpot', '50')},
    {title: 'TPOT p99, ms', text: percentile('tpot', '99')},
    {title: 'ICL p99, ms', text: percentile('icl', '99')},
    {title: 'E2E p50, ms', text: headline('e2e', '50')},
    {title: 'E2E p99, ms', text: headline('e2e', '99')},
    ...(cells.some(({goodput}) => goodput !== null) ? GOODPUT : []),
    ...(cells.some(({price}) => price !== null) ? [PRICE] : []),
  ]
}

const GOODPUT: readonly HeadlineColumn[] = [
  {title: 'Goodput/s', text: ({goodput}) => (goodput ? numberText(goodput.requestsPerSecond) : '-')},
  {title: 'Good', text: ({goodput}) => (goodput?.attainment == null ? '-' : shareText(goodput.attainment))},
]

const PRICE: HeadlineColumn = {
  title: 'Per 1M output',
  text: ({price}) => (price?.perMillionOutput == null ? '-' : formatMoney(price.perMillionOutput, 'USD')),
}

function failedText({counts: {bad, ok}}: CellSummary): string {
  return bad === 0 ? '0' : `${bad.toLocaleString('en-US')} (${shareText(bad / (bad + ok))})`
}

function between(value: number, interval: {readonly low: number; readonly high: number} | null): string {
  return interval ? `${numberText(value)} ${intervalText(value, interval.low, interval.high, true)}` : numberText(value)
}

function percentileText(distribution: Distribution | null, key: PercentileKey): string {
  const at = distribution?.p[key]
  if (!distribution || !at) return '-'
  const few = key === '99' && distribution.n < 1000 ? ` (n=${distribution.n})` : ''
  const sure = at.low === null || at.high === null ? '' : ` ${intervalText(at.value, at.low, at.high, true)}`
  return `${numberText(at.value)}${sure}${few}`
}
