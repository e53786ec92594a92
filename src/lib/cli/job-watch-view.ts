import type {BedrockctlError} from '../core/errors.js'
import type {Sighting} from '../jobs/wait/wait-for-end.js'
import type {JobFrame} from '../monitor/job/state.js'
import type {Terminal} from '../output/terminal.js'

/** How one long job is shown while it is watched. */
export interface JobWatchView<Seen> {
  /** Aborts when the user leaves. */
  readonly signal: AbortSignal
  onLook(sighting: Sighting<Seen>, simulated: boolean): void
  onTrouble(failure: BedrockctlError, waitMs: number): void
  close(): Promise<void>
}

/** The live view: it takes the terminal until it is left or closed. */
export async function openJobScreen<Seen>(
  frameOf: (sighting: Sighting<Seen>, simulated: boolean) => JobFrame,
  {look, signal}: {readonly look: Terminal; readonly signal: AbortSignal},
): Promise<JobWatchView<Seen>> {
  const {showJobScreen} = await import('../monitor/tui/show-job.js')
  const over = new AbortController()
  const left = new AbortController()
  const {stdin, stdout} = process
  const stage = {stdin, stdout, signals: process, signal: AbortSignal.any([signal, over.signal])}
  const {closed, dispatch} = showJobScreen({now: Date.now, look, stage})
  const gone = closed.finally(() => left.abort(new DOMException('left', 'AbortError')))
  return {
    signal: AbortSignal.any([signal, left.signal]),
    onLook: (sighting, simulated) => dispatch({type: 'looked', frame: frameOf(sighting, simulated)}),
    onTrouble: (failure, waitMs) => dispatch({type: 'troubled', text: troubleWords(failure, waitMs)}),
    close: async () => {
      over.abort()
      await gone
    },
  }
}

/** Changes from look to look, as lines of text or of JSON. */
export interface JobLines<Seen, Change> {
  readonly changes: (before: Seen | undefined, now: Seen) => readonly Change[]
  readonly line: (change: Change, at: string) => string
  readonly json: (change: Change, at: string, simulated: boolean) => string
}

/** One line a change; nothing before the end where one document is asked for. */
export function openJobLines<Seen, Change>(
  {changes, json, line}: JobLines<Seen, Change>,
  format: string,
  {note, signal}: {readonly note: (text: string) => void; readonly signal: AbortSignal},
): JobWatchView<Seen> {
  let before: Seen | undefined
  return {
    signal,
    onLook: ({atMs, seen}, simulated) => {
      const at = new Date(atMs).toISOString()
      for (const change of changes(before, seen)) {
        if (format === 'ndjson') process.stdout.write(json(change, at, simulated))
        else if (format === 'table') process.stdout.write(`${line(change, at)}\n`)
      }
      before = seen
    },
    onTrouble: (failure, waitMs) => note(troubleWords(failure, waitMs)),
    close: async () => undefined,
  }
}

function troubleWords({message}: BedrockctlError, waitMs: number): string {
  return `${message} Looking again in ${Math.ceil(waitMs / 1000)} s.`
}
