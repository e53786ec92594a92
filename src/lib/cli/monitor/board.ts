import type {ViewFailure} from '../../monitor/board/guarded-views.js'
import type {Recorder} from '../../monitor/board/recording/write-recording.js'
import type {SamplerEvent} from '../../monitor/board/sampler/sampler-event.js'
import type {BoardEvent, BoardState} from '../../monitor/board/state.js'
import type {Topic} from '../../monitor/board/topics.js'
import type {BoardView} from '../../monitor/board/view.js'
import type {Store} from '../../monitor/store.js'
import type {MonitorOptions} from './options.js'
import type {MonitorFrame} from './run-monitor.js'
import type {Teller, Telling} from './teller.js'

/** How a show is told. */
export interface BoardTelling extends Pick<Telling, 'firstRoundMs' | 'say'> {
  /** Topics of the view that is shown; undefined: all. */
  readonly shown?: ReadonlySet<Topic>
  readonly onRound: () => Promise<void>
}

/** A board, who tells it what there is, and who looks. */
export interface Board {
  readonly options: MonitorOptions
  readonly frame: MonitorFrame
  readonly views: readonly BoardView[]
  /** Views that failed so far; without a screen the first one ends the command instead. */
  readonly failures: () => readonly ViewFailure[]
  readonly store: Store<BoardState, BoardEvent>
  readonly teller: Teller
  /** Aborts when the board is left. */
  readonly signal: AbortSignal
  readonly leave: () => void
  /** Why the recording is not whole, where it is not. */
  readonly recordingTrouble: () => string | undefined
  /** Lets the teller tell the store, and the recording where there is one; resolves when all is told or the board is left. */
  tell(telling: BoardTelling): Promise<void>
}

/** Puts a board together; nothing is told yet. */
export async function openBoard(options: MonitorOptions, frame: MonitorFrame): Promise<Board> {
  const [{boardReducer, initialBoardState}, {BOARD_VIEWS}, {guardedViews}, {createStore}, teller] = await Promise.all([
    import('../../monitor/board/reduce.js'),
    import('../../monitor/board/views.js'),
    import('../../monitor/board/guarded-views.js'),
    import('../../monitor/store.js'),
    openTeller(options, frame),
  ])
  const {allowActions, filter, view} = options
  const {failures, views} =
    options.show === 'screen' ? guardedViews(BOARD_VIEWS) : {views: BOARD_VIEWS, failures: () => []}
  const {columns, rows} = process.stdout
  const {intervalMs, subject} = teller
  const size = {columns: columns || 80, rows: rows || 24}
  const store = createStore(
    boardReducer(views),
    initialBoardState({size, nowMs: teller.now(), intervalMs, subject, view, filter, allowActions}),
  )
  const left = new AbortController()
  const signal = AbortSignal.any([frame.signal, left.signal])
  const topics = topicsOf(options, frame, views)
  let recordingTrouble: string | undefined
  return {
    ...{options, frame, views, failures, store, teller, signal},
    leave: () => left.abort(),
    recordingTrouble: () => recordingTrouble,
    async tell({firstRoundMs, onRound, say, shown}) {
      const onTrouble = (text: string) => {
        recordingTrouble = text
        if (options.show === 'screen') say(text, 'bad')
        else frame.note(text)
      }
      const recorder = await openRecorder({options, frame, teller, onTrouble}, store.getSnapshot().nowMs)
      try {
        await teller.tell({
          ...{topics, shown, firstRoundMs, say, signal},
          emit: (event) => {
            // One moment for both: what is replayed is the same sample, to the millisecond.
            const nowMs = teller.now()
            recorder?.add(event, nowMs)
            if (event.type === 'round') store.dispatch({type: 'ticked', nowMs})
            return tellStore(event, store, onRound)
          },
          offer: (offered) => store.dispatch({type: 'offered', ...offered}),
        })
      } finally {
        recorder?.close()
      }
    },
  }
}

function tellStore(
  event: SamplerEvent,
  store: Store<BoardState, BoardEvent>,
  onRound: () => Promise<void>,
): void | Promise<void> {
  return event.type === 'round' ? onRound() : store.dispatch(event)
}

async function openTeller(options: MonitorOptions, frame: MonitorFrame): Promise<Teller> {
  if (options.replay !== undefined) return (await import('./replay-teller.js')).openReplay(options.replay)
  const {AccountTeller} = await import('./account-teller.js')
  return new AccountTeller(options, frame.settings, frame.connectAs)
}

/** Where one view is printed by its name, nothing is read for the others; traffic tells which Regions are used. */
function topicsOf(
  {isViewNamed, show, view}: MonitorOptions,
  {settings}: MonitorFrame,
  views: readonly BoardView[],
): ReadonlySet<Topic> | undefined {
  if (show === 'screen' || !isViewNamed) return undefined
  const topics = new Set(views.find(({name}) => name === view)?.topics)
  if (settings.regions.length === 0 || topics.has('prices')) topics.add('traffic')
  return topics
}

interface Recording extends Pick<Board, 'options' | 'frame' | 'teller'> {
  readonly onTrouble: (text: string) => void
}

async function openRecorder(
  {frame: {toolVersion}, onTrouble, options: {record}, teller: {intervalMs, subject}}: Recording,
  at: number,
): Promise<Recorder | undefined> {
  if (record === undefined) return undefined
  const {createRecorder} = await import('../../monitor/board/recording/write-recording.js')
  const kind = {recording: 'bedrockctl monitor', version: 1, tool: toolVersion} as const
  return createRecorder(record, {...kind, at, intervalMs, subject}, onTrouble)
}
