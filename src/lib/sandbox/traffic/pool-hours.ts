import type {QuotaBucket} from '../quotas/token-bucket.js'
import type {Caller, Pool} from './caller.js'
import {chance, poisson} from './chance.js'
import {PoolAllowance, STEP_MS, type Weight, weightOf} from './pool-allowance.js'
import {inBurst, requestsIn} from './rhythm.js'

const MINUTE_MS = 60_000
const MINUTES = 60
const HOUR_MS = MINUTES * MINUTE_MS
/** A minute is made in six steps of ten seconds. */
const STEPS = MINUTE_MS / STEP_MS
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

/**
 * What callers do, hour by hour. An hour is worked out when somebody asks for it, up to when it is asked for, and is the
 * same every time but for what calls that were really made took meanwhile: they draw from the same buckets. Those are
 * full when an hour begins. The last hours are kept.
 */
export class PoolHours {
  readonly #pool: Pool
  #hours = new Map<number, Hour>()

  constructor(pool: Pool) {
    this.#pool = pool
  }

  /** In a minute since the epoch, up to a moment, which has come. */
  outcomes(caller: Caller, minute: number, now: number): Outcomes {
    const start = minute * MINUTE_MS
    if (start >= now || start < caller.since || start >= caller.until) return NOTHING
    const steps = this.#upTo(Math.min(now, start + MINUTE_MS) - 1).steps.get(caller)
    return steps ? outcomesIn(steps, (minute % MINUTES) * STEPS, Math.min(STEPS, (now - start) / STEP_MS)) : NOTHING
  }

  /** The bucket of a quota, for calls that are really made; `undefined` where there is no such quota. */
  bucket(kind: 'requests' | 'tokens'): QuotaBucket | undefined {
    const perMinute = kind === 'requests' ? this.#pool.requestsPerMinute : this.#pool.tokensPerMinute
    if (perMinute === undefined) return undefined
    return {
      perMinute,
      level: (now) => this.#upTo(now).allowance.level(kind, now),
      take: (amount, now) => {
        const hour = this.#upTo(now)
        hour.drawn = true
        hour.allowance.take(kind, amount, now)
      },
      fill: () => {
        for (const {allowance} of this.#hours.values()) allowance.fill()
      },
    }
  }

  /** The hour of a moment, worked out up to the step that the moment is in. */
  #upTo(moment: number): Hour {
    const index = Math.floor(moment / HOUR_MS)
    const known = this.#hours.get(index)
    const hour = known ?? new Hour(this.#pool, index)
    if (!known) {
      if (this.#hours.size * this.#pool.callers.length >= MOST_HOURS) this.#forget()
      this.#hours.set(index, hour)
    }
    hour.workOut(Math.floor((moment - index * HOUR_MS) / STEP_MS) + 1)
    return hour
  }

  /** All but the hours of late that would not be worked out the same again. */
  #forget(): void {
    const drawn = [...this.#hours].filter(([, hour]) => hour.drawn)
    this.#hours = new Map(drawn.slice(-Math.floor(MOST_HOURS / 2 / this.#pool.callers.length)))
  }
}

/** Of each caller: served, throttled, refused and failed in each step of the hour. */
class Hour {
  readonly steps: ReadonlyMap<Caller, Uint32Array>
  readonly allowance: PoolAllowance
  /** Somebody else drew from its buckets. */
  drawn: boolean = false
  readonly #pool: Pool
  readonly #index: number
  #done = 0
  #demands: readonly Demand[] = []

  constructor(pool: Pool, index: number) {
    this.#pool = pool
    this.#index = index
    this.steps = new Map(pool.callers.map((caller) => [caller, new Uint32Array(MINUTES * STEPS * KINDS)]))
    this.allowance = new PoolAllowance(pool, index * HOUR_MS)
  }

  /** The first so many steps; what is known already stays. */
  workOut(count: number): void {
    for (; this.#done < count; this.#done += 1) {
      const minute = this.#index * MINUTES + Math.floor(this.#done / STEPS)
      if (this.#done % STEPS === 0) {
        this.allowance.beginMinute()
        this.#demands = this.#pool.callers.map((caller) => demandOf(caller, minute))
      }
      for (const demand of this.#demands) this.#step(demand)
    }
  }

  #step({caller, perStep, serverErrors, weight}: Demand): void {
    const step = this.#index * MINUTES * STEPS + this.#done
    const asked = poisson(perStep, chance(caller.seed, step, 2))
    const refused = part(asked, caller.clientErrors, caller.seed, step, 3)
    const admitted = this.allowance.admit(weight, asked - refused, step * STEP_MS)
    const failed = part(admitted, serverErrors, caller.seed, step, 4)
    const outcome = [admitted - failed, asked - refused - admitted, refused, failed]
    this.steps.get(caller)?.set(outcome, this.#done * KINDS)
  }
}

/** From a step on, so many steps; of the last one maybe a part. Metrics of hours ask for thousands of them. */
function outcomesIn(steps: Uint32Array, first: number, passed: number): Outcomes {
  let served = 0
  let throttled = 0
  let clientErrors = 0
  let serverErrors = 0
  for (let step = 0; step < passed; step += 1) {
    const at = (first + step) * KINDS
    const share = passed - step
    served += partOf(steps[at], share)
    throttled += partOf(steps[at + 1], share)
    clientErrors += partOf(steps[at + 2], share)
    serverErrors += partOf(steps[at + 3], share)
  }
  return {served, throttled, clientErrors, serverErrors}
}

const partOf = (count = 0, share: number): number => (share >= 1 ? count : Math.floor(count * share))

interface Demand {
  readonly caller: Caller
  readonly perStep: number
  readonly serverErrors: number
  readonly weight: Weight
}

function demandOf(caller: Caller, minute: number): Demand {
  const failing = inBurst(caller, minute) ? caller.bursts?.serverErrors : undefined
  const perStep = requestsIn(caller, minute) / STEPS
  return {caller, perStep, serverErrors: failing ?? caller.serverErrors, weight: weightOf(caller, minute)}
}

/** A share of so many, its fraction left to chance. */
function part(all: number, share: number, seed: number, moment: number, salt: number): number {
  return share === 0 ? 0 : Math.min(all, Math.floor(all * share + chance(seed, moment, salt)))
}
