import type {Span, SpanLine, Tone} from '../../span.js'
import {clean, toWidth, widthOf} from '../../text-width.js'
import type {LimitUse} from '../quotas/quota-use.js'
import {feedText} from '../regions/feed-words.js'
import type {BoardState} from '../state.js'
import type {BoardPage, Room} from '../view.js'
import {figuresOf, WINDOW_MINUTES} from './figures.js'
import {type SeenRow, seenRows} from './seen.js'
import {trafficCharts} from './traffic-charts-words.js'
import {
  amountText,
  calledText,
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

const LABEL = 10

/** What Enter shows of one called id: what it is, what it takes of quotas and money, and how it went. */
export function trafficPage(state: BoardState, key: string, room: Room): BoardPage | undefined {
  const seen = seenRows(state).find(({row}) => row.key === key)
  if (!seen) return undefined
  const {figures, row} = seen
  return {
    title: clean(`${calledText(row)} in ${row.region}`),
    lines: [
      ...nowLines(seen, state.nowMs),
      ...placeLines(seen),
      ...costLines(seen),
      [],
      ...quotaLines(seen),
      [],
      ...tierLines(seen),
      ...trafficCharts(row, figures.minute, room),
      [faint(PERCENTILES)],
    ],
  }
}

const PERCENTILES = `p50 and p99 are CloudWatch's, of each minute. Beside a list: the middle p50 of ${WINDOW_MINUTES} minutes, weighted by requests, and the highest p99.`

/** Names and values of one called id, for a description and for the difference of two. */
export function describeTraffic(state: BoardState, key: string): readonly (readonly [string, string])[] | undefined {
  const seen = seenRows(state).find(({row}) => row.key === key)
  if (!seen) return undefined
  const {feed, figures, quota, rate, row, tiers} = seen
  const {about} = row
  return [
    ['called as', row.modelId],
    ['Region', row.region],
    ['endpoint', row.endpoint === 'mantle' ? 'bedrock-mantle' : 'bedrock-runtime'],
    ['model', about.model ?? 'not known'],
    ['name', about.name ?? 'not known'],
    ['route', routeText(about)],
    ['processed in', processedText(about, row.region)],
    ['lifecycle', lifecycleText(about) || 'no end of it is known'],
    ['figures of', `${minuteText(figures.minute)} UTC, shares and percentiles of ${WINDOW_MINUTES} minutes`],
    ['read', feedText(feed, state.nowMs) || 'not known'],
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
    [
      'cost a month at this pace',
      rate.perMonth === null ? 'unknown' : moneyText(rate.perMonth.toNumber(), rate.currency),
    ],
    ...(rate.missing.length === 0 ? [] : [['not in the cost', rate.missing.join('; ')] as const]),
    ...quota.limits.map((use) => [use.limit.name, limitText(use)] as const),
    ...(quota.unknown === null ? [] : [['quota', quota.unknown] as const]),
    ...tiers.map((tier) => [`tier ${tier.tier}`, tierText(tier, figures.minute)] as const),
  ]
}

/** What belongs to a row among the events: what names its id. */
export function trafficEvents(state: BoardState, key: string): string | undefined {
  return seenRows(state).find(({row}) => row.key === key)?.row.modelId
}

function latencyText(endpoint: string, value: number | null, text: (value: number | null) => string = msText): string {
  if (endpoint === 'mantle') return 'not known: mantle has no such metric'
  return value === null ? 'nothing was measured' : text(value)
}

function nowLines({feed, figures, row}: SeenRow, nowMs: number): readonly SpanLine[] {
  const isMantle = row.endpoint === 'mantle'
  const age = feedText(feed, nowMs)
  const isFresh = feed === undefined || feed.status === 'live'
  const requests: SpanLine = [
    label('now'),
    strong(perSecondText(figures.requestsPerSecond)),
    plain(
      ` req/s   in ${amountText(figures.input)}/min   out ${amountText(figures.output)}/min   cached ${shareText(figures.cachedShare)}`,
    ),
    isFresh
      ? faint(`   at ${minuteText(figures.minute)} UTC`)
      : {text: `   ${age}, of ${minuteText(figures.minute)} UTC`, tone: 'warn'},
  ]
  const failed = `failed ${shareText(figures.errorShare)}`
  if (isMantle) {
    return [
      requests,
      [
        label(''),
        plain(`${failed}, throttled among them`),
        faint('   mantle has no metric of latency: measure where you call'),
      ],
    ]
  }
  const throttled = figures.throttleShare ?? 0
  return [
    requests,
    [
      label(''),
      plain(
        `first token ${msText(figures.ttftP50)} (p99 ${msText(figures.ttftP99)})   whole answer ${msText(figures.latencyP50)} (p99 ${msText(figures.latencyP99)})`,
      ),
    ],
    [
      label(''),
      toned(`throttled ${shareText(figures.throttleShare)}`, throttled > 0 ? 'bad' : undefined),
      plain(`   ${failed}`),
      plain(
        figures.outputPerSecond === null
          ? ''
          : `   about ${amountText(figures.outputPerSecond)} output tokens a second a stream`,
      ),
    ],
  ]
}

function placeLines({row}: SeenRow): readonly SpanLine[] {
  const {about} = row
  const model = about.model === null ? 'model not known' : about.model
  const warning = lifecycleText(about)
  return [
    [
      label('model'),
      plain(clean([about.name, model].filter((word) => word !== null).join('   '))),
      ...(warning === '' ? [] : [{text: `   ${warning}`, tone: 'warn' as const}]),
    ],
    [
      label('travels'),
      plain(
        `${row.endpoint === 'mantle' ? 'bedrock-mantle, ' : ''}${routeText(about)}: ${processedText(about, row.region)}`,
      ),
    ],
  ]
}

function costLines({rate}: SeenRow): readonly SpanLine[] {
  const month =
    rate.perMonth === null ? '' : `   ${moneyText(rate.perMonth.toNumber(), rate.currency)} a month at this pace`
  return [
    [
      label('cost'),
      strong(`${rateText(rate)}${rate.perHour === null && rate.knownPerHour.eq(0) ? '' : '/h'}`),
      plain(month),
    ],
    ...rate.missing.map((text): SpanLine => [label(''), {text: clean(text), tone: 'warn'}]),
  ]
}

function quotaLines({quota}: SeenRow): readonly SpanLine[] {
  return [
    ...quota.limits.map((use): SpanLine => {
      const share = use.share ?? 0
      const tone: Tone | undefined = share >= 0.85 ? 'bad' : share >= 0.6 ? 'warn' : undefined
      return [label('quota'), toned(limitText(use), tone), faint(clean(`   ${use.limit.name}`))]
    }),
    ...(quota.unknown === null ? [] : [[label('quota'), faint(quota.unknown)]]),
  ]
}

/** `72 % of 6M, peak 91 %, an output token counts 5`. */
function limitText({burndown, limit, peakShare, share, used, why}: LimitUse): string {
  if (why !== null || used === null) return why ?? 'not known'
  const peak = peakShare === null ? '' : `, peak of the hour ${shareText(peakShare)}`
  const burnt = burndown === null || burndown === 1 ? '' : `, an output token counts ${burndown}`
  return `${amountText(used)} of ${amountText(limit.value)} (${shareText(share)})${peak}${burnt}`
}

function tierLines({figures, tiers}: SeenRow): readonly SpanLine[] {
  if (tiers.length === 0) return []
  const name = Math.max(...tiers.map(({tier}) => widthOf(tier ?? '')))
  return [
    ...tiers.map(
      (tier, index): SpanLine => [
        label(index === 0 ? 'tiers' : ''),
        plain(toWidth(tier.tier ?? '', name + 2)),
        plain(tierText(tier, figures.minute)),
      ],
    ),
    [],
  ]
}

/** Tiers are asked less often: their minute may be a few before that of the sum. */
function tierText(tier: SeenRow['row'], minute: number): string {
  const newest = Math.min(minute, tier.minutes.at(-1)?.minute ?? minute)
  const {input, latencyP50, output, requestsPerSecond, throttleShare} = figuresOf([tier], newest)
  const at = newest === minute ? '' : ` at ${minuteText(newest)}`
  return `${perSecondText(requestsPerSecond)} req/s${at}, in ${amountText(input)}/min, out ${amountText(output)}/min, throttled ${shareText(throttleShare)}, whole answer ${msText(latencyP50)}`
}

const label = (text: string): Span => ({text: text.padEnd(LABEL), tone: 'faint'})
const strong = (text: string): Span => ({text, tone: 'strong'})
const plain = (text: string): Span => ({text})
const faint = (text: string): Span => ({text, tone: 'faint'})
const toned = (text: string, tone: Tone | undefined): Span => (tone ? {text, tone} : {text})
