import type {TrafficRow} from '../data.js'
import {feedText} from '../feed-words.js'
import {factsOf} from '../page-words.js'
import type {Rate} from '../prices/rate-of.js'
import type {LimitUse} from '../quotas/quota-use.js'
import {kindText} from '../quotas/quota-words.js'
import type {BoardState} from '../state.js'
import {figuresOf, WINDOW_MINUTES} from './figures.js'
import {seenRows} from './seen.js'
import {
  amountText,
  lifecycleText,
  minuteText,
  moneyText,
  msText,
  perSecondText,
  processedText,
  rateText,
  routeText,
  shareText,
} from './traffic-words.js'

/** Names and values of one called id, for a description and for the difference of two. */
export function describeTraffic(state: BoardState, key: string): readonly (readonly [string, string])[] | undefined {
  const seen = seenRows(state).find(({row}) => row.key === key)
  if (!seen) return undefined
  const {figures, late, quota, rate, row, tiers} = seen
  const {about} = row
  return factsOf([
    ['called as', row.modelId],
    ['Region', row.region],
    ['endpoint', row.endpoint === 'mantle' ? 'bedrock-mantle' : 'bedrock-runtime'],
    ['model', about.model ?? 'not known'],
    ['name', about.name ?? 'not known'],
    ['route', routeText(about)],
    ['processed in', processedText(about, row.region)],
    ['lifecycle', lifecycleText(about) || 'no end of it is known'],
    ['figures of', `${minuteText(figures.minute)} UTC, shares and percentiles of ${WINDOW_MINUTES} minutes`],
    ['read', late === undefined ? 'live' : feedText(late, state.nowMs)],
    ['requests a second', perSecondText(figures.requestsPerSecond)],
    [
      'throttled',
      row.endpoint === 'mantle' ? 'among the failed: mantle has no such metric' : shareText(figures.throttleShare),
    ],
    ['failed', shareText(figures.errorShare)],
    ['input tokens a minute', amountText(figures.input)],
    ['output tokens a minute', amountText(figures.output)],
    ['read from cache a minute', amountText(figures.cacheRead)],
    ['written to cache a minute', amountText(figures.cacheWrite)],
    ['cached share of input', shareText(figures.cachedShare)],
    ['first token, middle p50', latencyText(row.endpoint, figures.ttftP50)],
    ['first token, highest p99', latencyText(row.endpoint, figures.ttftP99)],
    ['whole answer, middle p50', latencyText(row.endpoint, figures.latencyP50)],
    ['whole answer, highest p99', latencyText(row.endpoint, figures.latencyP99)],
    ['output tokens a second', latencyText(row.endpoint, figures.outputPerSecond, amountText)],
    ['cost an hour', rateText(rate)],
    ['cost a month at this pace', rate.isByTheHour ? null : monthText(rate)],
    ['not in the cost', rate.missing.join('; ')],
    ...quota.limits.map((use) => [`quota ${kindText(use.limit)}`, `${limitText(use)}: ${use.limit.name}`] as const),
    ['AWS estimates of its quota', estimateText(figures.quotaTokens)],
    ['quota', quota.unknown],
    ...tiers.map((tier) => [`tier ${tier.tier}`, tierText(tier, figures.minute)] as const),
  ])
}

function monthText({currency, perMonth}: Rate): string {
  return perMonth === null ? '?' : moneyText(perMonth.toNumber(), currency)
}

function estimateText(tokens: number | null): string | null {
  return tokens === null ? null : `${amountText(tokens)} tokens a minute`
}

/** What belongs to a row among the events: what names its id. */
export function trafficEvents(state: BoardState, key: string): string | undefined {
  return seenRows(state).find(({row}) => row.key === key)?.row.modelId
}

function latencyText(endpoint: string, value: number | null, text: (value: number | null) => string = msText): string {
  if (endpoint === 'mantle') return 'not known: mantle has no such metric'
  return value === null ? 'nothing was measured' : text(value)
}

/** `72 % of 6M, peak 91 %, an output token counts 5`. */
export function limitText({burndown, limit, peakShare, share, used, why}: LimitUse): string {
  if (why !== null || used === null) return why ?? 'not known'
  const peak = peakShare === null ? '' : `, peak of the hour ${shareText(peakShare)}`
  const burnt = burndown === null || burndown === 1 ? '' : `, an output token counts ${burndown}`
  return `${amountText(used)} of ${amountText(limit.value)} (${shareText(share)})${peak}${burnt}`
}

/** Tiers are asked less often: their minute may be a few before that of the sum. */
export function tierText(tier: TrafficRow, minute: number): string {
  const newest = Math.min(minute, tier.minutes.at(-1)?.minute ?? minute)
  const {input, latencyP50, output, requestsPerSecond, throttleShare} = figuresOf([tier], newest)
  const at = newest === minute ? '' : ` at ${minuteText(newest)}`
  return `${perSecondText(requestsPerSecond)} req/s${at}, in ${amountText(input)}/min, out ${amountText(output)}/min, throttled ${shareText(throttleShare)}, whole answer ${msText(latencyP50)}`
}
