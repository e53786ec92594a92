import type {TelemetryDevice, TelemetryRow, TelemetrySampler} from './ports.js'
import type {ToolStream} from './tool.js'

/** What a sampler of a tool knows besides its rows. */
export interface SamplerState {
  readonly label: string
  devices: readonly TelemetryDevice[]
  readonly notes: string[]
  /** Why there is nothing more. */
  absent?: string
}

/** Takes rows until `ended` is aborted, or until there are no more; says how it ended. */
type Produce = (everyMs: number, ended: AbortSignal, rows: RowQueue) => Promise<string>

/** A reader of rows that gets what `produce` pushes, and ends it when it stops reading. */
export function toolSampler(state: SamplerState, produce: Produce): TelemetrySampler {
  return {
    label: state.label,
    absent: () => state.absent,
    devices: () => state.devices,
    notes: () => state.notes,
    async *rows(everyMs, signal) {
      const stopped = new AbortController()
      const ended = AbortSignal.any([signal, stopped.signal])
      const queue = new RowQueue()
      const done = produce(everyMs, ended, queue).then(
        (how) => {
          if (!ended.aborted) state.absent = how
        },
        (error: unknown) => {
          if (!ended.aborted) state.absent = error instanceof Error ? error.message : String(error)
        },
      )
      void done.then(() => queue.close())
      try {
        yield* queue
      } finally {
        stopped.abort()
        await done
      }
    },
  }
}

/** Beyond this nobody reads any more: a day of eight GPUs, twice a second, is less an hour. */
const MOST_WAITING = 100_000

/** Rows on their way from a process to a reader. */
export class RowQueue implements AsyncIterable<TelemetryRow> {
  readonly #rows: TelemetryRow[] = []
  #closed: boolean = false
  #wake: () => void = () => undefined

  push(row: TelemetryRow): void {
    if (this.#rows.length < MOST_WAITING) this.#rows.push(row)
    this.#wake()
  }

  close(): void {
    this.#closed = true
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TelemetryRow> {
    for (;;) {
      yield* this.#rows.splice(0)
      if (this.#rows.length > 0) continue
      if (this.#closed) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}

/** So many lines in a row that are none of the tool's: it is another tool, or has broken. */
const MOST_GARBAGE = 20
/** Nothing for so long: the tool hangs. */
const SILENCE_MS = 20_000

/** Reads a stream to its end and says how it ended; strange lines are passed over and counted. */
export async function followTool(
  state: SamplerState,
  stream: ToolStream,
  take: (line: string) => boolean,
): Promise<string> {
  let strange = 0
  let inARow = 0
  const lines = stream.lines[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await orSilence(lines.next())
      if (next === 'silent') return `${state.label} was silent for ${SILENCE_MS / 1000} s`
      if (next.done) return await stream.ended()
      if (next.value.trim() === '') continue
      inARow = take(next.value) ? 0 : inARow + 1
      if (inARow > 0) strange++
      if (inARow >= MOST_GARBAGE) return `${state.label} answers with something else than readings`
    }
  } finally {
    if (strange > 0) state.notes.push(`${strange} lines of ${state.label} were no readings`)
  }
}

async function orSilence<Value>(value: Promise<Value>): Promise<Value | 'silent'> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<'silent'>((resolve) => {
    timer = setTimeout(() => resolve('silent'), SILENCE_MS)
  })
  try {
    return await Promise.race([value, silence])
  } finally {
    clearTimeout(timer)
  }
}
