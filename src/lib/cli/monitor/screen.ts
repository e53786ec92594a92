import {EXIT} from '../../core/errors.js'
import type {Topic} from '../../monitor/board/topics.js'
import type {Board} from './board.js'

/** A look that waits for a Region does not keep others from being told: the board shows each as it comes. */
const FIRST_ROUND_MS = 0

/** The board on the terminal, until it is left. */
export async function showOnScreen(board: Board): Promise<undefined> {
  const {frame, options, signal, store, teller, views} = board
  const [{showBoard}, {shownView}] = await Promise.all([
    import('../../monitor/tui/show-board.js'),
    import('../../monitor/board/ui/shown.js'),
  ])
  const {stdin, stdout} = process
  const topics = (): ReadonlySet<Topic> => new Set(shownView(store.getSnapshot(), views)?.topics)
  let shown = topics()
  const unsubscribe = store.subscribe(() => {
    const next = topics()
    if (next.size === shown.size && [...next].every((topic) => shown.has(topic))) return
    shown = next
    teller.show(next)
  })
  const say = (text: string, tone: 'good' | 'bad' | 'warn' | undefined) =>
    store.dispatch({type: 'noted', text, ...(tone === undefined ? {} : {tone})})
  let failure: unknown
  const telling = board
    .tell({shown, firstRoundMs: FIRST_ROUND_MS, onRound: async () => undefined, say})
    .catch((error: unknown) => {
      failure = error
      board.leave()
    })
  const now = () => teller.now()
  const startedAt = performance.now()
  const timer = options.durationMs === undefined ? undefined : setTimeout(board.leave, options.durationMs)
  await showBoard({
    ...{store, views, look: frame.terminal, now},
    onWish: (wish) => teller.wish(wish, store.getSnapshot()),
    stage: {stdin, stdout, signals: process, signal},
  }).finally(() => {
    clearTimeout(timer)
    unsubscribe()
    board.leave()
  })
  if (failure === undefined) {
    const {failureText, farewell} = await import('../../monitor/board/plain/farewell.js')
    for (const one of board.failures()) frame.note(failureText(one, frame.settings.debug))
    const trouble = board.recordingTrouble()
    frame.note(farewell(store.getSnapshot(), performance.now() - startedAt, trouble ? undefined : options.record))
    if (trouble !== undefined) frame.note(trouble)
  }
  await telling
  if (failure !== undefined) throw failure
  const isWhole = board.recordingTrouble() === undefined
  process.exitCode = frame.signal.aborted ? EXIT.interrupted : isWhole ? EXIT.ok : EXIT.partial
  return undefined
}
