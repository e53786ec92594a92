import {type Decimal, decimal, toNumber, ZERO} from '../../core/decimal.js'
import type {TokenRates} from '../metrics/summary.schema.js'
import type {LevelPlan} from '../plan/bench-plan.js'
import type {PlannedCell} from '../plan/expand-cells.js'

/** Tokens of one request, on average. */
export interface RequestTokens {
  readonly input: number
  readonly output: number
}

/** What is known of a target before its load. */
export interface TargetOutlook {
  /** undefined: nothing of it is charged by the token, or its price is not known. */
  readonly rates: TokenRates | undefined
  /** One request from send to last token; undefined before it was asked. */
  readonly e2eMs: number | undefined
}

export interface CellEstimate {
  readonly cell: number
  /** null: it depends on how fast the target answers. */
  readonly requests: number | null
  readonly seconds: number | null
  readonly usd: number | null
}

export interface Estimate {
  readonly cells: readonly CellEstimate[]
  readonly requests: number | null
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  readonly seconds: number | null
  /** Of what has a price; null where nothing has one, or the number of requests is not known. */
  readonly usd: number | null
  /** By target: of a thousand requests; null where there is no price. */
  readonly usdPer1000: readonly (number | null)[]
}

const MILLION = 1_000_000

/** What the cells send, take and cost. Prompts and answers count as long as they are asked for. */
export function estimateRun(
  cells: readonly PlannedCell[],
  targets: readonly TargetOutlook[],
  tokens: RequestTokens,
  traceRows: number | undefined,
): Estimate {
  const usdOfOne = targets.map(({rates}) => (rates === undefined ? undefined : usdOf(tokens, rates)))
  const each = cells.map((cell): CellEstimate => {
    const e2eMs = targets[cell.target]?.e2eMs
    const requests = requestsOf(cell, e2eMs, traceRows)
    const one = usdOfOne[cell.target]
    return {
      cell: cell.cell,
      requests,
      seconds: secondsOf(cell, e2eMs, requests),
      usd: one === undefined || requests === null ? null : toNumber(one.times(requests)),
    }
  })
  const requests = sumOrNull(each.map((one) => one.requests))
  const priced = each.filter((_, index) => usdOfOne[cells[index]?.target ?? -1] !== undefined)
  return {
    cells: each,
    requests,
    inputTokens: requests === null ? null : Math.round(requests * tokens.input),
    outputTokens: requests === null ? null : Math.round(requests * tokens.output),
    seconds: sumOrNull(each.map((one) => one.seconds)),
    usd: priced.length === 0 ? null : sumOrNull(priced.map(({usd}) => usd)),
    usdPer1000: usdOfOne.map((one) => (one === undefined ? null : toNumber(one.times(1000)))),
  }
}

/** What tokens cost at a target's rates. */
export function usdOf(
  tokens: RequestTokens & {readonly cacheRead?: number; readonly cacheWrite?: number},
  {usdPerMillion}: TokenRates,
): Decimal {
  const at = (count: number, rate: string | null) => (rate === null ? ZERO : decimal(count).times(rate).div(MILLION))
  return at(tokens.input, usdPerMillion.input)
    .plus(at(tokens.output, usdPerMillion.output))
    .plus(at(tokens.cacheRead ?? 0, usdPerMillion.cacheRead ?? usdPerMillion.input))
    .plus(at(tokens.cacheWrite ?? 0, usdPerMillion.cacheWrite ?? usdPerMillion.input))
}

function sumOrNull(values: readonly (number | null)[]): number | null {
  return values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0 as number | null)
}

function requestsOf(cell: PlannedCell, e2eMs: number | undefined, traceRows: number | undefined): number | null {
  const byTime =
    cell.durationMs === undefined ? lengthOf(cell.level, traceRows) : inTime(cell.level, cell.durationMs, e2eMs)
  if (cell.requests === undefined) return byTime
  return byTime === null ? cell.requests : Math.min(cell.requests, byTime)
}

/** Requests of a level that ends by itself; null where nothing ends it. */
function lengthOf(level: LevelPlan, traceRows: number | undefined): number | null {
  switch (level.kind) {
    case 'ramp':
      return Math.round((meanRate(level) * level.durationMs) / 1000)
    case 'replay':
      return traceRows ?? null
    default:
      return null
  }
}

function inTime(level: LevelPlan, durationMs: number, e2eMs: number | undefined): number | null {
  switch (level.kind) {
    case 'rate':
      return level.shape.kind === 'burst'
        ? Math.ceil(durationMs / level.shape.periodMs) * level.shape.size
        : Math.round((level.perSecond * durationMs) / 1000)
    case 'ramp':
      return Math.round((meanRate(level) * Math.min(durationMs, level.durationMs)) / 1000)
    case 'replay':
      return null
    case 'concurrency':
    case 'users': {
      if (e2eMs === undefined) return null
      const thinkMs = level.kind === 'users' && level.thinkMs.kind === 'constant' ? level.thinkMs.value : 0
      return Math.ceil((level.users * durationMs) / Math.max(1, e2eMs + thinkMs)) + level.users
    }
  }
}

function meanRate({curve, from, to}: Extract<LevelPlan, {kind: 'ramp'}>): number {
  return curve === 'linear' || from === to ? (from + to) / 2 : (to - from) / Math.log(to / from)
}

function secondsOf(cell: PlannedCell, e2eMs: number | undefined, requests: number | null): number | null {
  if (cell.durationMs !== undefined && cell.requests === undefined) return cell.durationMs / 1000
  const {level} = cell
  const asked =
    level.kind === 'rate' && requests !== null
      ? requests / level.perSecond
      : level.kind === 'ramp'
        ? level.durationMs / 1000
        : (level.kind === 'concurrency' || level.kind === 'users') && requests !== null && e2eMs !== undefined
          ? (requests * e2eMs) / level.users / 1000
          : null
  return asked === null || cell.durationMs === undefined ? asked : Math.min(asked, cell.durationMs / 1000)
}
