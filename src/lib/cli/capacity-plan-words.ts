import type {RequestSize} from '../capacity/traffic/rate.js'
import {type Decimal, decimal} from '../core/decimal.js'
import {parseDurationMs} from '../core/duration.js'
import {usageError} from '../core/errors.js'
import {parseQuantity, parseShare} from '../core/quantity.js'
import type {CapacityPlanFlags} from './capacity-plan-flags.js'
import {dollars, readNumber} from './read-number.js'

/** What the flags of a plan say, once each is understood. */
export interface CapacityPlanWords {
  readonly traffic:
    | {readonly kind: 'logs'; readonly place: string}
    | {readonly kind: 'metrics'}
    | {readonly kind: 'rate'; readonly levels: string; readonly size: RequestSize}
  readonly maxTokens: number | null
  readonly unitTokens: number | null
  readonly unitHourly: Decimal | undefined
  readonly tokensPerMinute: number | undefined
  readonly requestsPerMinute: number | undefined
  readonly latencySeconds: number
  readonly retryMinutes: number
  /** Share of the requests. */
  readonly mostThrottled: number
  readonly cover: number
  readonly maxCommitmentMonths: number
}

const MONTHS = {none: 0, '1-month': 1, '3-month': 3, '6-month': 6} as const
const MOST_RETRY_MINUTES = 60
const OF_RATE = ['input-tokens', 'output-tokens', 'cached-share'] as const

/** Understands the flags; throws one usage error with everything that is wrong. */
export async function readCapacityPlanWords(flags: CapacityPlanFlags): Promise<CapacityPlanWords> {
  const problems = flags.rate === undefined ? [] : await readRateProblems(flags.rate)
  const number = (name: NumberFlag, example: string, parse?: (text: string) => Decimal | undefined) =>
    readNumber([name, flags[name]], example, problems, parse)?.toNumber()
  const maxTokens = number('max-tokens', '400') ?? null
  const traffic = readTraffic(flags, maxTokens, problems)
  const words = {
    maxTokens,
    unitTokens: number('tokens-per-minute-per-unit', '60k') ?? null,
    unitHourly: readNumber(['unit-hourly', flags['unit-hourly']], '24.00', problems, dollars),
    tokensPerMinute: number('quota-tpm', '200k'),
    requestsPerMinute: number('quota-rpm', '400'),
    latencySeconds: readLatency(flags.latency, problems),
    retryMinutes: readRetry(flags['retry-minutes'], problems),
    mostThrottled: readShare('max-throttled', flags['max-throttled'], 0, problems),
    cover: readShare('cover', flags.cover, 1, problems),
    maxCommitmentMonths: MONTHS[flags['max-commitment']],
  }
  if (flags['unit-hourly'] !== undefined && words.unitTokens === null) {
    problems.push('--unit-hourly needs --tokens-per-minute-per-unit')
  }
  if (problems.length > 0 || traffic === undefined) {
    throw usageError('CAPACITY_PLAN', 'There is no planning capacity as it stands.', {
      why: problems.join('\n'),
      hint: 'bedrockctl capacity plan --help tells each flag.',
    })
  }
  return {...words, traffic}
}

async function readRateProblems(rate: string): Promise<string[]> {
  const {rateProblems} = await import('../capacity/traffic/rate.js')
  return rateProblems(rate).map((problem) => `--rate ${rate}: ${problem}; levels are such as 10/min:30m,60/min:20m`)
}

type NumberFlag =
  | 'max-tokens'
  | 'tokens-per-minute-per-unit'
  | 'quota-tpm'
  | 'quota-rpm'
  | 'input-tokens'
  | 'output-tokens'

function readTraffic(
  flags: CapacityPlanFlags,
  maxTokens: number | null,
  problems: string[],
): CapacityPlanWords['traffic'] | undefined {
  const {'from-logs': logs, 'from-metrics': metrics, rate} = flags
  const given = [logs !== undefined, metrics, rate !== undefined].filter(Boolean).length
  if (given !== 1) {
    problems.push(
      `traffic comes from one of --from-logs, --from-metrics and --rate; ${given === 0 ? 'none' : 'several'} given`,
    )
    return undefined
  }
  if (rate === undefined) {
    for (const name of OF_RATE) if (flags[name] !== undefined) problems.push(`--${name} is for --rate`)
    return logs === undefined ? {kind: 'metrics'} : {kind: 'logs', place: logs}
  }
  for (const name of ['since', 'called-as'] as const) {
    if (flags[name] !== undefined) problems.push(`--${name} is for --from-logs and --from-metrics`)
  }
  const input = tokensOf('input-tokens', flags['input-tokens'], problems)
  const output = tokensOf('output-tokens', flags['output-tokens'], problems)
  const cached = decimal(readShare('cached-share', flags['cached-share'], 0, problems)).times(input)
  const cacheRead = Math.round(cached.toNumber())
  return {kind: 'rate', levels: rate, size: {input: input - cacheRead, cacheRead, output, maxTokens}}
}

/** Whole tokens of one request; none is a number too. */
function tokensOf(name: string, text: string | undefined, problems: string[]): number {
  const value = text === undefined ? undefined : parseQuantity(text)
  if (value?.mod(1).eq(0)) return value.toNumber()
  problems.push(text === undefined ? `--rate needs --${name}` : `--${name} ${text}: not such as 1000`)
  return 0
}

function readShare(name: string, text: string | undefined, otherwise: number, problems: string[]): number {
  if (text === undefined) return otherwise
  const share = parseShare(text)
  if (share === undefined) problems.push(`--${name} ${text}: not such as 1% or 0.01`)
  return share?.toNumber() ?? otherwise
}

function readLatency(text: string | undefined, problems: string[]): number {
  if (text === undefined) return 0
  const ms = parseDurationMs(text)
  if (ms === undefined) problems.push(`--latency ${text}: not such as 12s`)
  return (ms ?? 0) / 1000
}

function readRetry(text: string | undefined, problems: string[]): number {
  if (text === undefined) return 0
  const minutes = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(minutes <= MOST_RETRY_MINUTES))
    problems.push(`--retry-minutes ${text}: not a number of minutes up to ${MOST_RETRY_MINUTES}`)
  return minutes <= MOST_RETRY_MINUTES ? minutes : 0
}
