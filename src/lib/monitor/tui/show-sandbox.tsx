import {plural} from '../../core/text.js'
import {showElapsed} from '../quantities.js'
import type {Feed} from '../sandbox/feed.js'
import {reduceSandbox} from '../sandbox/reduce.js'
import {initialSandboxState} from '../sandbox/state.js'
import type {Look} from '../span.js'
import {createStore} from '../store.js'
import {SandboxApp} from './sandbox-app.js'
import type {SandboxFacts} from './sandbox-header.js'
import {type Stage, showScreen} from './show-screen.js'

export interface SandboxShow {
  readonly facts: SandboxFacts
  readonly feed: Feed
  /** The time of the sandbox's services, milliseconds since the epoch. */
  readonly sandboxNow: () => number
  readonly now: () => number
  readonly look: Look
  readonly stage: Omit<Stage, 'onResize'>
}

/**
 * Shows what a running sandbox is asked, until the user quits or the stage's signal aborts. Gives the one line that is
 * worth leaving behind.
 */
export async function showSandbox({facts, feed, sandboxNow, now, look, stage}: SandboxShow): Promise<string> {
  const {columns, rows} = stage.stdout
  const startedAtMs = now()
  const store = createStore(reduceSandbox, initialSandboxState(startedAtMs, {columns: columns || 80, rows: rows || 24}))
  feed.start(store.dispatch, {now, sandboxNow})
  try {
    await showScreen({...stage, onResize: (size) => store.dispatch({type: 'resized', size})}, (session) => (
      <SandboxApp
        facts={facts}
        look={look}
        onRedraw={() => session.repaint()}
        onSuspend={() => session.suspend()}
        store={store}
      />
    ))
  } finally {
    feed.stop()
  }
  const {count, errors} = store.getSnapshot()
  const elapsed = showElapsed(now() - startedAtMs)
  return `The sandbox was asked ${plural(count, 'time')} in ${elapsed}; ${plural(errors, 'error')}.`
}
