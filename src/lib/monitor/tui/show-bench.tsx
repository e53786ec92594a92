import {useSyncExternalStore} from 'react'
import {type BenchEvent, type BenchNames, type BenchState, initialBenchState, reduceBench} from '../bench/state.js'
import type {Look} from '../span.js'
import {createStore, type Store} from '../store.js'
import {benchWish} from './bench-keys.js'
import {BenchScreen} from './bench-screen.js'
import {type Stage, showScreen} from './show-screen.js'
import type {TerminalSession} from './terminal-session.js'
import {useKeys} from './use-keys.js'

export interface BenchShow {
  readonly now: () => number
  readonly look: Look
  readonly names: BenchNames
  readonly title: string
  readonly simulated: boolean
  /** The first time: stop sending; the second: give up what is in flight. */
  readonly onStop: () => void
  readonly stage: Omit<Stage, 'onResize'>
}

export interface OpenBenchShow {
  readonly dispatch: (event: BenchEvent) => void
  /** Resolves when the screen is gone. */
  readonly closed: Promise<void>
}

type Events = readonly BenchEvent[]

/** Two frames a second at most: drawing takes time from the load. */
const FRAME_MS = 500

/** Shows a bench on the alternate screen until the stage's signal aborts; what happens between two frames is drawn at once. */
export function showBenchScreen({look, names, now, onStop, simulated, stage, title}: BenchShow): OpenBenchShow {
  const {columns, rows} = stage.stdout
  const reduce = (state: BenchState, events: Events) => events.reduce(reduceBench, state)
  const store = createStore(reduce, initialBenchState(now(), {columns: columns || 80, rows: rows || 24}, names))
  let waiting: BenchEvent[] = []
  const flush = () => {
    const clock: BenchEvent = {type: 'clock', nowMs: now()}
    const isSameSecond = Math.floor(clock.nowMs / 1000) === Math.floor(store.getSnapshot().nowMs / 1000)
    if (waiting.length === 0 && isSameSecond) return
    const events = [...waiting, clock]
    waiting = []
    store.dispatch(events)
  }
  const drawing = setInterval(flush, FRAME_MS)
  const atOnce = (event: BenchEvent) => {
    waiting.push(event)
    flush()
  }
  const stop = () => {
    atOnce({type: 'stop'})
    onStop()
  }
  const closed = showScreen({...stage, onResize: (size) => atOnce({type: 'resized', size})}, (session) => (
    <BenchApp
      atOnce={atOnce}
      look={look}
      session={session}
      simulated={simulated}
      stop={stop}
      store={store}
      title={title}
    />
  )).finally(() => clearInterval(drawing))
  return {dispatch: (event) => waiting.push(event), closed}
}

interface BenchAppProps {
  readonly store: Store<BenchState, Events>
  readonly atOnce: (event: BenchEvent) => void
  readonly stop: () => void
  readonly look: Look
  readonly title: string
  readonly simulated: boolean
  readonly session: Pick<TerminalSession, 'repaint' | 'suspend'>
}

/** Binding: store and keys in, events out. It leaves when the run has ended, and not before. */
function BenchApp({atOnce, look, session, simulated, stop, store, title}: BenchAppProps) {
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot)
  useKeys((input, key) => {
    const wish = benchWish(input, key)
    if (wish === 'stop') stop()
    else if (wish === 'suspend') session.suspend()
    else if (wish === 'redraw') session.repaint()
    else if (wish === 'help') atOnce({type: 'help'})
    else if (wish === 'close-help') atOnce({type: 'help', shown: false})
  })
  return <BenchScreen look={look} simulated={simulated} state={state} title={title} />
}
