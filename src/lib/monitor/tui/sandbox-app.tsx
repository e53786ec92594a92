import {useApp} from 'ink'
import {useSyncExternalStore} from 'react'
import type {SandboxEvent, SandboxState} from '../sandbox/state.js'
import type {Look} from '../span.js'
import type {Store} from '../store.js'
import type {SandboxFacts} from './sandbox-header.js'
import {wishOf} from './sandbox-keys.js'
import {SandboxScreen} from './sandbox-screen.js'
import {useKeys} from './use-keys.js'

export interface SandboxAppProps {
  readonly facts: SandboxFacts
  readonly store: Store<SandboxState, SandboxEvent>
  readonly look: Look
  readonly onSuspend: () => void
  readonly onRedraw: () => void
}

/** Binding: store and keys in, events out. */
export function SandboxApp({facts, store, look, onSuspend, onRedraw}: SandboxAppProps) {
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot)
  const {exit} = useApp()
  useKeys((input, key) => {
    // The store, not this rendering's state: keys may come faster than frames.
    for (const wish of wishOf(input, key, store.getSnapshot())) {
      if (wish.type === 'quit') exit()
      else if (wish.type === 'suspend') onSuspend()
      else if (wish.type === 'redraw') onRedraw()
      else store.dispatch(wish)
    }
  })
  return <SandboxScreen facts={facts} look={look} state={state} />
}
