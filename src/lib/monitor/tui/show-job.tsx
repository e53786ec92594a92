import {useApp} from 'ink'
import {useSyncExternalStore} from 'react'
import {initialJobState, type JobEvent, type JobState, reduceJob} from '../job/state.js'
import type {Look} from '../span.js'
import {createStore, type Store} from '../store.js'
import {jobWish} from './job-keys.js'
import {JobScreen} from './job-screen.js'
import {type Stage, showScreen} from './show-screen.js'
import type {TerminalSession} from './terminal-session.js'
import {useKeys} from './use-keys.js'

export interface JobShow {
  readonly now: () => number
  readonly look: Look
  readonly stage: Omit<Stage, 'onResize'>
}

export interface OpenJobShow {
  readonly dispatch: (event: JobEvent) => void
  /** Resolves when the screen is gone: the user left, or the stage's signal aborted. */
  readonly closed: Promise<void>
}

const TICK_MS = 1000

/** Shows one job on the alternate screen until the user leaves or the stage's signal aborts. */
export function showJobScreen({look, now, stage}: JobShow): OpenJobShow {
  const {columns, rows} = stage.stdout
  const store = createStore(reduceJob, initialJobState(now(), {columns: columns || 80, rows: rows || 24}))
  const ticking = setInterval(() => store.dispatch({type: 'ticked', nowMs: now()}), TICK_MS)
  const closed = showScreen({...stage, onResize: (size) => store.dispatch({type: 'resized', size})}, (session) => (
    <JobApp look={look} session={session} store={store} />
  )).finally(() => clearInterval(ticking))
  return {dispatch: store.dispatch, closed}
}

interface JobAppProps {
  readonly store: Store<JobState, JobEvent>
  readonly look: Look
  readonly session: Pick<TerminalSession, 'repaint' | 'suspend'>
}

/** Binding: store and keys in, events out. */
function JobApp({look, session, store}: JobAppProps) {
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot)
  const {exit} = useApp()
  useKeys((input, key) => {
    const wish = jobWish(input, key)
    if (wish === 'leave') exit()
    else if (wish === 'suspend') session.suspend()
    else if (wish === 'redraw') session.repaint()
  })
  return <JobScreen look={look} state={state} />
}
