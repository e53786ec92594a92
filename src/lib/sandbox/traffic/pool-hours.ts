import type {Caller, Pool} from './caller.js'
import {chance, poisson} from './chance.js'
import {inBurst, requestsIn} from './rhythm.js'

const MINUTE_MS = 60_000
const MINUTES = 60
/** A minute is made in six steps of ten seconds. */
const STEPS = 6
const STEP_MS = MINUTE_MS / STEPS
const KINDS = 4
const MOST_HOURS = 4000

/** What became of a caller's requests. */
export interface Outcomes {
  readonly served: number
  readonly throttled: number
  readonly clientErrors: number
  readonly serverErrors: number
}

const NOTHING: Outcomes = {served: 0, throttled: 0, clientErrors: 0, serverErrors: 0}

/** Of each caller: served, throttled, refused and failed in each step of the hour. */
type Hour = ReadonlyMap<Caller, Uint32Array>

/**
 * What callers do, hour by hour. An hour is worked out when somebody asks for it and is the same every time: the quotas
 * that its callers share are full when it begins. The last ones are kept.
 */
export class PoolHours {
  readonly #pool: Pool
  readonly #hours = new Map<number, Hour>()

  constructor(pool: Pool) {
    this.#pool = pool
  }

  /** In a minute since the epoch, up to a moment. */
  outcomes(caller: Caller, minute: number, now: number): Outcomes {
    const start = minute * MINUTE_MS
    if (start >= now || start < caller.since || start >= caller.until) return NOTHING
    const steps = this.#hour(Math.floor(minute / MINUTES)).get(caller)
    return steps ? outcomesIn(steps, (minute % MINUTES) * STEPS, Math.min(STEPS, (now - start) / STEP_MS)) : NOTHING
  }

  #hour(hour: number): Hour {
    const known = this.#hours.get(hour)
    if (known) return known
    const made = workOut(this.#pool, hour)
    if (this.#hours.size * this.#pool.callers.length >= MOST_HOURS) this.#hours.clear()
    this.#hours.set(hour, made)
    return made
  }
}

/** From a step on, so many steps; of the last one maybe a part. */
function outcomesIn(steps: Uint32Array, first: number, passed: number): Outcomes {
  let [served, throttled, clientErrors, serverErrors] = [0, 0, 0, 0]
  for (let step = 0; step < passed; step += 1) {
    const at = (first + step) * KINDS
    const share = Math.min(1, passed - step)
    served += Math.floor((steps[at] ?? 0) * share)
    throttled += Math.floor((steps[at + 1] ?? 0) * share)
    clientErrors += Math.floor((steps[at + 2] ?? 0) * share)
    serverErrors += Math.floor((steps[at + 3] ?? 0) * share)
  }
  return {served, throttled, clientErrors, serverErrors}
}

function workOut(pool: Pool, hour: number): Hour {
  const made = new Map(pool.callers.map((caller) => [caller, new Uint32Array(MINUTES * STEPS * KINDS)]))
  const allowance = new Allowance(pool)
  for (let minute = 0; minute < MINUTES; minute += 1) {
    allowance.beginMinute()
    const demands = pool.callers.map((caller) => demandOf(caller, hour * MINUTES + minute))
    for (let step = 0; step < STEPS; step += 1) {
      allowance.refill()
      for (const [place, caller] of pool.callers.entries()) {
        const demand = demands[place]
        if (!demand) continue
        const asked = poisson(demand.perStep, chance(caller.seed, demand.minute * STEPS + step, 2))
        const refused = part(asked, caller.clientErrors, caller.seed, demand.minute * STEPS + step, 3)
        const admitted = allowance.admit(caller, asked - refused)
        const failed = part(admitted, demand.serverErrors, caller.seed, demand.minute * STEPS + step, 4)
        const outcome = [admitted - failed, asked - refused - admitted, refused, failed]
        made.get(caller)?.set(outcome, (minute * STEPS + step) * KINDS)
      }
    }
  }
  return made
}

interface Demand {
  readonly minute: number
  readonly perStep: number
  readonly serverErrors: number
}

function demandOf(caller: Caller, minute: number): Demand {
  const failing = inBurst(caller, minute) ? caller.bursts?.serverErrors : undefined
  return {minute, perStep: requestsIn(caller, minute) / STEPS, serverErrors: failing ?? caller.serverErrors}
}

/** A share of so many, its fraction left to chance. */
function part(all: number, share: number, seed: number, moment: number, salt: number): number {
  return share === 0 ? 0 : Math.min(all, Math.floor(all * share + chance(seed, moment, salt)))
}

/**
 * The buckets of a pool, step by step, by the arithmetic of `admission.ts`; no minute of the clock gets more than its
 * quota, as one would read it beside the metric.
 */
class Allowance {
  readonly #pool: Pool
  #tokens: number
  #requests: number
  #tokensOfMinute = 0
  #requestsOfMinute = 0

  constructor(pool: Pool) {
    this.#pool = pool
    this.#tokens = pool.tokensPerMinute ?? Number.POSITIVE_INFINITY
    this.#requests = pool.requestsPerMinute ?? Number.POSITIVE_INFINITY
  }

  beginMinute(): void {
    this.#tokensOfMinute = this.#pool.tokensPerMinute ?? Number.POSITIVE_INFINITY
    this.#requestsOfMinute = this.#pool.requestsPerMinute ?? Number.POSITIVE_INFINITY
  }

  refill(): void {
    const {tokensPerMinute: tokens, requestsPerMinute: requests} = this.#pool
    if (tokens !== undefined) this.#tokens = Math.min(tokens, this.#tokens + tokens / STEPS)
    if (requests !== undefined) this.#requests = Math.min(requests, this.#requests + requests / STEPS)
  }

  /** How many of those that ask within a step get in. What an answer may come to is held while it is under way. */
  admit(caller: Caller, asked: number): number {
    const {input, output, cacheWrite, limit, burndown} = caller.tokens
    const spent = input + cacheWrite + output * burndown
    const reserved = input + cacheWrite + limit
    const underWay = Math.min(1, (caller.ttftMs + (output * 1000) / caller.tokensPerSecond) / STEP_MS)
    const weight = Math.max(1, spent + underWay * Math.max(0, reserved - spent))
    const tokens = Math.min(this.#tokens, this.#tokensOfMinute)
    const requests = Math.min(this.#requests, this.#requestsOfMinute)
    const admitted = Math.max(0, Math.min(asked, Math.floor(tokens / weight), Math.floor(requests)))
    this.#tokens -= admitted * spent
    this.#tokensOfMinute -= admitted * spent
    this.#requests -= admitted
    this.#requestsOfMinute -= admitted
    return admitted
  }
}
