import {decimal, toNumber} from '../../core/decimal.js'
import {plural, sizeWords} from '../../core/text.js'
import {formatMoney} from '../../output/money.js'
import {type Meaning, paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {countWord} from '../progress/progress-words.js'
import type {SubmitResult, SubmittedShard} from './submit.schema.js'

const COLUMNS: readonly Column<SubmittedShard>[] = [
  {key: 'job', title: 'JOB', value: ({job}) => job, text: ({job}, terminal) => paint('id', job, terminal), weight: 0},
  {
    key: 'records',
    title: 'RECORDS',
    value: ({records}) => records,
    text: ({records}) => countWord(records),
    align: 'right',
    weight: 1,
  },
  {
    key: 'bytes',
    title: 'SIZE',
    value: ({bytes}) => bytes,
    text: ({bytes}) => sizeWords(bytes),
    align: 'right',
    weight: 2,
  },
  {
    key: 'state',
    title: 'STATE',
    value: ({state}) => state,
    text: ({jobState, state}, terminal) => stateWord(state, jobState, terminal),
    weight: 0,
  },
  {
    key: 'job-state',
    title: 'JOB STATE',
    value: ({jobState}) => jobState,
    text: ({jobState}) => jobState ?? '-',
    weight: 4,
  },
  {key: 'arn', title: 'ARN', value: ({arn}) => arn, text: ({arn}) => arn ?? '-', weight: 5},
  {key: 'said', title: 'SAID', value: ({said}) => said, text: ({said}) => said ?? '', weight: 3},
  {key: 'round', title: 'ROUND', value: ({round}) => round, align: 'right', weight: 6},
  {key: 'shard', title: 'SHARD', value: ({shard}) => shard, align: 'right', weight: 6},
  {key: 'input', title: 'INPUT', value: ({input}) => input, weight: 7},
  {key: 'output', title: 'OUTPUT', value: ({output}) => output, weight: 8},
]
const SHOWN = new Set(['job', 'records', 'bytes', 'state', 'said'])
const ROWS_SHOWN = 20
const LABEL = 9

export const submitView: View<SubmitResult, SubmittedShard> = {
  rows: ({shards}) => shards,
  columns: () => COLUMNS,
  text: renderSubmit,
}

/** What is about to be done, for the question before it. */
export function submitQuestion(result: SubmitResult): string {
  const {group, shards} = result
  const pending = shards.filter(({arn, state}) => arn === null && state !== 'withheld')
  const size = sizeWords(sum(pending.map(({bytes}) => bytes)))
  if (pending.length === shards.length) {
    return `Upload ${size} and make ${plural(pending.length, 'job')} of ${group} for ${priceWord(result)}?`
  }
  return `Upload ${size} and make ${pending.length} of ${plural(shards.length, 'job')} of ${group}? Together they cost ${priceWord(result)}.`
}

async function renderSubmit(result: SubmitResult, terminal: Terminal): Promise<string> {
  const {group, maxOpenJobs, modelId, records, region, shards} = result
  const [first] = shards
  const lines = [
    `${paint('strong', group, terminal)}  ${headOf(result)}`,
    ...labelled('model', `${modelId} in ${region}, ${plural(maxOpenJobs, 'job')} at a time`, terminal),
    ...labelled(
      'records',
      `${countWord(records)} in ${plural(shards.length, 'job')}, ${sizeWords(result.bytes)}`,
      terminal,
    ),
    ...labelled('price', `${priceWord(result)}, batch rates of ${result.price.asOf.slice(0, 10)}`, terminal),
    `input    ${first?.input ?? ''}${shards.length > 1 ? ' and on' : ''}`,
    `output   ${first?.output ?? ''}${shards.length > 1 ? ' and on' : ''}`,
  ]
  const columns = COLUMNS.filter(
    ({key}) => SHOWN.has(key) && (key !== 'said' || shards.some(({said}) => said !== null)),
  )
  const table = await renderTable(shards.slice(0, ROWS_SHOWN), columns, terminal)
  const more = shards.length > ROWS_SHOWN ? [`and ${shards.length - ROWS_SHOWN} more; all of them: --output csv`] : []
  const next = result.next.map(
    (command, index) => `${index === 0 ? 'next' : '    '}     ${paint('id', command, terminal)}`,
  )
  return [...lines, '', table, ...more, ...(next.length > 0 ? ['', ...next] : [])].join('\n')
}

function labelled(label: string, text: string, terminal: Terminal): readonly string[] {
  const lines = wrapText(text, Math.max(20, terminal.width - LABEL))
  return lines.map((line, index) => `${(index === 0 ? label : '').padEnd(LABEL)}${line}`)
}

function headOf({outcome, shards}: SubmitResult): string {
  const made = shards.filter(({arn}) => arn !== null).length
  const refused = shards.filter(({state}) => state === 'refused').length
  const jobs = `${made} of ${plural(shards.length, 'job')} made${refused === 0 ? '' : `, ${refused} refused`}`
  switch (outcome) {
    case 'would-submit':
      return `${plural(shards.length - made, 'job')} would be made; nothing was done`
    case 'submitted':
      return jobs
    case 'full':
      return `${jobs}; no more fit now`
    case 'timed-out':
      return `${jobs}; the wait is over, the jobs go on`
    case 'ended':
      return `${jobs}, all of them ended`
  }
}

function priceWord({price: {currency, input, outputAtMost}}: SubmitResult): string {
  if (input === null) return 'a price that is not known'
  const inputAmount = toNumber(decimal(input))
  if (outputAtMost === null) return `about ${formatMoney(inputAmount, currency)} for the input, and the output`
  const outputAmount = formatMoney(toNumber(decimal(outputAtMost)), currency)
  return `about ${formatMoney(inputAmount, currency)} for the input, at most ${outputAmount} for the output`
}

const MEANINGS: Readonly<Record<string, Meaning>> = {refused: 'bad', withheld: 'warn', created: 'good'}

function stateWord(state: SubmittedShard['state'], jobState: string | null, terminal: Terminal): string {
  if (jobState !== null) return paint(jobState === 'Completed' ? 'good' : 'bad', jobState, terminal)
  const meaning = MEANINGS[state]
  return meaning === undefined ? state : paint(meaning, state, terminal)
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0)
}
