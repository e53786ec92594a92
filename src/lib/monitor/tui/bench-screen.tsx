import {liveProgress, liveRows} from '../bench/live-rows.js'
import {clientText, deviceFacts, errorsText, nowText, progressFacts, requestsText} from '../bench/live-words.js'
import type {BenchNames, BenchState, LiveDevice} from '../bench/state.js'
import {barSpans, fittedFacts} from '../progress-spans.js'
import {showElapsed, sparkline} from '../quantities.js'
import type {Look, Span, SpanLine} from '../span.js'
import {BENCH_HELP} from './bench-help.js'
import {benchTable} from './bench-table.js'
import {Frame} from './frame.js'
import {filled} from './lay-spans.js'

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
  const lines: readonly SpanLine[] = [
    titleOf(state, title, simulated),
    progressOf(state, columns, look),
    [{text: fittedFacts(progressFacts(state), columns, look), tone: 'faint'}],
    [{text: nowText(state), ...(state.stopping !== 'no' && ({tone: 'warn'} as const))}],
    ...(state.help ? helpLines() : runLines(state, columns, look)),
  ]
  return <Frame lines={filled(lines, [footOf(state)], rows)} look={look} size={state.size} />
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

function runLines(state: BenchState, columns: number, look: Look): readonly SpanLine[] {
  const rows = liveRows(state)
  const {head, lines} = benchTable(rows, columns, look)
  const running = rows.find((row) => row.state === 'running')
  const client = clientText(running?.lagMs)
  const errors = errorsText(state)
  return [
    [],
    ...(rows.length > 0 ? [head] : []),
    ...lines,
    [],
    ...state.devices.map((device) => deviceSpans(device, state.names, columns, look)),
    ...(running ? [[{text: client.text, ...(client.isLate && ({tone: 'warn'} as const))}]] : []),
    ...(errors === '' ? [] : [[{text: 'failed: ', tone: 'bad'} as const, {text: errors}]]),
  ]
}

function deviceSpans(device: LiveDevice, {units}: BenchNames, columns: number, look: Look): readonly Span[] {
  const name = `${device.source} ${device.device}`
  const course = look.unicode && columns >= 100 ? `  ${sparkline(device.course.slice(-COURSE))}` : ''
  const room = columns - name.length - 2 - (course === '' ? 0 : COURSE + 2)
  return [{text: name, tone: 'id'}, {text: `  ${fittedFacts(deviceFacts(device, units), room, look)}`}, {text: course}]
}

function helpLines(): readonly SpanLine[] {
  return [[], ...BENCH_HELP.map((text): SpanLine => [{text}])]
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
