import {plural} from '../../core/text.js'
import {formatMoney} from '../../output/money.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {countWord} from '../progress/progress-words.js'
import type {BatchRetryResult} from './batch-retry.schema.js'

type ClassRow = BatchRetryResult['classes'][number]

const WORDS: Readonly<Record<ClassRow['class'], string>> = {
  missing: 'missing: no output has them',
  throttled: 'throttled',
  timeout: 'timed out',
  'model-error': 'error of the model or the service',
  validation: 'refused as invalid',
  'content-filter': 'stopped by a filter',
  other: 'other errors',
  'failed-job': 'in a job that failed for its records, or for an unknown reason',
}

const INCLUDED: Readonly<Partial<Record<ClassRow['class'], string>>> = {
  validation: 'no; --include validation',
  'content-filter': 'no; --include content-filter',
  other: 'no; --include other',
  'failed-job': 'no; --include failed-jobs',
}

const COLUMNS: readonly Column<ClassRow>[] = [
  {key: 'class', title: 'WITHOUT ANSWER', value: (row) => row.class, text: (row) => WORDS[row.class], weight: 0},
  {
    key: 'records',
    title: 'RECORDS',
    value: ({records}) => records,
    text: ({records}) => countWord(records),
    align: 'right',
    weight: 0,
  },
  {
    key: 'retried',
    title: 'TRIED AGAIN',
    value: ({retried}) => retried,
    text: (row, terminal) => (row.retried ? paint('good', 'yes', terminal) : (INCLUDED[row.class] ?? 'no')),
    weight: 0,
  },
]

export const batchRetryView: View<BatchRetryResult, ClassRow> = {
  rows: ({classes}) => classes,
  columns: () => COLUMNS,
  text: renderRetry,
}

/** The question before money is spent. */
export function retryQuestion(result: BatchRetryResult): string {
  const records = `${recordsWord(result.retried)} ${wayWord(result)}`
  return `Try ${records} of ${result.group} again? ${priceWord(result)}`
}

function recordsWord(count: number): string {
  return `${countWord(count)} ${count === 1 ? 'record' : 'records'}`
}

function wayWord({jobs, way}: BatchRetryResult): string {
  return way === 'batch' ? `in ${plural(jobs.length, 'job')}` : 'one by one, on demand'
}

/** How many of the round were answered, where that is known of all. */
function endWord({jobs, outcome, retried}: BatchRetryResult): string {
  if (outcome !== 'ended' || jobs.some(({answered}) => answered === null)) return ''
  const answered = jobs.reduce((sum, job) => sum + (job.answered ?? 0), 0)
  return answered === retried
    ? ', all answered'
    : `, ${countWord(answered)} answered, ${countWord(retried - answered)} not`
}

/** An estimate: the tokens are the share of the first round by bytes and records, not those of the chosen ones. */
function priceWord({price, way}: BatchRetryResult): string {
  if (price === null || price.input === null) return 'No price is known.'
  const {asOf, currency, input, outputAtMost} = price
  const most =
    outputAtMost === null
      ? ''
      : `, answers about ${formatMoney(Number(outputAtMost), currency)} by the average limit of round 1`
  return `Input about ${formatMoney(Number(input), currency)}${most} (${way === 'batch' ? '' : 'on-demand '}prices of ${asOf.slice(0, 10)}).`
}

async function renderRetry(result: BatchRetryResult, terminal: Terminal): Promise<string> {
  const {answered, classes, group, next, outcome, records, retried, round} = result
  const head = `${paint('strong', group, terminal)}  ${countWord(answered)} of ${countWord(records)} answered`
  const what =
    round === null
      ? [classes.length === 0 ? 'Nothing is left to try again.' : 'Nothing of this is tried again.']
      : [
          `round ${round}  ${recordsWord(retried)} ${wayWord(result)}: ${OUTCOMES[outcome]}${endWord(result)}`,
          `price    ${priceWord(result)}`,
        ]
  return [
    head,
    ...(classes.length === 0 ? [] : ['', await renderTable(classes, COLUMNS, terminal)]),
    '',
    ...what,
    ...next.map((command, index) => `${index === 0 ? 'next' : '    '}     ${paint('id', command, terminal)}`),
  ].join('\n')
}

const OUTCOMES: Readonly<Record<BatchRetryResult['outcome'], string>> = {
  'nothing-to-retry': 'nothing',
  'would-retry': 'nothing was done, as --dry-run asks',
  submitted: 'submitted',
  full: 'some were submitted; the rest does not fit now',
  'timed-out': 'the wait is over, jobs go on',
  ended: 'ended',
}
