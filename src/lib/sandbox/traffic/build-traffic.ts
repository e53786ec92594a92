import {classOf} from '../pace/model-class.js'
import {burndownOf} from '../quotas/burndown.js'
import {type QuotaKind, quotasOf} from '../quotas/quota-limits.js'
import {misfits} from '../world/misfit.js'
import {momentAt} from '../world/moment.js'
import {fillIn} from '../world/scenario-regions.js'
import type {ScenarioCaller, ScenarioTraffic} from '../world/traffic.schema.js'
import type {World} from '../world.js'
import {calledModel} from './called-model.js'
import type {Caller, CallerTokens, Pool} from './caller.js'
import {seedOf} from './chance.js'
import {PoolHours} from './pool-hours.js'
import {minutesAhead} from './rhythm.js'

/** A caller and what it does. */
export interface TrafficSource {
  readonly caller: Caller
  readonly hours: PoolHours
  /** A quota may hold it back. */
  readonly limited: boolean
}

/** By `account/region`. */
export type Traffic = ReadonlyMap<string, readonly TrafficSource[]>

const MINUTE_MS = 60_000
/** Real models are about so many times slower than the sandbox's own answers. */
const SLOWER = {first: 3, tokens: 0.8}
const TIER_SPEED = {priority: 1.25, flex: 0.5}
const LIMIT_OVER_ANSWER = 4

/** The callers of a scenario, each where it calls and with those that share its quotas. */
export async function buildTraffic(world: World, {callers}: ScenarioTraffic): Promise<Traffic> {
  const found = callers.flatMap((one, index) => one.regions.map((region) => resolve(one, index, region, world)))
  const wrong = found.filter((one) => 'place' in one)
  if (wrong.length > 0) throw misfits(wrong)
  const all = found.filter((one) => 'seed' in one)
  const pools = new Map<string, {callers: Caller[]; limits: Limits}>()
  for (const caller of all) {
    const limits = await limitsOf(caller, world)
    const key = limits.key ?? `alone/${pools.size}`
    const pool = pools.get(key) ?? {callers: [], limits}
    pools.set(key, pool)
    pool.callers.push(caller)
  }
  const traffic = new Map<string, TrafficSource[]>()
  for (const {callers: sharing, limits} of pools.values()) {
    const pool: Pool = {...limits, callers: sharing}
    const hours = new PoolHours(pool)
    for (const caller of sharing) {
      const place = `${caller.account}/${caller.region}`
      traffic.set(place, [...(traffic.get(place) ?? []), {caller, hours, limited: limits.key !== undefined}])
    }
  }
  return traffic
}

interface Misfit {
  readonly place: string
  readonly message: string
}

function resolve(one: ScenarioCaller, index: number, region: string, world: World): Caller | Misfit {
  const place = `traffic.callers[${index}]`
  const account = one.account ?? [...world.accounts.keys()][0] ?? ''
  const state = world.accounts.get(account)
  if (!state) return {place, message: `the scenario has no account ${account}`}
  if (world.regionState(account, region) !== 'enabled') {
    return {place, message: `${region} is not enabled in ${account}`}
  }
  const modelId = fillIn(one.model, {region, account, partition: state.partition})
  const called = calledModel(world, {account, region}, modelId)
  if (!called) return {place, message: `nothing is called ${modelId} in ${region}`}
  const startedAt = state.resources.startedAt
  return {
    seed: seedOf(`${index}/${one.name}/${account}/${region}/${modelId}`, world.seed),
    name: one.name,
    account,
    region,
    modelId,
    base: called.base,
    routing: one.mantle ? 'mantle' : called.routing,
    mantle: one.mantle ?? false,
    tier: one.tier,
    copies: modelId.includes(':imported-model/') ? (one.copies ?? 1) : undefined,
    perMinute: one.perMinute,
    curve: one.curve ?? 'office',
    aheadMinutes: minutesAhead(region),
    bursts: one.bursts,
    burstFrom: Math.floor(startedAt / MINUTE_MS - (one.bursts?.minutesAgo ?? 0)),
    tokens: tokensOf(one, called.base),
    ...speedOf(one, called.base ?? modelId),
    ...sharesOf(one),
    since: momentAt(one.since ?? '-1d', startedAt),
    until: one.until === undefined ? Number.POSITIVE_INFINITY : momentAt(one.until, startedAt),
  }
}

function tokensOf(one: ScenarioCaller, base: string | undefined): CallerTokens {
  const {inputTokens: input, outputTokens: output, cacheReadTokens = 0, cacheWriteTokens = 0} = one
  const limit = one.maxTokens ?? output * LIMIT_OVER_ANSWER
  // Mantle's quota of input has nothing to do with what comes out.
  const burndown = one.mantle ? 0 : base === undefined ? 1 : burndownOf(base)
  return {input, output, cacheRead: cacheReadTokens, cacheWrite: cacheWriteTokens, limit, burndown}
}

function speedOf({tier, ttftMs, tokensPerSecond}: ScenarioCaller, model: string) {
  const usual = classOf(model)
  const speed = tier ? TIER_SPEED[tier] : 1
  return {
    ttftMs: (ttftMs ?? usual.ttftMs * SLOWER.first) / speed,
    tokensPerSecond: (tokensPerSecond ?? usual.tokensPerSecond * SLOWER.tokens) * speed,
  }
}

function sharesOf({streaming = 0, clientErrors = 0, serverErrors = 0}: ScenarioCaller) {
  return {streaming, clientErrors, serverErrors}
}

interface Limits {
  readonly key: string | undefined
  readonly tokensPerMinute: number | undefined
  readonly requestsPerMinute: number | undefined
}

/** Every value that Service Quotas tells: who reads it there finds nothing served beyond it. */
async function limitsOf(caller: Caller, world: World): Promise<Limits> {
  const {account, region, base, routing} = caller
  const none = {key: undefined, tokensPerMinute: undefined, requestsPerMinute: undefined}
  if (base === undefined || routing === undefined) return none
  const quotas = await quotasOf(base, routing)
  const applied = world.account(account).quotas
  const value = (kind: QuotaKind): number | undefined => {
    const quota = quotas.get(kind)
    return quota && (applied.get(quota.code) ?? quota.value)
  }
  const tokensPerMinute = value(caller.mantle ? 'input' : 'tokens')
  const requestsPerMinute = value('requests')
  if (tokensPerMinute === undefined && requestsPerMinute === undefined) return none
  return {key: `${account} ${region} ${base} ${routing}`, tokensPerMinute, requestsPerMinute}
}
