/** State that views subscribe to and events change; the shape that React's `useSyncExternalStore` takes. */
export interface Store<State, Event> {
  getSnapshot(): State
  /** The returned function ends the subscription. */
  subscribe(listener: () => void): () => void
  /** Listeners are told only when the state became another object. */
  dispatch(event: Event): void
}

export function createStore<State, Event>(
  reduce: (state: State, event: Event) => State,
  initial: State,
): Store<State, Event> {
  const listeners = new Set<() => void>()
  let state = initial
  return {
    getSnapshot: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    dispatch(event) {
      const next = reduce(state, event)
      if (next === state) return
      state = next
      for (const listener of [...listeners]) listener()
    },
  }
}
