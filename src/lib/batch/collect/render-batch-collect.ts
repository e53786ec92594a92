import {plural, sanitise, sizeWords} from '../../core/text.js'
import {formatCount, formatMoney} from '../../output/money.js'
import {type Meaning, paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {BatchCollect, CollectedCost, CollectedTokens, Outcome} from './batch-collect.schema.js'

const MEANING: Readonly<Record<Outcome['outcome'], Meaning>> = {
  answered: 'good',
  failed: 'bad',
  missing: 'warn',
  'without-id': 'warn',
}

const COLUMNS: readonly Column<Outcome>[] = [
  {
    key: 'outcome',
    title: 'OUTCOME',
    value: ({outcome}) => outcome,
    text: ({outcome}, terminal) => paint(MEANING[outcome], outcome, terminal),
    weight: 0,
  },
  {
    key: 'records',
    title: 'RECORDS',
    value: ({records}) => records,
    text: ({records}) => many(records),
    align: 'right',
    weight: 0,
  },
  {key: 'class', title: 'CLASS', value: (row) => row.class, text: (row) => row.class ?? '-', weight: 1},
  {key: 'code', title: 'CODE', value: ({code}) => code, text: ({code}) => sanitise(String(code ?? '-')), weight: 2},
  {key: 'said', title: 'SAID', value: ({said}) => said, text: ({said}) => sanitise(said ?? '-'), weight: 3},
]

/** What became of the records; the answers themselves are elsewhere. */
export const batchCollectView: View<BatchCollect, Outcome> = {
  rows: ({outcomes}) => outcomes,
  columns: () => COLUMNS,
  text: renderBatchCollect,
}

/** Those that say something: what was answered has neither class nor code. */
function columnsOf(outcomes: readonly Outcome[]): readonly Column<Outcome>[] {
  return COLUMNS.filter(({value}) => outcomes.some((row) => value(row) !== null))
}

const LABEL = 12

const FORMATS = {jsonl: 'JSON Lines', csv: 'CSV', parquet: 'Parquet'} as const

async function renderBatchCollect(result: BatchCollect, terminal: Terminal): Promise<string> {
  const {answered, group, outcomes, records, region} = result
  const head = [
    paint('strong', group ?? result.jobs[0]?.name ?? 'batch job', terminal),
    `${many(answered)} of ${many(records)} ${records === 1 ? 'record' : 'records'} answered`,
    region,
  ]
  const lines = [...factsOf(result), ...doubtsOf(result), ...nextOf(result)]
  return [
    ...wrapText(head.join('   '), terminal.width),
    '',
    await renderTable(outcomes, columnsOf(outcomes), terminal),
    '',
    ...lines.flatMap(([label, text, meaning]) => labelled(label, sanitise(text), meaning, terminal)),
  ].join('\n')
}

type Line = readonly [label: string, text: string, meaning?: Meaning]

function labelled(label: string, text: string, meaning: Meaning | undefined, terminal: Terminal): readonly string[] {
  const word = meaning === undefined ? label : paint(meaning, label, terminal)
  return wrapText(text, Math.max(20, terminal.width - LABEL)).map((part, index) =>
    index === 0 ? `${word}${' '.repeat(LABEL - label.length)}${part}` : `${' '.repeat(LABEL)}${part}`,
  )
}

function factsOf({cost, failedFile, input, jobs, out, tokens}: BatchCollect): readonly Line[] {
  const written = out ? `${out.file ?? 'standard output'}: ${FORMATS[out.format]}, ${sizeWords(out.bytes)}` : 'nothing'
  return [
    ['joined to', input.name],
    ['jobs', `${plural(jobs.length, 'job')}, ${plural(filesIn(jobs), 'output')}`],
    ...(tokens ? [['tokens', tokenWords(tokens)] as const] : []),
    ['cost', costWords(cost)],
    ['written', written],
    ...(failedFile === null ? [] : [['failed', failedFile] as const]),
  ]
}

function filesIn(jobs: BatchCollect['jobs']): number {
  return jobs.reduce((sum, {files}) => sum + files, 0)
}

function tokenWords({input, output, source, uncounted}: CollectedTokens): string {
  const rest = uncounted === 0 ? '' : `; ${plural(uncounted, 'answer')} more tell none`
  return `${formatCount(input)} input, ${formatCount(output)} output, by the ${source}${rest}`
}

function costWords({amount, asOf, currency, source, why}: CollectedCost): string {
  if (amount === null) return `not known: ${why ?? 'nothing was counted'}`
  const date = (asOf ?? '').slice(0, 10)
  const dated = source?.includes(date) ? '' : `, ${date}`
  return `${formatMoney(amount, currency ?? 'USD')} by batch prices; ${source}${dated}`
}

/** What does not fit together: none of it is lost, and none of it is in the result. */
function doubtsOf(result: BatchCollect): readonly Line[] {
  const {confused, firstMissing, foreign, jobs, notes, repeatedIds, repeatedLines, unparsable} = result
  const withoutId = result.outcomes.find(({outcome}) => outcome === 'without-id')?.records ?? 0
  const doubts: readonly (readonly [label: string, text: string | undefined])[] = [
    ['missing', firstMissing.length === 0 ? undefined : `such as ${firstMissing.join(', ')}`],
    ['unparsable', strayWords(unparsable, 'that cannot be read as an answer')],
    ['foreign', strayWords(foreign, 'with an id that no record has')],
    ['no id', withoutId === 0 ? undefined : `the service made up ids for ${plural(withoutId, 'record')} without one`],
    ['repeated', repeatedLines === 0 ? undefined : `${plural(repeatedLines, 'line')} of outputs say something again`],
    ['repeated', repeatedIds === 0 ? undefined : `${plural(repeatedIds, 'record')} with the id of an earlier one`],
    ['confused', confused === 0 ? undefined : `${plural(confused, 'answer')} left out by chance; run it again`],
    ...jobs.flatMap(({differences, name}) => differences.map((text) => ['manifest', `${name}: ${text}`] as const)),
    ...notes.map((text) => ['note', text] as const),
  ]
  return doubts.flatMap(([label, text]) => (text === undefined ? [] : [[label, text, 'warn'] as const]))
}

function strayWords({count, first}: BatchCollect['foreign'], what: string): string | undefined {
  const [place] = first
  if (place === undefined) return undefined
  return `${plural(count, 'line')} ${what}; the first is line ${place.line} of ${place.source}: ${place.why}`
}

function nextOf({gate, group}: BatchCollect): readonly Line[] {
  return gate?.passed === false && group !== null ? [['next', `bedrockctl batch retry ${group}`]] : []
}

function many(count: number): string {
  return count.toLocaleString('en-US')
}
