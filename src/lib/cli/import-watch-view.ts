import type {ImportLook} from '../imports/watch/watch-import.js'
import type {Terminal} from '../output/terminal.js'
import type {JobWatchView} from './job-watch-view.js'

interface ViewFrame {
  /** As `--output` has it; a view on a terminal is `table`. */
  readonly format: string
  /** Lines even where a screen could be drawn. */
  readonly plain: boolean
  readonly terminal: Terminal
  readonly note: (text: string) => void
  readonly signal: AbortSignal
}

/** How an import is shown while it is watched: one screen on a terminal, elsewhere a line a change. */
export async function openImportView(frame: ViewFrame): Promise<JobWatchView<ImportLook>> {
  const {format, note, signal, terminal} = frame
  const [{isScreenWanted}, {openJobLines, openJobScreen}] = await Promise.all([
    import('../monitor/screen-wanted.js'),
    import('./job-watch-view.js'),
  ])
  const plain = frame.plain || format !== 'table'
  if (isScreenWanted({stdin: process.stdin, stdout: process.stdout, env: process.env, plain})) {
    const {watchFrame} = await import('../imports/watch/watch-words.js')
    return openJobScreen<ImportLook>(watchFrame, {look: terminal, signal})
  }
  const [{changeJson, changeLine}, {watchChanges}] = await Promise.all([
    import('../imports/watch/render-watch.js'),
    import('../imports/watch/watch-changes.js'),
  ])
  const line = (change: Parameters<typeof changeLine>[0], at: string) => changeLine(change, at, terminal)
  return openJobLines({changes: watchChanges, line, json: changeJson}, format, {note, signal})
}
