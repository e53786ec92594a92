import {sanitise} from '../../core/text.js'
import {toNdjson} from '../../output/json.js'
import {spanWord} from '../../output/span.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {nextLines, stateWord} from '../import-words.js'
import type {ImportRow} from '../imports.schema.js'
import type {ImportsWatchResult} from './imports-watch.schema.js'
import type {WatchChange} from './watch-changes.js'
import {paceWords} from './watch-words.js'

/** One line of a change, for people and pipes. `at`: ISO 8601. */
export function changeLine({from, message, name, seconds, to}: WatchChange, at: string, terminal: Terminal): string {
  const time = terminal.interactive ? at.slice(11, 19) : at
  const came = from === null ? '' : `${from} ${terminal.unicode ? '→' : '->'} `
  const took = seconds === null ? '' : `  ${spanWord(seconds)}`
  const why = message === null ? '' : `: ${sanitise(message)}`
  return `${paint('faint', time, terminal)}  ${paint('id', sanitise(name), terminal)}  ${came}${stateWord(to, terminal)}${took}${why}`
}

/** A change as one line of JSON. */
export function changeJson(change: WatchChange, at: string, simulated: boolean): string {
  return toNdjson([{at, ...change}], simulated)
}

const COLUMNS: readonly Column<ImportRow>[] = [
  {key: 'name', title: 'MODEL', value: ({name}) => name, weight: 0},
  {key: 'state', title: 'STATE', value: ({state}) => state, weight: 0},
  {key: 'seconds', title: 'SECONDS', value: ({seconds}) => seconds, align: 'right'},
  {key: 'model-arn', title: 'MODEL ARN', value: ({modelArn}) => modelArn},
]

const ENDS: Readonly<Record<ImportsWatchResult['end'], string>> = {
  ended: '',
  'timed-out': 'The wait is over; the import goes on.',
  interrupted: 'Watching ended; the import goes on.',
}

export const importsWatchView: View<ImportsWatchResult, ImportRow> = {
  rows: (result) => (result.import === null ? [] : [result.import]),
  columns: () => COLUMNS,
  text: lastWords,
  extra: {
    ndjson: ({asOf, end, failure, gate, import: row, looks, next, simulated}) =>
      toNdjson([{at: asOf, kind: 'end', end, passed: gate.passed, looks, import: row, failure, next}], simulated),
  },
}

function lastWords({end, failure, import: row, next, pace}: ImportsWatchResult, terminal: Terminal): string {
  const took = row?.seconds === null || row === null ? '' : `  ${spanWord(row.seconds)}`
  const head =
    row === null
      ? 'Nothing was seen yet.'
      : `${paint('strong', sanitise(row.name), terminal)}  ${stateWord(row.state, terminal)}${took}`
  return [
    ...[head, ENDS[end], end === 'ended' ? '' : paceWords(pace), failure === null ? '' : sanitise(failure.message)]
      .concat(failure?.remedy ?? '')
      .filter((line) => line !== '')
      .flatMap((line) => wrapText(line, terminal.width)),
    ...nextLines(next, terminal),
  ].join('\n')
}
