import type {Store} from '../store.js'

/** A store whose listeners are told at once of what the user did, and seldom of all else. */
export interface CalmStore<State> {
  /** The state as listeners were last told of it. */
  getSnapshot(): State
  subscribe(listener: () => void): () => void
  /** Tells at once what has changed. */
  release(): void
  close(): void
}

/** Looks at many places end within milliseconds of each other: they make one frame, not twenty. */
export function calmStore<State, Event>(store: Store<State, Event>, delayMs: number): CalmStore<State> {
  const listeners = new Set<() => void>()
  let shown = store.getSnapshot()
  let timer: NodeJS.Timeout | undefined
  const release = (): void => {
    clearTimeout(timer)
    timer = undefined
    const next = store.getSnapshot()
    if (next === shown) return
    shown = next
    for (const listener of [...listeners]) listener()
  }
  const unsubscribe = store.subscribe(() => {
    timer ??= setTimeout(release, delayMs)
  })
  return {
    getSnapshot: () => shown,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    release,
    close() {
      clearTimeout(timer)
      unsubscribe()
    },
  }
}
