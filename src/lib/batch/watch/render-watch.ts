import {sanitise} from '../../core/text.js'
import {toNdjson} from '../../output/json.js'
import {spanWord} from '../../output/span.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {ProgressRow} from '../progress/progress.schema.js'
import {countWord, failedWord, statesWord, stateWord} from '../progress/progress-words.js'
import type {BatchWatchResult} from './batch-watch.schema.js'
import type {WatchChange} from './watch-changes.js'

/** One line of a change, for people and pipes. `at`: ISO 8601. */
export function changeLine(change: WatchChange, at: string, terminal: Terminal): string {
  const time = terminal.interactive ? at.slice(11, 19) : at
  return `${paint('faint', time, terminal)}  ${paint('id', sanitise(change.name), terminal)}  ${whatChanged(change, at, terminal)}`
}

function whatChanged(change: WatchChange, at: string, terminal: Terminal): string {
  if (change.kind === 'progress') {
    const {endsAt, records, recordsPerSecond: rate} = change
    const failed = (records.failed ?? 0) > 0 ? `, ${countWord(records.failed)} failed` : ''
    const pace = rate === null ? '' : `, ${Number(rate.toPrecision(3))} records/s`
    const left = endsAt === null ? '' : `, ~${spanWord((Date.parse(endsAt) - Date.parse(at)) / 1000)} left`
    return `${countWord(records.succeeded)} of ${countWord(records.total)} answered${failed}${pace}${left}`
  }
  const from = change.from === null ? '' : `${change.from} ${terminal.unicode ? '→' : '->'} `
  const why = change.message === null ? '' : `: ${sanitise(change.message)}`
  return `${from}${stateWord(change.to, terminal)}${why}`
}

/** A change as one line of JSON. */
export function changeJson(change: WatchChange, at: string, simulated: boolean): string {
  return toNdjson([{at, ...change}], simulated)
}

const COLUMNS: readonly Column<ProgressRow>[] = [
  {key: 'job', title: 'JOB', value: ({name}) => name, weight: 0},
  {key: 'state', title: 'STATE', value: ({state}) => state, weight: 0},
  {key: 'done', title: 'DONE', value: ({records}) => records.succeeded},
  {key: 'total', title: 'OF', value: ({records}) => records.total},
  {key: 'failed', title: 'FAILED', value: ({records}) => records.failed},
  {key: 'message', title: 'MESSAGE', value: ({message}) => message},
]

const ENDS: Readonly<Record<BatchWatchResult['end'], string>> = {
  ended: '',
  'no-jobs': 'Shards are left without a job, and nobody submits them.',
  'timed-out': 'The wait is over; the jobs go on.',
  interrupted: 'Watching ended; the jobs go on.',
}

export const batchWatchView: View<BatchWatchResult, ProgressRow> = {
  rows: ({members, summary}) => (members.length === 0 && summary ? [summary] : members),
  columns: () => COLUMNS,
  text: lastWords,
  extra: {
    ndjson: ({asOf, end, gate, looks, next, simulated, summary}) =>
      toNdjson([{at: asOf, kind: 'end', end, passed: gate.passed, looks, summary, next}], simulated),
  },
}

function lastWords({end, failures, next, summary}: BatchWatchResult, terminal: Terminal): string {
  const {records, state = null} = summary ?? {}
  const failed = summary && failedWord(summary)
  const counts =
    records === undefined
      ? 'Nothing was seen yet.'
      : `${countWord(records.succeeded)} of ${countWord(records.total)} answered${failed === undefined ? '' : `, ${failed}`}`
  const jobs = summary?.kind === 'group' ? `; jobs: ${statesWord(summary)}` : ''
  const head = summary ? `${paint('strong', sanitise(summary.name), terminal)}  ${stateWord(state, terminal)}  ` : ''
  return (
    [
      `${head}${counts}${jobs}`,
      ENDS[end],
      ...failures.flatMap(({message, remedy}) => [sanitise(message), remedy ?? '']),
    ]
      .filter((line) => line !== '')
      .flatMap((line) => wrapText(line, terminal.width))
      // Not wrapped: a command is there to be copied.
      .concat(next.map((command, index) => `${index === 0 ? 'next' : '    '}  ${paint('id', command, terminal)}`))
      .join('\n')
  )
}
