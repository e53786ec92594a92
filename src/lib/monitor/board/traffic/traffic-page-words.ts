import {faint, plain, type SpanLine, strong, toned} from '../../span.js'
import {clean, toWidth, widthOf} from '../../text-width.js'
import type {TrafficRow} from '../data.js'
import {feedText} from '../feed-words.js'
import {labelled, labelledEach, labelledSpans, sections, wrapWords} from '../page-words.js'
import {fullTone} from '../quotas/quota-words.js'
import type {BoardState} from '../state.js'
import type {BoardPage, Room} from '../view.js'
import {type Figures, requestsOf, WINDOW_MINUTES} from './figures.js'
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

/** What Enter shows of one called id: what it is, what it takes of quotas and money, and how it went. */
export function trafficPage(state: BoardState, key: string, room: Room): BoardPage | undefined {
  const seen = seenRows(state).find(({row}) => row.key === key)
  if (!seen) return undefined
  const {figures, row} = seen
  return {
    title: clean(`${calledText(row)} in ${row.region}`),
    lines: sections(
      [...nowLines(seen, state.nowMs, room), ...growingLines(row, figures.minute, room)],
      [...placeLines(seen, room), ...costLines(seen, room)],
      quotaLines(seen, room),
      tierLines(seen, room),
      [
        ...trafficCharts(row, figures.minute, room),
        ...wrapWords(PERCENTILES, room.columns).map((text): SpanLine => [faint(text)]),
      ],
    ),
  }
}

const PERCENTILES = `p50 and p99 are CloudWatch's, of each minute. Beside a list: the middle p50 of ${WINDOW_MINUTES} minutes, weighted by requests, and the highest p99.`

function nowLines({figures, late, row}: SeenRow, nowMs: number, room: Room): readonly SpanLine[] {
  const {cachedShare, errorShare, input, minute, output, requestsPerSecond} = figures
  const tokens = `in ${amountText(input)}/min   out ${amountText(output)}/min   cached ${shareText(cachedShare)}`
  const requests: SpanLine = [
    strong(perSecondText(requestsPerSecond)),
    plain(` req/s   ${tokens}`),
    late === undefined
      ? faint(`   at ${minuteText(minute)} UTC`)
      : {text: `   ${feedText(late, nowMs)}, of ${minuteText(minute)} UTC`, tone: 'warn'},
  ]
  const failed = `failed ${shareText(errorShare)}`
  if (row.endpoint === 'mantle') {
    const latency = faint('   mantle has no metric of latency: measure where you call')
    return [
      ...labelledSpans('now', requests, room),
      ...labelledSpans('', [plain(`${failed}, throttled among them`), latency], room),
    ]
  }
  return [
    ...labelledSpans('now', requests, room),
    ...labelledSpans('', [plain(latencyText(figures))], room),
    ...labelledSpans('', [...throttledSpans(figures), plain(`   ${failed}`), plain(paceText(figures))], room),
  ]
}

function latencyText({latencyP50, latencyP99, ttftP50, ttftP99}: Figures): string {
  return `first token ${msText(ttftP50)} (p99 ${msText(ttftP99)})   whole answer ${msText(latencyP50)} (p99 ${msText(latencyP99)})`
}

function throttledSpans({throttleShare}: Figures): SpanLine {
  return [toned(`throttled ${shareText(throttleShare)}`, (throttleShare ?? 0) > 0 ? 'bad' : undefined)]
}

function paceText({outputPerSecond}: Figures): string {
  return outputPerSecond === null ? '' : `   about ${amountText(outputPerSecond)} output tokens a second a stream`
}

/** The minute that is not over, as far as it was counted: no rate is taken from it. */
function growingLines({minutes}: TrafficRow, last: number, room: Room): readonly SpanLine[] {
  const growing = minutes.at(-1)
  if (growing === undefined || growing.minute <= last) return []
  const {input, minute, output} = growing
  const counted = `${amountText(requestsOf(growing))} requests, in ${amountText(input)}, out ${amountText(output)}`
  return labelled('', `${minuteText(minute)} UTC so far: ${counted}`, room, 'faint')
}

function placeLines({row}: SeenRow, room: Room): readonly SpanLine[] {
  const {about} = row
  const names = [about.name, about.model ?? 'model not known'].filter((word) => word !== null)
  const warning = lifecycleText(about)
  const where = row.endpoint === 'mantle' ? 'bedrock-mantle, ' : ''
  return [
    ...labelledSpans('model', [plain(names.join('   ')), toned(warning && `   ${warning}`, 'warn')], room),
    ...labelled('travels', `${where}${routeText(about)}: ${processedText(about, row.region)}`, room),
  ]
}

function costLines({rate}: SeenRow, room: Room): readonly SpanLine[] {
  const {currency, isByTheHour, knownPerHour, missing, perHour, perMonth} = rate
  if (isByTheHour) return labelled('cost', 'none of its tokens: its capacity is paid by the hour (:capacity)', room)
  const month = perMonth === null ? '' : `   ${moneyText(perMonth.toNumber(), currency)} a month at this pace`
  const hour = `${rateText(rate)}${perHour === null && knownPerHour.eq(0) ? '' : '/h'}`
  return [
    ...labelledSpans('cost', [strong(hour), plain(month)], room),
    ...missing.flatMap((text) => labelled('', text, room, 'warn')),
  ]
}

function quotaLines({figures, quota}: SeenRow, room: Room): readonly SpanLine[] {
  const {quotaTokens} = figures
  const estimated = quotaTokens === null ? '' : `AWS estimates ${amountText(quotaTokens)} tokens of quota a minute`
  return [
    ...quota.limits.flatMap((use) =>
      labelledSpans('quota', [toned(limitText(use), fullTone(use.share)), faint(`   ${use.limit.name}`)], room),
    ),
    ...labelled('quota', quota.unknown, room, 'faint'),
    ...labelled('', estimated, room, 'faint'),
  ]
}

function tierLines({figures, tiers}: SeenRow, room: Room): readonly SpanLine[] {
  const width = Math.max(0, ...tiers.map(({tier}) => widthOf(tier ?? ''))) + 2
  const texts = tiers.map((tier) => `${toWidth(tier.tier ?? '', width)}${tierText(tier, figures.minute)}`)
  return labelledEach('tiers', texts, room)
}
