import type {Decimal} from '../../../core/decimal.js'
import {faint, plain, type Span, type SpanLine, strong, toned} from '../../span.js'
import {clean, widthOf} from '../../text-width.js'
import {keepLast} from '../memo.js'
import {fullTone} from '../quotas/quota-words.js'
import type {BoardState} from '../state.js'
import type {Room} from '../view.js'
import {type Totals, totalsOf, type Unread} from './totals.js'
import {
  amountText,
  atLeastText,
  minuteText,
  moneyText,
  msText,
  perSecondText,
  shareText,
  sparkText,
} from './traffic-words.js'

const LABEL = 11
/** Where sparklines begin, so that they stand below one another. */
const SPARK_AT = 60
const LEAST_SPARK = 8

/** The pulse: what is asked of all models together, what it costs and what is wrong; what matters most in few lines. */
export function overviewHead(state: BoardState, room: Room): readonly SpanLine[] {
  return pulse({totals: totalsOf(state), room})
}

const pulse = keepLast(
  ({room: {columns, rows, unicode}, totals}: {readonly totals: Totals; readonly room: Room}) => [
    ...[totals, columns, rows, unicode],
  ],
  ({room, totals}): readonly SpanLine[] => {
    const lines = [
      {line: requestLine(totals, room), rank: 0},
      {line: tokenLine(totals, room), rank: 3},
      {line: latencyLine(totals, room), rank: 5},
      {line: costLine(totals, room), rank: 2},
      {line: quotaLine(totals), rank: 4},
      {line: alarmLine(totals), rank: 1},
    ].filter(({line}) => line.length > 0)
    const ranks = lines.map(({rank}) => rank).toSorted((a, b) => a - b)
    const last = ranks[room.rows - 1] ?? Number.POSITIVE_INFINITY
    return room.rows < 1 ? [] : lines.filter(({rank}) => rank <= last).map(({line}) => line)
  },
)

function requestLine(totals: Totals, room: Room): SpanLine {
  const {figures} = totals
  if (!figures) return [label('requests/s'), unreadSpan(totals.unread.traffic) ?? faint('none within 3 hours')]
  const {errorShare, minute, requestsPerSecond, throttleShare} = figures
  return withSpark(
    [
      label('requests/s'),
      strong(perSecondText(requestsPerSecond)),
      plain('  throttled '),
      toned(shareText(throttleShare), (throttleShare ?? 0) > 0 ? 'bad' : undefined),
      plain('  failed '),
      toned(shareText(errorShare), (errorShare ?? 0) > 0 ? 'warn' : undefined),
      {text: `  at ${minuteText(minute)} UTC`, tone: 'faint'},
    ],
    totals.pulse.requests,
    room,
  )
}

function tokenLine(totals: Totals, room: Room): SpanLine {
  const {figures} = totals
  if (!figures) return []
  const {cacheRead, cachedShare, input, output} = figures
  return withSpark(
    [
      label('tokens/min'),
      plain('in '),
      strong(amountText(input)),
      plain('  out '),
      strong(amountText(output)),
      plain('  cached '),
      strong(amountText(cacheRead)),
      plain(cachedShare === null ? '' : ` (${shareText(cachedShare)})`),
    ],
    totals.pulse.tokens,
    room,
  )
}

function latencyLine(totals: Totals, room: Room): SpanLine {
  const {figures} = totals
  if (!figures) return []
  const {latencyP50, latencyP99, ttftP50, ttftP99} = figures
  return withSpark(
    [
      label('first token'),
      strong(msText(ttftP50)),
      plain(`  p99 ${msText(ttftP99)}`),
      plain('   answer '),
      strong(msText(latencyP50)),
      plain(`  p99 ${msText(latencyP99)}`),
    ],
    totals.pulse.ttftP99,
    room,
  )
}

