import {plural, sanitise} from '../../core/text.js'
import {formatCount, formatMoney} from '../../output/money.js'
import {spanWord} from '../../output/span.js'
import {type Meaning, paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {ProgressRow} from '../progress/progress.schema.js'
import {costWord, countWord, etaWord, failedWord, paceWord, statesWord, stateWord} from '../progress/progress-words.js'
import type {BatchCost, BatchShowResult} from './batch-show.schema.js'

const COLUMNS: readonly Column<ProgressRow>[] = [
  {
    key: 'job',
    title: 'JOB',
    value: ({name}) => name,
    text: ({name}, terminal) => paint('id', name, terminal),
    weight: 0,
  },
  {
    key: 'state',
    title: 'STATE',
    value: ({state}) => state,
    text: ({state}, terminal) => stateWord(state, terminal),
    weight: 0,
  },
  count('done', 'DONE', ({records}) => records.succeeded),
  count('total', 'OF', ({records}) => records.total),
  count('failed', 'FAILED', ({records}) => records.failed),
  {
    key: 'age',
    title: 'AGE',
    value: ({ageSeconds}) => ageSeconds,
    text: ({ageSeconds, arn}) => (arn === null ? '-' : spanWord(ageSeconds)),
    align: 'right',
    weight: 2,
  },
  {key: 'id', title: 'ID', value: ({id}) => id, text: ({id}) => id ?? '-', weight: 3},
  {key: 'arn', title: 'ARN', value: ({arn}) => arn, text: ({arn}) => arn ?? '-', weight: 9},
]

/** A person sees ids; a script gets ARNs. */
const FOR_PEOPLE = COLUMNS.filter(({key}) => key !== 'arn')

function count(key: string, title: string, value: (row: ProgressRow) => number | null): Column<ProgressRow> {
  return {key, title, value, text: (row) => countWord(value(row)), align: 'right', weight: 1}
}

export const batchShowView: View<BatchShowResult, ProgressRow> = {
  rows: ({members, summary}) => (members.length === 0 ? [summary] : members),
  columns: () => COLUMNS,
  text: renderBatchShow,
}

const LABEL = 11

async function renderBatchShow(result: BatchShowResult, terminal: Terminal): Promise<string> {
  const {failures, members, next, summary} = result
  const line = (label: string, text: string | undefined, meaning?: Meaning): readonly string[] => {
    if (text === undefined || text === '') return []
    const word = meaning === undefined ? label : paint(meaning, label, terminal)
    return wrapText(text, Math.max(20, terminal.width - LABEL)).map((part, index) =>
      index === 0 ? `${word}${' '.repeat(LABEL - label.length)}${part}` : `${' '.repeat(LABEL)}${part}`,
    )
  }
  const head = [
    paint('strong', sanitise(summary.name), terminal),
    stateWord(summary.state, terminal),
    summary.modelId,
    summary.region,
  ]
  return [
    ...wrapText(head.join('   '), terminal.width),
    '',
    ...factsOf(result, terminal).flatMap(([label, text]) => line(label, text && sanitise(text))),
    ...(members.length === 0 ? [] : ['', await renderTable(members, FOR_PEOPLE, terminal)]),
    ...failures.flatMap(({jobs, message, remedy}) => [
      '',
      ...line('failed', sanitise(`${jobsWord(jobs)}: ${message}`), 'bad'),
      ...line('to do', remedy ?? undefined),
    ]),
    '',
    // Not wrapped: a command is there to be copied.
    ...next.map((command, index) => `${(index === 0 ? 'next' : '').padEnd(LABEL)}${paint('id', command, terminal)}`),
  ].join('\n')
}

function factsOf(result: BatchShowResult, terminal: Terminal): readonly (readonly [string, string | undefined])[] {
  const {asOf, cost, folder, place, summary} = result
  const {ageSeconds, endedAt, expiresAt, since} = summary
  const when = (iso: string) => (terminal.interactive ? `${iso.slice(0, 16).replace('T', ' ')} UTC` : iso)
  return [
    ['jobs', summary.kind === 'group' ? `${result.members.length}: ${statesWord(summary)}` : undefined],
    ['records', recordsWord(summary)],
    ['pace', paceLine(summary, asOf, terminal)],
    ['tokens', tokensLine(cost)],
    ['cost', costLine(cost, summary, terminal)],
    ['expected', expectedLine(cost, terminal)],
    [summary.state === 'Planned' ? 'planned' : 'submitted', `${when(since)}, ${spanWord(ageSeconds)} ago`],
    ['ended', endedAt === null ? undefined : when(endedAt)],
    ['expires', expiresAt === null ? undefined : when(expiresAt)],
    ['source', place?.source ?? undefined],
    ['input', place?.input],
    ['output', place?.output],
    ['role', place?.roleArn],
    ['kept in', folder ?? undefined],
  ]
}

function recordsWord(row: ProgressRow): string {
  const {pending, succeeded, total} = row.records
  const failed = failedWord(row)
  return [
    `${countWord(succeeded)} of ${countWord(total)} answered`,
    ...(failed === undefined ? [] : [failed]),
    ...(pending === 0 ? [] : [`${countWord(pending)} to come`]),
  ].join(', ')
}

function paceLine({pace, records}: ProgressRow, asOf: string, terminal: Terminal): string | undefined {
  if (pace === null) return (records.pending ?? 0) > 0 ? 'not known yet' : undefined
  const left = pace.endsAt === null ? '' : `, ${etaWord(pace, Date.parse(asOf), terminal)} left`
  const how = pace.basis === 'observed' ? '' : '; counted from submission, waiting included'
  return `${paceWord(pace, terminal)}${left}${how}`
}

function tokensLine(cost: BatchCost | null): string | undefined {
  if (cost === null || cost.tokens === null) return undefined
  const {input, output} = cost.tokens
  return `${formatCount(input)} input, ${formatCount(output)} output, by the manifests`
}

function costLine(cost: BatchCost | null, {records}: ProgressRow, terminal: Terminal): string {
  if (cost === null) return 'not known: there is no price, or nobody counted tokens'
  const {asOf, currency, how, soFar, source, tokens} = cost
  const amount = `${costWord({currency, how, ...soFar}, terminal)}${records.pending === 0 ? '' : ' so far'}`
  if (tokens === null) return `${amount}: what was processed, at the average of the plan`
  const dated = asOf === '' || source.includes(asOf.slice(0, 10)) ? '' : ` of ${asOf.slice(0, 10)}`
  return `${amount}, from ${how}; prices: ${source}${dated}`
}

function expectedLine(cost: BatchCost | null, terminal: Terminal): string | undefined {
  if (cost?.expected === null || cost === null) return undefined
  const {currency, expected, how, soFar} = cost
  if (expected.atMost !== null && expected.atMost === soFar.atMost) return undefined
  if (expected.atLeast === expected.atMost && expected.atLeast !== null)
    return `about ${formatMoney(expected.atLeast, currency)} in all`
  return `${costWord({currency, how, ...expected}, terminal)} in all`
}

/** `pile-r1-0004`, `3 jobs (pile-r1-0004 …)`. */
function jobsWord(jobs: readonly string[]): string {
  const [first = ''] = jobs
  return jobs.length === 1 ? first : `${plural(jobs.length, 'job')} (${first} …)`
}
