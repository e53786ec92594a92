import {setMaxListeners} from 'node:events'

/**
 * Runs with a signal that aborts as soon as one of these does, for its reason, and lets go of them when it is over. A
 * signal of `AbortSignal.any` is kept track of by each of its sources for as long as they live: a session that makes
 * calls all day would grow with every one.
 */
export async function withAnySignal<Value>(
  sources: readonly AbortSignal[],
  run: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController()
  const bonds = sources.map((source) => bind(source, controller))
  try {
    return await run(controller.signal)
  } finally {
    for (const release of bonds) release()
  }
}

function bind(source: AbortSignal, controller: AbortController): () => void {
  const end = (): void => controller.abort(source.reason)
  if (source.aborted) end()
  // There are as many as there are calls at once, and none of them stays.
  setMaxListeners(0, source)
  source.addEventListener('abort', end, {once: true})
  return () => source.removeEventListener('abort', end)
}
