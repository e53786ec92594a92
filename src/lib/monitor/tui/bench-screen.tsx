import {Box} from 'ink'
import {liveProgress, liveRows} from '../bench/live-rows.js'
import {clientText, deviceFacts, errorsText, nowText, progressFacts, requestsText} from '../bench/live-words.js'
import type {BenchNames, BenchState, LiveDevice} from '../bench/state.js'
import {showElapsed, sparkline} from '../quantities.js'
import type {Look, Span} from '../span.js'
import {BENCH_HELP} from './bench-help.js'
import {benchTable} from './bench-table.js'
import {Line} from './line.js'
import {barSpans, fittedFacts} from './progress-spans.js'

export interface BenchScreenProps {
  readonly state: BenchState
  readonly look: Look
  /** The run's name, and whether a sandbox answers. */
  readonly title: string
  readonly simulated: boolean
}

/** Columns of the course of a device. */
const COURSE = 20

/** The live view of a bench: props in, a frame of the terminal's size out. */
export function BenchScreen({look, simulated, state, title}: BenchScreenProps) {
  const {columns, rows} = state.size
  const line = (key: string, spans: readonly Span[]) => <Line key={key} look={look} spans={spans} width={columns} />
  const body = state.help ? helpLines() : runLines(state, columns, look)
  const shown = body.slice(0, Math.max(0, rows - 5))
  return (
    <Box flexDirection="column" height={rows} overflow="hidden" width={columns}>
      {line('title', titleOf(state, title, simulated))}
      {line('bar', progressOf(state, columns, look))}
      {line('facts', [{text: fittedFacts(progressFacts(state), columns, look), tone: 'faint'}])}
      {line('now', [{text: nowText(state), ...(state.stopping !== 'no' && ({tone: 'warn'} as const))}])}
      <Box flexDirection="column" flexGrow={1}>
        {shown.map(({key, spans}) => line(key, spans))}
      </Box>
      {line('foot', footOf(state))}
    </Box>
  )
}

interface Keyed {
  readonly key: string
  readonly spans: readonly Span[]
}

function titleOf(state: BenchState, title: string, simulated: boolean): readonly Span[] {
  return [
    {text: title, tone: 'strong'},
    {text: `  ${showElapsed(state.nowMs - state.startedAtMs)}`, tone: 'faint'},
    ...(simulated ? [{text: '  simulated', tone: 'warn'} as const] : []),
  ]
}

function progressOf(state: BenchState, columns: number, look: Look): readonly Span[] {
  const {share} = liveProgress(state)
  return barSpans({share, text: requestsText(state)}, columns, look)
}

function runLines(state: BenchState, columns: number, look: Look): readonly Keyed[] {
  const rows = liveRows(state)
  const {head, lines} = benchTable(rows, columns, look)
  const running = rows.find((row) => row.state === 'running')
  const client = clientText(running?.lagMs)
  const errors = errorsText(state)
  return [
    {key: 'gap', spans: []},
    ...(rows.length > 0 ? [{key: 'head', spans: head}] : []),
    ...lines.map((spans, index) => ({key: `target ${index}`, spans})),
    {key: 'gap 2', spans: []},
    ...state.devices.map((device) => ({
      key: `${device.source} ${device.device}`,
      spans: deviceSpans(device, state.names, columns, look),
    })),
    ...(running
      ? [{key: 'client', spans: [{text: client.text, ...(client.isLate && ({tone: 'warn'} as const))}]}]
      : []),
    ...(errors === '' ? [] : [{key: 'errors', spans: [{text: 'failed: ', tone: 'bad'} as const, {text: errors}]}]),
  ]
}

function deviceSpans(device: LiveDevice, {units}: BenchNames, columns: number, look: Look): readonly Span[] {
  const name = `${device.source} ${device.device}`
  const course = look.unicode && columns >= 100 ? `  ${sparkline(device.course.slice(-COURSE))}` : ''
  const room = columns - name.length - 2 - (course === '' ? 0 : COURSE + 2)
  return [{text: name, tone: 'id'}, {text: `  ${fittedFacts(deviceFacts(device, units), room, look)}`}, {text: course}]
}

function helpLines(): readonly Keyed[] {
  return [{key: 'gap', spans: []}, ...BENCH_HELP.map((text, index) => ({key: `help ${index}`, spans: [{text}]}))]
}

const STOP_WORDS = {
  no: 'q stop and keep what was measured',
  draining: 'q again: give up what is in flight',
  dropping: 'ending',
} as const

function footOf({help, stopping}: BenchState): readonly Span[] {
  return [
    {text: STOP_WORDS[stopping], tone: stopping === 'no' ? 'faint' : 'warn'},
    {text: help ? '  ? back' : '  ? help', tone: 'faint'},
  ]
}
