import {useApp} from 'ink'
import {useSyncExternalStore} from 'react'
import {keepFootprintSmall} from '../../core/small-heap.js'
import {pressKeys} from '../board/keys.js'
import type {BoardEvent, BoardState} from '../board/state.js'
import type {BoardWish, ShellWish} from '../board/ui/ui-state.js'
import type {BoardView} from '../board/view.js'
import type {Look} from '../span.js'
import type {Store} from '../store.js'
import {type BoardFrame, boardPainter} from './board-lines.js'
import {type CalmStore, calmStore} from './calm-store.js'
import {copySequence} from './clipboard.js'
import {Frame} from './frame.js'
import {type Stage, showScreen} from './show-screen.js'
import type {TerminalSession} from './terminal-session.js'
import {useKeys} from './use-keys.js'

/** What only the program can do; the screen does the rest itself. */
export type ProgramWish = Exclude<ShellWish, {readonly type: 'quit' | 'suspend' | 'redraw' | 'copy'}>

export interface BoardShow {
  /** Made by `boardReducer` of the same views; a sampler or a recording dispatches to it as well. */
  readonly store: Store<BoardState, BoardEvent>
  readonly views: readonly BoardView[]
  readonly look: Look
  /** The board's clock: that of the machine, or of the recording. */
  readonly now: () => number
  readonly onWish: (wish: ProgramWish) => void
  readonly stage: Omit<Stage, 'onResize'>
}

const TICK_MS = 1000
/** What is read comes in bursts: frames are at least so far apart, except those that a key asks for. */
const CALM_MS = 250

/** Shows the board on the alternate screen until the user quits or the stage's signal aborts. */
export async function showBoard({look, now, onWish, stage, store, views}: BoardShow): Promise<void> {
  const grow = keepFootprintSmall()
  const calm = calmStore(store, CALM_MS)
  const ticking = setInterval(() => store.dispatch({type: 'ticked', nowMs: now()}), TICK_MS)
  const onResize: Stage['onResize'] = (size) => {
    store.dispatch({type: 'resized', size})
    calm.release()
  }
  const painter = boardPainter(views, look)
  try {
    await showScreen({...stage, onResize}, (session) => (
      <BoardApp
        calm={calm}
        copy={(text) => stage.stdout.write(copySequence(text))}
        look={look}
        onWish={onWish}
        painter={painter}
        session={session}
        store={store}
        views={views}
      />
    ))
  } finally {
    clearInterval(ticking)
    calm.close()
    grow()
  }
}

interface BoardAppProps extends Pick<BoardShow, 'store' | 'views' | 'look' | 'onWish'> {
  readonly calm: CalmStore<BoardState>
  readonly painter: (state: BoardState) => BoardFrame
  readonly copy: (text: string) => void
  readonly session: Pick<TerminalSession, 'repaint' | 'suspend'>
}

/** Binding: store and keys in, wishes out. */
function BoardApp({calm, copy, look, onWish, painter, session, store, views}: BoardAppProps) {
  const state = useSyncExternalStore(calm.subscribe, calm.getSnapshot)
  const {exit} = useApp()
  const grant = (wish: BoardWish): void => {
    if (wish.type === 'quit') exit()
    else if (wish.type === 'suspend') session.suspend()
    else if (wish.type === 'redraw') session.repaint()
    else if (wish.type === 'copy') copy(wish.text)
    else if (isForProgram(wish)) onWish(wish)
    else store.dispatch(wish)
  }
  useKeys((input, key) => {
    // The store, not this rendering's state: keys may come faster than frames.
    pressKeys(input, key, {views, grant, state: store.getSnapshot, body: () => painter(store.getSnapshot()).body})
    calm.release()
  })
  return <BoardScreen look={look} painter={painter} state={state} />
}

const PROGRAM_WISHES = {refresh: 1, interval: 1, 'switch-profile': 1, 'switch-regions': 1, act: 1} satisfies Record<
  ProgramWish['type'],
  1
>

function isForProgram(
  wish: Exclude<BoardWish, {readonly type: 'quit' | 'suspend' | 'redraw' | 'copy'}>,
): wish is ProgramWish {
  return wish.type in PROGRAM_WISHES
}

/** The board: props in, a frame of the terminal's size out. */
function BoardScreen({look, painter, state}: Pick<BoardAppProps, 'look' | 'painter'> & {readonly state: BoardState}) {
  return <Frame lines={painter(state).lines} look={look} size={state.size} />
}
