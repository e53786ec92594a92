import type {PageTable} from '../../output/chart/page-parts.js'
import type {CellSummary, Distribution, PercentileKey} from '../metrics/summary.schema.js'
import {intervalText, numberText, shareText} from '../show/number-words.js'
import {labelsOf, levelOf, type Subject} from './subjects.js'

interface HeadlineColumn {
  readonly title: string
  readonly text: (cell: CellSummary) => string
}

/** The numbers first asked for, a row a level, target and repeat: how much was served, and how fast. */
export function headlineTables(subjects: readonly Subject[]): readonly PageTable[] {
  const cells = subjects.flatMap((subject) => subject.cells)
  const open = cells.some(({fromSchedule}) => fromSchedule !== null)
  return [
    cellTable('What was served; [95 % interval]', subjects, servedColumns(cells)),
    cellTable(`Time to first token in ms; [95 % interval]${open ? FROM_DUE : ''}`, subjects, firstColumns(open)),
    cellTable(`Tokens and whole answers in ms; [95 % interval]${open ? WHOLE_DUE : ''}`, subjects, WHOLE),
  ]
}

const FROM_DUE = '; from the moment a request was due, and from sending'
const WHOLE_DUE = '; E2E from the moment a request was due'

function cellTable(caption: string, subjects: readonly Subject[], columns: readonly HeadlineColumn[]): PageTable {
  return {
    caption,
    columns: [{title: 'Target'}, {title: 'Level'}, ...columns.map(({title}) => ({title, align: 'right'}) as const)],
    rows: labelsOf(subjects).flatMap((label) =>
      subjects.flatMap((subject) => {
        const own = subject.cells.filter((cell) => cell.label === label)
        return own.map((cell) => [subject.name, levelOf(subject, cell), ...columns.map(({text}) => text(cell))])
      }),
    ),
  }
}

function servedColumns(cells: readonly CellSummary[]): readonly HeadlineColumn[] {
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
    {title: 'In flight', text: ({concurrency: {mean}}) => (mean === null ? '-' : numberText(mean))},
    ...(cells.some(({goodput}) => goodput !== null) ? GOODPUT : []),
  ]
}

function firstColumns(open: boolean): readonly HeadlineColumn[] {
  return [
    {title: 'p50', text: headline('ttft', '50', true)},
    {title: 'p90', text: headline('ttft', '90', false)},
    {title: 'p99', text: headline('ttft', '99', true)},
    {title: 'Largest', text: ({fromSchedule, ttft}) => largest(fromSchedule ? fromSchedule.ttft : ttft)},
    ...(open
      ? [
          {title: 'From send p50', text: percentile('ttft', '50', true)},
          {title: 'From send p99', text: percentile('ttft', '99', true)},
        ]
      : []),
  ]
}

const WHOLE: readonly HeadlineColumn[] = [
  {title: 'TPOT p50', text: percentile('tpot', '50', true)},
  {title: 'TPOT p99', text: percentile('tpot', '99', false)},
  {title: 'ICL p99', text: percentile('icl', '99', false)},
  {title: 'ICL largest', text: ({icl}) => largest(icl)},
  {title: 'E2E p50', text: headline('e2e', '50', true)},
  {title: 'E2E p99', text: headline('e2e', '99', true)},
]

function headline(metric: 'ttft' | 'e2e', key: PercentileKey, sure: boolean): HeadlineColumn['text'] {
  return (cell) => percentileText(cell.fromSchedule ? cell.fromSchedule[metric] : cell[metric], key, sure)
}

function percentile(metric: 'ttft' | 'tpot' | 'icl', key: PercentileKey, sure: boolean): HeadlineColumn['text'] {
  return (cell) => percentileText(cell[metric], key, sure)
}

function largest(distribution: Distribution | null): string {
  return distribution?.max == null ? '-' : numberText(distribution.max)
}

const GOODPUT: readonly HeadlineColumn[] = [
  {title: 'Goodput/s', text: ({goodput}) => (goodput ? numberText(goodput.requestsPerSecond) : '-')},
  {title: 'Good', text: ({goodput}) => (goodput?.attainment == null ? '-' : shareText(goodput.attainment))},
]

function failedText({counts: {bad, ok}}: CellSummary): string {
  return bad === 0 ? '0' : `${bad.toLocaleString('en-US')} (${shareText(bad / (bad + ok))})`
}

function between(value: number, interval: {readonly low: number; readonly high: number} | null): string {
  return interval ? `${numberText(value)} ${intervalText(value, interval.low, interval.high, true)}` : numberText(value)
}

function percentileText(distribution: Distribution | null, key: PercentileKey, withInterval: boolean): string {
  const at = distribution?.p[key]
  if (!distribution || !at) return '-'
  const few = key === '99' && distribution.n < 1000 ? ` (n=${distribution.n})` : ''
  const sure =
    !withInterval || at.low === null || at.high === null ? '' : ` ${intervalText(at.value, at.low, at.high, true)}`
  return `${numberText(at.value)}${sure}${few}`
}
