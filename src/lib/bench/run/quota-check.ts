import {highestRate} from '../arrivals/highest-rate.js'
import type {PlannedCell} from '../plan/expand-cells.js'
import type {RequestTokens} from './estimate.js'

/** Quotas of the account that hold for a target; undefined: there is none, or it was not read. */
export interface TargetQuotas {
  readonly requestsPerMinute: {readonly value: number; readonly source: string} | undefined
  readonly tokensPerMinute: {readonly value: number; readonly source: string} | undefined
  /** What one output token takes of the tokens. */
  readonly outputFactor: number
}

/** Says where a plan asks for more than quotas allow, and which one binds; empty: nowhere. */
export function quotaProblems(
  cells: readonly PlannedCell[],
  targets: readonly {
    readonly name: string
    readonly quotas: TargetQuotas | undefined
    /** Of one request; users who wait for their answers ask so often. undefined: how often they ask is not known. */
    readonly e2eMs?: number | undefined
  }[],
  tokens: RequestTokens,
): readonly string[] {
  const seen = new Set<string>()
  for (const cell of cells) {
    const target = targets[cell.target]
    const rate = topRate(cell, target?.e2eMs)
    if (target?.quotas === undefined || rate === undefined) continue
    const {outputFactor, requestsPerMinute, tokensPerMinute} = target.quotas
    const perRequest = tokens.input + tokens.output * outputFactor
    const byRequests = requestsPerMinute && requestsPerMinute.value / 60
    const byTokens = tokensPerMinute && tokensPerMinute.value / 60 / perRequest
    const binds = (byTokens ?? Number.POSITIVE_INFINITY) < (byRequests ?? Number.POSITIVE_INFINITY)
    const most = binds ? byTokens : byRequests
    if (most === undefined || rate <= most) continue
    const what = binds
      ? `${tokensPerMinute?.value} tokens a minute (${tokensPerMinute?.source}), ${Math.round(perRequest)} a request`
      : `${requestsPerMinute?.value} requests a minute (${requestsPerMinute?.source})`
    seen.add(`${target.name}, ${cell.label}: at most ${Number(most.toPrecision(3))}/s by its quota of ${what}`)
  }
  return [...seen]
}

/** Requests a second at the busiest; undefined: it is not known. */
function topRate({level}: PlannedCell, e2eMs: number | undefined): number | undefined {
  switch (level.kind) {
    case 'rate':
    case 'ramp':
      return highestRate(level)
    case 'concurrency':
      return e2eMs === undefined ? undefined : (level.users * 1000) / e2eMs
    default:
      return undefined
  }
}
