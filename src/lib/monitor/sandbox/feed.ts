import type {AnsweredRequest, SandboxEvent} from './state.js'

/** Times of a feed in milliseconds: a burst of requests is one event, and the clock moves when nothing comes. */
const EVERY = {flushMs: 100, tickMs: 1000} as const

/** Takes requests as they are answered and turns them into events, a few a second. */
export interface Feed {
  add(request: AnsweredRequest): void
  /** What came before is told first; both clocks give milliseconds since the epoch. */
  start(dispatch: (event: SandboxEvent) => void, clocks: {now(): number; sandboxNow(): number}): void
  stop(): void
}

export function createFeed(): Feed {
  let waiting: AnsweredRequest[] = []
  let flush: (() => void) | undefined
  let flushTimer: NodeJS.Timeout | undefined
  let tickTimer: NodeJS.Timeout | undefined
  const plan = (): void => {
    if (flush) flushTimer ??= setTimeout(flush, EVERY.flushMs)
  }
  return {
    add({at, http, service, operation, region, account, status, errorCode, message, ms}) {
      // A copy of what is shown: the journal's own entry holds more and may still change.
      waiting.push({
        at,
        http,
        status,
        ms,
        ...(service === undefined ? {} : {service}),
        ...(operation === undefined ? {} : {operation}),
        ...(region === undefined ? {} : {region}),
        ...(account === undefined ? {} : {account}),
        ...(errorCode === undefined ? {} : {errorCode}),
        ...(message === undefined ? {} : {message}),
      })
      plan()
    },
    start(dispatch, {now, sandboxNow}) {
      flush = () => {
        flushTimer = undefined
        const requests = waiting
        waiting = []
        if (requests.length > 0) dispatch({type: 'answered', requests, nowMs: now()})
      }
      const tick = (): void => dispatch({type: 'ticked', nowMs: now(), sandboxNowMs: sandboxNow()})
      tick()
      flush()
      tickTimer = setInterval(tick, EVERY.tickMs)
    },
    stop() {
      flush = undefined
      clearTimeout(flushTimer)
      clearInterval(tickTimer)
    },
  }
}
