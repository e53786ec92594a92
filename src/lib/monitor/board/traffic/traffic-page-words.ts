import {wrapText} from '../../../output/wrap.js'
import {faint, plain, type Span, type SpanLine, strong, toned} from '../../span.js'
import {clean, toWidth, widthOf} from '../../text-width.js'
import type {TrafficRow} from '../data.js'
import {feedText} from '../feed-words.js'
import {fullTone} from '../quotas/quota-words.js'
import type {BoardState} from '../state.js'
import type {BoardPage, Room} from '../view.js'
import {requestsOf, WINDOW_MINUTES} from './figures.js'
import {type SeenRow, seenRows} from './seen.js'
import {trafficCharts} from './traffic-charts-words.js'
import {limitText, tierText} from './traffic-facts-words.js'
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
      ...growingLines(row, figures.minute),
      ...placeLines(seen),
      ...costLines(seen),
      [],
      ...quotaLines(seen),
      [],
      ...tierLines(seen),
      ...trafficCharts(row, figures.minute, room),
      ...wrapText(PERCENTILES, room.columns).map((text): SpanLine => [faint(text)]),
    ],
  }
}

const PERCENTILES = `p50 and p99 are CloudWatch's, of each minute. Beside a list: the middle p50 of ${WINDOW_MINUTES} minutes, weighted by requests, and the highest p99.`

function nowLines({figures, late, row}: SeenRow, nowMs: number): readonly SpanLine[] {
  const isMantle = row.endpoint === 'mantle'
  const requests: SpanLine = [
    label('now'),
    strong(perSecondText(figures.requestsPerSecond)),
    plain(
      ` req/s   in ${amountText(figures.input)}/min   out ${amountText(figures.output)}/min   cached ${shareText(figures.cachedShare)}`,
    ),
    late === undefined
      ? faint(`   at ${minuteText(figures.minute)} UTC`)
      : {text: `   ${feedText(late, nowMs)}, of ${minuteText(figures.minute)} UTC`, tone: 'warn'},
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

/** The minute that is not over, as far as it was counted: no rate is taken from it. */
function growingLines({minutes}: TrafficRow, last: number): readonly SpanLine[] {
  const growing = minutes.at(-1)
  if (growing === undefined || growing.minute <= last) return []
  const {input, minute, output} = growing
  const counted = `${amountText(requestsOf(growing))} requests, in ${amountText(input)}, out ${amountText(output)}`
  return [[label(''), faint(`${minuteText(minute)} UTC so far: ${counted}`)]]
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
  if (rate.isByTheHour)
    return [[label('cost'), plain('none of its tokens: its capacity is paid by the hour (:capacity)')]]
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

function quotaLines({figures, quota}: SeenRow): readonly SpanLine[] {
  const estimated =
    figures.quotaTokens === null ? '' : `AWS estimates ${amountText(figures.quotaTokens)} tokens of quota a minute`
  return [
    ...quota.limits.map(
      (use): SpanLine => [
        label('quota'),
        toned(limitText(use), fullTone(use.share)),
        faint(clean(`   ${use.limit.name}`)),
      ],
    ),
    ...(quota.unknown === null ? [] : [[label('quota'), faint(quota.unknown)]]),
    ...(estimated === '' ? [] : [[label(''), faint(estimated)]]),
  ]
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

const label = (text: string): Span => faint(text.padEnd(LABEL))
