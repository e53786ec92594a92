import type {FaultEffect, FaultRule} from './faults.schema.js'
import {WireError} from './handler.js'
import {matchesPattern} from './matches-pattern.js'
import {TokenBucket} from './quotas/token-bucket.js'
import {commonError} from './wire/common-errors.js'
import type {Protocol} from './wire/protocol.js'
import {seededRandom} from './world/random.js'

export interface FaultSubject {
  readonly account: string
  readonly region: string
  readonly service: string
  readonly operation: string
  readonly model: string | undefined
  readonly protocol: Protocol
  /** `bedrock:ListFoundationModels` and who asks for it: what an AccessDenied message says. */
  readonly action: string
  readonly principal: () => string
}

export interface StreamBreak {
  readonly afterEvents: number
  /** Absent: cut the connection. */
  readonly error?: Error
  /** Send nothing more, and cut nothing. */
  readonly stalls?: boolean
}

/** What the faults do to one request, latency included; a refusal is an error to answer with. */
export interface Verdict {
  readonly delayMs: number
  readonly drop: boolean
  readonly error?: Error
  readonly streamBreak?: StreamBreak
}

interface ActiveRule {
  readonly id: number
  readonly rule: FaultRule
  remaining: number
  readonly buckets: Map<string, TokenBucket>
}

/** The faults in force. The same seed and the same requests give the same failures. */
export class Faults {
  readonly #random: () => number
  readonly #now: () => number
  #rules: ActiveRule[] = []
  #nextId = 1

  /** `now`: wall clock in milliseconds, for the token buckets. */
  constructor(seed: number, now: () => number = Date.now) {
    this.#random = seededRandom(seed)
    this.#now = now
  }

  get rules(): readonly (FaultRule & {readonly id: number})[] {
    return this.#rules.map(({id, rule}) => ({id, ...rule}))
  }

  /** The id takes the rule away again. */
  add(rule: FaultRule): number {
    const id = this.#nextId++
    this.#rules.push({id, rule, remaining: rule.times ?? Number.POSITIVE_INFINITY, buckets: new Map()})
    return id
  }

  remove(id: number): boolean {
    const before = this.#rules.length
    this.#rules = this.#rules.filter((active) => active.id !== id)
    return this.#rules.length < before
  }

  clear(): void {
    this.#rules = []
  }

  /** Every matching rule counts; of several refusals the first one added is given. */
  judge(subject: FaultSubject): Verdict {
    let verdict: Verdict = {delayMs: 0, drop: false}
    for (const active of this.#rules) {
      if (!(matches(active.rule, subject) && this.#strikes(active))) continue
      verdict = {...verdict, ...this.#apply(active, subject, verdict)}
    }
    return verdict
  }

  #strikes(active: ActiveRule): boolean {
    if (active.remaining <= 0 || (active.rule.rate !== undefined && this.#random() >= active.rule.rate)) return false
    active.remaining -= 1
    return true
  }

  #apply(active: ActiveRule, subject: FaultSubject, {delayMs, error}: Verdict): Partial<Verdict> {
    const {effect} = active.rule
    const refusal = (next: Error): Partial<Verdict> => ({error: error ?? next})
    switch (effect.kind) {
      case 'latency':
        return {delayMs: delayMs + effect.ms}
      case 'drop':
        return {drop: true}
      case 'break':
        return {streamBreak: streamBreak(effect)}
      case 'stall':
        return {streamBreak: {afterEvents: effect.afterEvents, stalls: true}}
      case 'throttle':
        return this.#takeToken(active, effect, subject) ? {} : refusal(commonError('throttled', subject.protocol))
      case 'error':
        return refusal(new WireError(effect.code, effect.message, effect.status))
      case 'access-denied':
        return refusal(commonError('denied', subject.protocol, denial(subject)))
      case 'region-not-enabled':
        return refusal(commonError('region-not-enabled', subject.protocol))
    }
  }

  #takeToken(
    {buckets}: ActiveRule,
    {ratePerSecond, burst}: FaultEffect & {kind: 'throttle'},
    {account, region, service, operation}: FaultSubject,
  ): boolean {
    const key = [account, region, service, operation].join('/')
    const now = this.#now()
    const bucket = buckets.get(key) ?? new TokenBucket(ratePerSecond * 60, now, burst)
    buckets.set(key, bucket)
    if (bucket.level(now) < 1) return false
    bucket.take(1, now)
    return true
  }
}

function matches(rule: FaultRule, subject: FaultSubject): boolean {
  return (
    matchesPattern(rule.account, subject.account) &&
    matchesPattern(rule.region, subject.region) &&
    matchesPattern(rule.service, subject.service) &&
    matchesPattern(rule.operation, subject.operation) &&
    matchesPattern(rule.model, subject.model ?? '')
  )
}

function streamBreak({afterEvents, code, message}: FaultEffect & {kind: 'break'}): StreamBreak {
  return code === undefined
    ? {afterEvents}
    : {afterEvents, error: new WireError(code, message ?? 'The stream broke off.')}
}

function denial({principal, action}: FaultSubject): string {
  return (
    `User: ${principal()} is not authorized to perform: ${action} ` +
    `because no identity-based policy allows the ${action} action`
  )
}
