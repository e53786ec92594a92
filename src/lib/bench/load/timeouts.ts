import type {ErrorClass} from '../wire/answer.js'
import type {LanePlan} from '../wire/lane.js'
import type {Exchange} from './exchange.js'

/** An answer of more events than so many times the tokens it was asked for does not end by itself. */
const ENDLESS = 4
const ENDLESS_AT_LEAST = 256

export interface TimedOut {
  readonly error: ErrorClass
  readonly detail: string
}

/** Why a request in flight is waited for no longer; undefined while it is. `wantedOut`: 0 = unknown. */
export function timeoutOf(exchange: Exchange, now: number, lane: LanePlan, wantedOut: number): TimedOut | undefined {
  const {connectMs, requestMs} = lane.timeouts
  if (!Number.isNaN(exchange.waiting)) {
    // Attempts to connect end by themselves; this is for a request that none of those that open is for.
    if (now - exchange.waiting < 2 * connectMs) return undefined
    return {error: 'connect', detail: `no connection was free or opened within ${2 * connectMs} ms`}
  }
  if (exchange.connection === undefined) return undefined
  if (now - exchange.sent < requestMs) return timeoutOfAnswer(exchange, now, lane, wantedOut)
  return exchange.events === 0
    ? {error: 'ttft_timeout', detail: `no token within ${requestMs} ms`}
    : {error: 'idle_timeout', detail: `endless: no end within ${requestMs} ms`}
}

function timeoutOfAnswer(
  {events, status, sent, heard}: Exchange,
  now: number,
  {timeouts: {ttftMs, idleMs}, dialect}: LanePlan,
  wantedOut: number,
): TimedOut | undefined {
  const begun = events > 0 || (dialect.endsWith('-embedding') && status !== 0)
  if (!begun) {
    return now - sent >= ttftMs ? {error: 'ttft_timeout', detail: `no token within ${ttftMs} ms`} : undefined
  }
  if (now - heard >= idleMs) return {error: 'idle_timeout', detail: `nothing came for ${idleMs} ms`}
  if (wantedOut > 0 && events > Math.max(ENDLESS_AT_LEAST, ENDLESS * wantedOut)) {
    return {error: 'idle_timeout', detail: `endless: over ${ENDLESS} times the tokens asked for`}
  }
  return undefined
}
