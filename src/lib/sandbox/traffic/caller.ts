import type {Routing} from '../quotas/quota-limits.js'
import type {ScenarioCaller} from '../world/traffic.schema.js'

/** A caller of a scenario's traffic in one Region, nothing left open. */
export interface Caller {
  /** What chance is made of. */
  readonly seed: number
  /** Who calls. */
  readonly name: string
  readonly account: string
  readonly region: string
  /** As called. */
  readonly modelId: string
  /** Base model; `undefined` for an imported one. */
  readonly base: string | undefined
  readonly routing: Routing | undefined
  readonly mantle: boolean
  readonly tier: 'priority' | 'flex' | undefined
  readonly copies: number | undefined
  readonly perMinute: number
  readonly curve: NonNullable<ScenarioCaller['curve']>
  /** Minutes that its Region's time is ahead of UTC. */
  readonly aheadMinutes: number
  readonly bursts: ScenarioCaller['bursts']
  /** A minute since the epoch at which a burst begins. */
  readonly burstFrom: number
  readonly tokens: CallerTokens
  readonly streaming: number
  readonly clientErrors: number
  readonly serverErrors: number
  readonly ttftMs: number
  readonly tokensPerSecond: number
  /** Milliseconds. */
  readonly since: number
  readonly until: number
}

/** Of a request on average. */
export interface CallerTokens {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
  /** The most that an answer may have. */
  readonly limit: number
  /** What a token of an answer weighs in the quota. */
  readonly burndown: number
}

/** Callers that draw from the same quotas: of one account, in one Region, on one code. */
export interface Pool {
  readonly callers: readonly Caller[]
  readonly tokensPerMinute: number | undefined
  readonly requestsPerMinute: number | undefined
}
