import {Box} from 'ink'
import {bodyOf, type JobFrame, type JobState, phaseMs, type ShownPhase} from '../job/state.js'
import {showElapsed} from '../quantities.js'
import type {Look, Span} from '../span.js'
import {toWidth, widthOf} from '../text-width.js'
import {Line} from './line.js'
import {barSpans, fittedFacts} from './progress-spans.js'

export interface JobScreenProps {
  readonly state: JobState
  readonly look: Look
}

/** The live view of one job: props in, a frame of the terminal's size out. */
export function JobScreen({look, state}: JobScreenProps) {
  const {frame, nowMs, size} = state
  const {columns, rows} = size
  const line = (key: string, spans: readonly Span[]) => <Line key={key} look={look} spans={spans} width={columns} />
  const {chart, notes} = bodyOf(state)
  return (
    <Box flexDirection="column" height={rows} overflow="hidden" width={columns}>
      {line('title', frame === undefined ? [{text: 'Looking for the first time …'}] : titleOf(frame))}
      {frame?.progress && line('bar', barSpans(frame.progress, columns, look))}
      {line('facts', [{text: fittedFacts(frame?.facts ?? [], columns, look), tone: 'faint'}])}
      {line('gap', [])}
      {(frame?.phases ?? []).map((phase) => line(phase.name, phaseSpans(phase, frame?.phases ?? [], nowMs, look)))}
      <Box flexDirection="column" flexGrow={1}>
        {chart.length > 0 && line('over-chart', [])}
        {chart.map((text, index) => line(`chart-${index}`, [{text}]))}
        {notes.length > 0 && line('over-notes', [])}
        {notes.map((text, index) => line(`note-${index}`, [{text}]))}
      </Box>
      {line('foot', footOf(state))}
    </Box>
  )
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
