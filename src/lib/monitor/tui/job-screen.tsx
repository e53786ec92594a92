import {bodyOf, type JobFrame, type JobState, phaseMs, type ShownPhase} from '../job/state.js'
import {barSpans, fittedFacts} from '../progress-spans.js'
import {showElapsed} from '../quantities.js'
import type {Look, Span, SpanLine} from '../span.js'
import {toWidth, widthOf} from '../text-width.js'
import {Frame} from './frame.js'
import {filled} from './lay-spans.js'

export interface JobScreenProps {
  readonly state: JobState
  readonly look: Look
}

/** The live view of one job: props in, a frame of the terminal's size out. */
export function JobScreen({look, state}: JobScreenProps) {
  const {frame, nowMs, size} = state
  const {columns, rows} = size
  const {chart, notes} = bodyOf(state)
  const plain = (text: string): SpanLine => [{text}]
  const lines: readonly SpanLine[] = [
    frame === undefined ? plain('Looking for the first time …') : titleOf(frame),
    ...(frame?.progress ? [barSpans(frame.progress, columns, look)] : []),
    [{text: fittedFacts(frame?.facts ?? [], columns, look), tone: 'faint'}],
    [],
    ...(frame?.phases ?? []).map((phase) => phaseSpans(phase, frame?.phases ?? [], nowMs, look)),
    ...(chart.length > 0 ? [[], ...chart.map(plain)] : []),
    ...(notes.length > 0 ? [[], ...notes.map(plain)] : []),
  ]
  return <Frame lines={filled(lines, [footOf(state)], rows)} look={look} size={size} />
}

function titleOf(frame: JobFrame): readonly Span[] {
  return [
    {text: frame.title, tone: 'strong'},
    {text: '  '},
    {text: frame.state, ...(frame.tone && {tone: frame.tone})},
    {text: `  ${frame.where}`, tone: 'faint'},
    ...(frame.simulated ? [{text: '  simulated', tone: 'warn'} as const] : []),
  ]
}

const MARKS = {good: ['✓', '+'], bad: ['✗', 'x'], warn: ['!', '!'], none: ['·', '.'], runs: ['▸', '>']} as const

/** `✓ validation       Completed    3m 12s`. */
function phaseSpans(phase: ShownPhase, all: readonly ShownPhase[], nowMs: number, {unicode}: Look): readonly Span[] {
  const {endedAtMs, name, startedAtMs, state, tone} = phase
  const runs = startedAtMs !== undefined && endedAtMs === undefined
  const [sign, plain] = MARKS[tone ?? (runs ? 'runs' : 'none')]
  const widest = (of: (one: ShownPhase) => string) => Math.max(...all.map((one) => widthOf(of(one))))
  const ms = phaseMs(phase, nowMs)
  return [
    {text: `${unicode ? sign : plain} `, ...(tone && {tone})},
    {text: toWidth(name, widest((one) => one.name) + 2)},
    {text: toWidth(state, widest((one) => one.state) + 2), ...(tone && {tone})},
    {text: ms === undefined ? '' : showElapsed(ms), tone: runs ? 'strong' : 'faint'},
  ]
}

function footOf({frame, nowMs, trouble}: JobState): readonly Span[] {
  const keys: Span = {text: 'q leave (the job goes on)', tone: 'faint'}
  if (trouble !== undefined) return [keys, {text: `  ${trouble}`, tone: 'warn'}]
  if (frame?.nextAtMs === undefined) return [keys]
  return [keys, {text: `  next look in ${showElapsed(Math.max(0, frame.nextAtMs - nowMs))}`, tone: 'faint'}]
}
