import {useApp} from 'ink'
import {useSyncExternalStore} from 'react'
import {type BatchEvent, type BatchState, initialBatchState, reduceBatch, roomFor} from '../batch/state.js'
import type {Look} from '../span.js'
import {createStore, type Store} from '../store.js'
import {batchWish} from './batch-keys.js'
import {BatchScreen} from './batch-screen.js'
import {type Stage, showScreen} from './show-screen.js'
import type {TerminalSession} from './terminal-session.js'
import {useKeys} from './use-keys.js'

export interface BatchShow {
  readonly now: () => number
  readonly look: Look
  readonly stage: Omit<Stage, 'onResize'>
}

export interface OpenBatchShow {
  readonly dispatch: (event: BatchEvent) => void
  /** Resolves when the screen is gone: the user left, or the stage's signal aborted. */
  readonly closed: Promise<void>
}

const TICK_MS = 1000

/** Shows a batch on the alternate screen until the user leaves or the stage's signal aborts. */
export function showBatchScreen({look, now, stage}: BatchShow): OpenBatchShow {
  const {columns, rows} = stage.stdout
  const store = createStore(reduceBatch, initialBatchState(now(), {columns: columns || 80, rows: rows || 24}))
  const ticking = setInterval(() => store.dispatch({type: 'ticked', nowMs: now()}), TICK_MS)
  const closed = showScreen({...stage, onResize: (size) => store.dispatch({type: 'resized', size})}, (session) => (
    <BatchApp look={look} session={session} store={store} />
  )).finally(() => clearInterval(ticking))
  return {dispatch: store.dispatch, closed}
}

interface BatchAppProps {
  readonly store: Store<BatchState, BatchEvent>
  readonly look: Look
  readonly session: Pick<TerminalSession, 'repaint' | 'suspend'>
}

/** Binding: store and keys in, events out. */
function BatchApp({look, session, store}: BatchAppProps) {
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot)
  const {exit} = useApp()
  useKeys((input, key) => {
    const wish = batchWish(input, key, Math.max(1, roomFor(store.getSnapshot()) - 1))
    if (wish === 'leave') exit()
    else if (wish === 'suspend') session.suspend()
    else if (wish === 'redraw') session.repaint()
    else if (wish !== undefined) store.dispatch({type: 'moved', by: wish})
  })
  return <BatchScreen look={look} state={state} />
}
