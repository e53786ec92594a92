import {once} from 'node:events'
import {EXIT} from '../../core/errors.js'
import {keepFootprintSmall} from '../../core/small-heap.js'
import type {MonitorSample} from '../../monitor/board/plain/sample.schema.js'
import type {BoardState} from '../../monitor/board/state.js'
import type {Topic} from '../../monitor/board/topics.js'
import type {Board} from './board.js'

/** Where the board is told without a screen. */
interface PlainShow {
  /** True once something was told. */
  readonly hasTold: () => boolean
  /** Told once all looks of a round are in; true when it was the last. */
  readonly onRound: (state: BoardState) => Promise<boolean>
}

/** A first round may wait for a Region that does not answer; a stream of samples not for long. */
const FIRST_ROUND_MS = 30_000

/** One frame: everything is read once, or a recording to its end. */
export async function showOnce(board: Board): Promise<MonitorSample> {
  const {frame, options} = board
  const isReplay = options.replay !== undefined
  await run(board, Number.POSITIVE_INFINITY, async () => !isReplay)
  const [{makeSample}, {onceView}] = await Promise.all([
    import('../../monitor/board/plain/make-sample.js'),
    import('../../monitor/board/plain/render-once.js'),
  ])
  const state = ticked(board)
  const view = board.views.find(({name}) => name === options.view) ?? board.views[0]
  if (view === undefined) throw new Error(`no view ${options.view}`)
  const sample = makeSample(state, new Set())
  const {columns, filter, sort} = options
  await frame.print(sample, onceView({state, view, filter, columns, sort}))
  if (isNothingRead(sample)) process.exitCode = exitOf(sample)
  settleRecording(board)
  return sample
}

/** One object a sample, or one line a change, until it is over. */
export async function showRounds(board: Board): Promise<MonitorSample | undefined> {
  const {frame, options} = board
  const show = options.show === 'lines' ? await linesShow(board) : await samplesShow(board)
  const enough = options.durationMs
  const timer = enough === undefined ? undefined : setTimeout(board.leave, enough)
  const grow = keepFootprintSmall()
  try {
    await run(board, FIRST_ROUND_MS, show.onRound)
  } finally {
    clearTimeout(timer)
    grow()
  }
  // Whoever set an end gets what was known by then, and what was not.
  if (!show.hasTold() && !frame.signal.aborted) await show.onRound(ticked(board))
  const {makeSample} = await import('../../monitor/board/plain/make-sample.js')
  const last = makeSample(board.store.getSnapshot(), new Set())
  if (frame.signal.aborted) process.exitCode = EXIT.interrupted
  else process.exitCode = exitOf(last)
  settleRecording(board)
  return undefined
}

async function run(board: Board, firstRoundMs: number, onRound: PlainShow['onRound']): Promise<void> {
  await board.tell({
    firstRoundMs,
    onRound: async () => {
      if (board.signal.aborted) return
      if (await onRound(board.store.getSnapshot())) board.leave()
    },
    say: () => undefined,
  })
}

/** Whoever asked for a recording has less than that. */
function settleRecording({recordingTrouble}: Board): void {
  if (recordingTrouble() !== undefined && !process.exitCode) process.exitCode = EXIT.partial
}

function ticked({store, teller}: Board): BoardState {
  store.dispatch({type: 'ticked', nowMs: teller.now()})
  return store.getSnapshot()
}

async function samplesShow({frame, options: {count}, signal}: Board): Promise<PlainShow> {
  const [{makeSample}, {toJson}, {applyQuery}] = await Promise.all([
    import('../../monitor/board/plain/make-sample.js'),
    import('../../output/json.js'),
    import('../../output/query.js'),
  ])
  const {query} = frame
  let told: ReadonlySet<string> = new Set()
  let written = 0
  return {
    hasTold: () => written > 0,
    async onRound(state) {
      const sample = makeSample(state, told)
      told = new Set(state.data.events.map(({id}) => id))
      if (written === 0 && query !== undefined && sample.simulated) await noteSimulated(frame)
      written += 1
      await write(signal, `${toJson(query === undefined ? sample : await applyQuery(sample, query))}\n`)
      return written === count
    },
  }
}

async function linesShow({options: {count}, signal}: Board): Promise<PlainShow> {
  const {changeLines, NOTHING_TOLD} = await import('../../monitor/board/plain/change-lines.js')
  let told = NOTHING_TOLD
  let rounds = 0
  return {
    hasTold: () => rounds > 0,
    async onRound(state) {
      const changed = changeLines(state, told)
      told = changed.told
      rounds += 1
      if (changed.lines.length > 0) await write(signal, `${changed.lines.join('\n')}\n`)
      return rounds === count
    },
  }
}

/** Whoever reads slowly is waited for: nothing piles up. */
async function write(signal: AbortSignal, text: string): Promise<void> {
  if (process.stdout.write(text) || signal.aborted) return
  await once(process.stdout, 'drain', {signal}).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}

/** Files of this machine are read, and prices told by the book, without any right. */
const WITHOUT_RIGHTS: ReadonlySet<Topic> = new Set<Topic>(['bench', 'findings', 'prices'])

function asked({feeds}: MonitorSample): MonitorSample['feeds'] {
  return feeds.filter(({status, topic}) => status !== 'absent' && !WITHOUT_RIGHTS.has(topic))
}

function isNothingRead(sample: MonitorSample): boolean {
  const feeds = asked(sample)
  return feeds.length > 0 && feeds.every(({readAt, status}) => readAt === null && status !== 'waiting')
}

/** Nothing may be read, nothing answers, or something is missing. */
function exitOf(sample: MonitorSample): number {
  if (!isNothingRead(sample)) return sample.unread.length > 0 ? EXIT.partial : EXIT.ok
  return asked(sample).every(({status}) => status === 'denied') ? EXIT.access : EXIT.service
}

/** What a query leaves has no place for the label. */
async function noteSimulated({note, terminal}: Board['frame']): Promise<void> {
  const {simulatedLine} = await import('../../output/simulated.js')
  note(simulatedLine({...terminal, color: false}))
}
