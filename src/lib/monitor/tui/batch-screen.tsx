import {type BatchFrame, type BatchState, roomFor, type WatchedJob} from '../batch/state.js'
import {barSpans, fittedFacts} from '../progress-spans.js'
import {showElapsed} from '../quantities.js'
import type {Look, Span} from '../span.js'
import {toWidth, widthOf} from '../text-width.js'
import {Frame} from './frame.js'
import {filled} from './lay-spans.js'

export interface BatchScreenProps {
  readonly state: BatchState
  readonly look: Look
}

/** The live view of a batch: props in, a frame of the terminal's size out. */
export function BatchScreen({look, state}: BatchScreenProps) {
  const {frame, size} = state
  const {columns, rows} = size
  const jobs = frame?.jobs.slice(state.top, state.top + roomFor(state)) ?? []
  const widths = widthsOf(frame?.jobs ?? [])
  const lines = [
    titleOf(frame),
    frame === undefined
      ? [{text: 'Looking for the first time …'}]
      : barSpans({share: frame.share, text: frame.records}, columns, look),
    [{text: fittedFacts(frame?.facts ?? [], columns, look), tone: 'faint'} as const],
    [],
    ...(jobs.length > 0 ? [headOf(widths)] : []),
    ...jobs.map((job) => jobSpans(job, widths)),
  ]
  return <Frame lines={filled(lines, [footOf(state, jobs.length)], rows)} look={look} size={size} />
}

function titleOf(frame: BatchFrame | undefined): readonly Span[] {
  if (frame === undefined) return []
  return [
    {text: frame.name, tone: 'strong'},
    {text: '  '},
    {text: frame.state, ...(frame.tone && {tone: frame.tone})},
    {text: `  ${frame.where}`, tone: 'faint'},
    ...(frame.simulated ? [{text: '  simulated', tone: 'warn'} as const] : []),
  ]
}

interface Widths {
  readonly name: number
  readonly state: number
  readonly count: number
}

function widthsOf(jobs: readonly WatchedJob[]): Widths {
  const widest = (least: number, of: (job: WatchedJob) => string) =>
    jobs.reduce((width, job) => Math.max(width, widthOf(of(job))), least)
  return {
    name: widest(3, ({name}) => name),
    state: widest(10, ({state}) => state),
    count: widest(6, ({total}) => total),
  }
}

function headOf({count, name, state}: Widths): readonly Span[] {
  const right = (text: string) => toWidth(text, count + 2, {align: 'right'})
  return [
    {
      text: `${toWidth('JOB', name)}  ${toWidth('STATE', state)}${right('DONE')}${right('OF')}${right('FAILED')}`,
      tone: 'strong',
    },
  ]
}

function jobSpans(job: WatchedJob, {count, name, state}: Widths): readonly Span[] {
  const right = (text: string) => toWidth(text, count + 2, {align: 'right'})
  return [
    {text: toWidth(job.name, name), tone: 'id'},
    {text: '  '},
    {text: toWidth(job.state, state), ...(job.tone && {tone: job.tone})},
    {text: `${right(job.done)}${right(job.total)}${right(job.failed)}`},
  ]
}

function footOf({frame, nowMs, top, trouble}: BatchState, shown: number): readonly Span[] {
  const all = frame?.jobs.length ?? 0
  const list = shown < all ? `  j/k scroll, ${top + 1}-${top + shown} of ${all}` : ''
  const keys: Span = {text: `q leave (jobs go on)${list}`, tone: 'faint'}
  if (trouble !== undefined) return [keys, {text: `  ${trouble}`, tone: 'warn'}]
  if (frame?.nextAtMs === undefined) return [keys]
  return [keys, {text: `  next look in ${showElapsed(Math.max(0, frame.nextAtMs - nowMs))}`, tone: 'faint'}]
}
