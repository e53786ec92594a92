import type {SamplerClock, SamplerEvent} from '../sampler/sampler-event.js'
import type {Recorded} from './recording.schema.js'

export interface ReplayInput {
  readonly lines: AsyncIterable<Recorded>
  /** Moment of the first line. */
  readonly startMs: number
  /** So many times as fast as it was recorded; Infinity: without waiting. */
  readonly speed: number
  /** What comes later is left out; undefined: to its end. */
  readonly untilMs: number | undefined
  /** Waited for before the next is told. */
  readonly emit: (event: SamplerEvent) => void | Promise<void>
  readonly signal: AbortSignal
}

/** A recording being told again. */
export interface Replay {
  /** The moment of the recording that is told now; it stands still at its end. */
  now(): number
  /** Resolves at the end of the recording, or when it was stopped; rejects where it is damaged. */
  readonly done: Promise<void>
}

/** Tells what was recorded, at the pace it came, or faster. */
export function startReplay({emit, lines, signal, speed, startMs, untilMs}: ReplayInput, clock: SamplerClock): Replay {
  const beganMs = clock.now()
  let toldMs = startMs
  // What comes next is not past yet: where telling falls behind, the clock waits for it, and at the end it stands still.
  let nextMs = startMs
  const now = () =>
    speed === Number.POSITIVE_INFINITY
      ? toldMs
      : Math.max(toldMs, Math.min(nextMs, startMs + (clock.now() - beganMs) * speed))
  const tell = async () => {
    for await (const {at, event} of lines) {
      if (untilMs !== undefined && at > untilMs) break
      nextMs = Math.max(nextMs, at)
      const waitMs = speed === Number.POSITIVE_INFINITY ? 0 : beganMs + (at - startMs) / speed - clock.now()
      if (waitMs > 0) await waited(waitMs, clock, signal)
      if (signal.aborted) return
      toldMs = Math.max(toldMs, at)
      await emit(asReplayed(event))
    }
  }
  return {now, done: tell()}
}

function asReplayed(event: Recorded['event']): SamplerEvent {
  if (event.type === 'watching') return {...event, subject: {...event.subject, replayed: true}}
  return event.type === 'failed' ? {...event, nextAtMs: event.nextAtMs} : event
}

function waited(ms: number, clock: SamplerClock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
    const stop = () => {
      cancel()
      resolve()
    }
    signal.addEventListener('abort', stop, {once: true})
  })
}