function costLine({capacity, partly, spend, unread}: Totals, {columns}: Room): SpanLine {
  const {currency, knownPerHour, knownPerMonth, unpriced, why} = spend
  const missed = unreadSpan(unread.traffic ?? unread.prices)
  const money = (amount: Decimal) => moneyText(amount.toNumber(), currency)
  const hour = unpriced.length > 0 ? atLeastText(knownPerHour.toNumber(), currency) : money(knownPerHour)
  const kept =
    capacity && (partly.capacity ? atLeastText(capacity.perHour.toNumber(), currency) : money(capacity.perHour))
  const line: SpanLine = [
    label('cost now'),
    ...(missed !== undefined
      ? [missed]
      : why === null
        ? [strong(`${hour}/h`), plain(` (${money(knownPerMonth)}/month)`)]
        : [warning('?'), faint(`  ${clean(why)}`)]),
    ...(kept === undefined ? [] : [plain(`  capacity ${kept}/h`)]),
    ...(capacity?.idlePerHour.gt(0) ? [warning(` (${money(capacity.idlePerHour)} idle)`)] : []),
  ]
  const missing = (why === null ? unpriced.length : 0) + (capacity?.unknown ?? 0)
  const last: SpanLine = missing === 0 ? [] : [warning(`  ${missing} unpriced`)]
  return widthOf([...line, ...last].map(({text}) => text).join('')) <= columns ? [...line, ...last] : line
}

function quotaLine({tightest, unread}: Totals): SpanLine {
  if (!tightest?.limit || tightest.share === null) {
    const missed = unreadSpan(unread.quotas ?? unread.traffic)
    if (missed !== undefined) return [label('quota'), missed]
    return [label('quota'), {text: 'no quota by the minute is known for what is called', tone: 'faint'}]
  }
  const {limit, region, share, used, value: most} = tightest
  const unit = limit.kind === 'rpm' ? 'requests/min' : 'tokens/min'
  const left = most === null || used === null ? 0 : most - used
  const room = left >= 0 ? `${amountText(left)} left` : `${amountText(-left)} too many`
  return [
    label('quota'),
    toned(`${shareText(share)} of ${amountText(most)} ${unit}`, fullTone(share)),
    plain(`, ${room}  `),
    faint(clean(`${limit.model ?? limit.name}, ${region}`)),
  ]
}

function alarmLine({alarms, jobs, partly, unread, watchedAlarms}: Totals): SpanLine {
  const names = alarms.map(({name}) => clean(name)).join(', ')
  const told: Span =
    watchedAlarms === undefined
      ? (unreadSpan(unread.alarms) ?? faint('not read'))
      : alarms.length === 0
        ? {text: watchedAlarms === 0 ? 'none looks at Bedrock' : `none of ${watchedAlarms} in ALARM`}
        : {text: `${alarms.length} in ALARM`, tone: 'bad'}
  return [
    label('alarms'),
    told,
    ...(watchedAlarms === undefined ? [] : partlySpans(partly.alarms)),
    plain(jobs === undefined ? '' : `   ${jobs} ${jobs === 1 ? 'job' : 'jobs'} running`),
    ...(jobs === undefined ? [] : partlySpans(partly.jobs)),
    faint(names === '' ? '' : `   ${names}`),
  ]
}

function withSpark(line: SpanLine, values: readonly (number | null)[], {columns, unicode}: Room): SpanLine {
  const taken = line.reduce((width, {text}) => width + widthOf(text), 0)
  const start = Math.max(SPARK_AT, taken + 2)
  const count = Math.min(values.length, columns - start)
  if (count < LEAST_SPARK) return line
  return [...line, plain(' '.repeat(start - taken)), {text: sparkText(values.slice(-count), unicode), tone: 'id'}]
}

/** That a count lacks what some Regions have. */
function partlySpans(partly: 'reading' | 'missed' | undefined): SpanLine {
  if (partly === undefined) return []
  return [partly === 'reading' ? faint(' so far') : warning(' as far as known')]
}

/** Why something is not known; undefined where it is. */
function unreadSpan(unread: Unread | undefined): Span | undefined {
  if (unread === undefined) return undefined
  return unread === 'reading' ? faint('reading') : warning(clean(unread.why))
}

const label = (text: string): Span => faint(text.padEnd(LABEL + 1))
const warning = (text: string): Span => ({text, tone: 'warn'})
