import {usageError} from '../../core/errors.js'
import type {Recording} from '../../monitor/board/recording/read-recording.js'
import type {RecordingHead} from '../../monitor/board/recording/recording.schema.js'
import type {Replay} from '../../monitor/board/recording/replay.js'
import type {MonitorOptions} from './options.js'
import type {Teller, Telling} from './teller.js'

/** A recording that is told again; it has no account to ask. */
export async function openReplay({file, speed, untilMs}: NonNullable<MonitorOptions['replay']>): Promise<Teller> {
  const {openRecording} = await import('../../monitor/board/recording/read-recording.js')
  const recording = await openRecording(file)
  const {at} = recording.head
  if (untilMs !== undefined && untilMs < at) {
    const began = new Date(at).toISOString()
    throw usageError('MONITOR_FLAGS', `--until is a moment before ${file} begins, which is at ${began}.`, {
      hint: 'Name a later moment, or leave --until out for all of it.',
    })
  }
  return new ReplayTeller(recording, {speed, untilMs})
}

class ReplayTeller implements Teller {
  readonly subject
  readonly intervalMs: number
  readonly #head: RecordingHead
  readonly #recording: Recording
  readonly #pace: {readonly speed: number; readonly untilMs: number | undefined}
  #replay: Replay | undefined
  #telling: Telling | undefined

  constructor(recording: Recording, pace: {readonly speed: number; readonly untilMs: number | undefined}) {
    const {head} = recording
    this.#head = head
    this.#recording = recording
    this.#pace = pace
    this.subject = {...head.subject, replayed: true}
    this.intervalMs = head.intervalMs
  }

  now(): number {
    return this.#replay?.now() ?? this.#head.at
  }

  async tell(telling: Telling): Promise<void> {
    this.#telling = telling
    const [{startReplay}, {realSamplerClock}] = await Promise.all([
      import('../../monitor/board/recording/replay.js'),
      import('../../monitor/board/sampler/sampler-event.js'),
    ])
    const {emit, signal} = telling
    const input = {lines: this.#recording.lines, startMs: this.#head.at, ...this.#pace, emit, signal}
    this.#replay = startReplay(input, realSamplerClock)
    await this.#replay.done
    telling.say('The recording has ended.', undefined)
  }

  wish(): void {
    this.#telling?.say('This is a recording: it is shown as it was.', 'warn')
  }

  show(): void {
    // Everything that was read is there already.
  }
}
