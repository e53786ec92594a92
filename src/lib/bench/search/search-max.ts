import type {SearchResult} from '../metrics/summary.schema.js'
import {figure, type Judgement, judgeLevel, type MeasuredCell} from './judge-level.js'

export interface SearchPlan {
  readonly objective: SearchResult['objective']
  /** Where it begins: users, or requests a second. */
  readonly from: number
  readonly most: number
  /** Share of the requests that must be good. */
  readonly attainment: number
}

/** What is to be done next, as far as is known from what was measured. */
export type SearchStep =
  | {readonly kind: 'measure'; readonly level: number; readonly why: string}
  | {readonly kind: 'done'; readonly outcome: SearchOutcome}

export interface SearchOutcome {
  /** The highest level that held in three cells; null: none did. */
  readonly best: number | null
  readonly unit: 'users' | 'requests/s'
  /** What held and what did not: the limit is between them. null where nothing failed, or where the client did. */
  readonly interval: readonly [number, number] | null
  readonly why: string
}

const PRECISION = 0.05
const CONFIRMED = 3
/** Doubling the level brings less than this: the server is full. */
const LEAST_GROWTH = 0.03
const MOST_CELLS = 80
/** A request a minute: below that nobody searches. */
const LEAST_RATE = 1 / 60

interface Level extends Judgement {
  readonly level: number
  readonly cells: readonly MeasuredCell[]
}

/**
 * The next step of a search, a function of nothing but what was measured: double until a level fails, halve the distance
 * until it is 5 %, confirm. A level that held and fails its confirmation has failed.
 */
export function nextStep(plan: SearchPlan, measured: readonly MeasuredCell[]): SearchStep {
  const levels = judged(plan, measured)
  const open = levels.find(({verdict}) => verdict === 'open')
  if (measured.length >= MOST_CELLS) return done(plan, levels, `${MOST_CELLS} cells were measured`)
  if (open) return {kind: 'measure', level: open.level, why: 'again, for a judgement'}
  const {above, below} = boundsOf(levels)
  if (!above) return raise(plan, levels, below)
  if (!below) return lower(plan, levels, above)
  const middle = middleOf(plan, below.level, above.level)
  if (middle !== undefined) return {kind: 'measure', level: middle, why: 'between what held and what failed'}
  return confirm(plan, levels, below, above.why)
}

/** What is known so far, for a search that was broken off. */
export function outcomeSoFar(plan: SearchPlan, measured: readonly MeasuredCell[], why: string): SearchOutcome {
  const step = done(plan, judged(plan, measured), why)
  return step.outcome
}

function judged({attainment}: SearchPlan, measured: readonly MeasuredCell[]): readonly Level[] {
  const levels = [...new Set(measured.map(({level}) => level))].sort((one, other) => one - other)
  return levels.map((level) => {
    const cells = measured.filter((cell) => cell.level === level)
    return {level, cells, ...judgeLevel(cells, attainment)}
  })
}

/** The lowest level that failed, and the highest below it that held: one that held above a failure was lucky. */
function boundsOf(levels: readonly Level[]): {readonly above: Level | undefined; readonly below: Level | undefined} {
  const above = levels.find(({verdict}) => verdict === 'fails')
  const below = levels.findLast(({level, verdict}) => verdict === 'holds' && (!above || level < above.level))
  return {above, below}
}

function raise(plan: SearchPlan, levels: readonly Level[], below: Level | undefined): SearchStep {
  if (!below) return {kind: 'measure', level: rounded(plan, plan.from), why: 'the first level'}
  const stop = stopOf(plan, levels, below)
  if (stop !== undefined) return confirm(plan, levels, below, stop)
  const next = Math.min(plan.most, below.level * 2)
  return {kind: 'measure', level: rounded(plan, next), why: `${figure(below.level)} held`}
}

/** Why to look no higher, though nothing failed. */
function stopOf({most, objective}: SearchPlan, levels: readonly Level[], below: Level): string | undefined {
  if (below.level >= most) return `${figure(most)} is the most that is looked at`
  const before = levels.findLast(({level, verdict}) => verdict === 'holds' && level <= below.level / 2)
  if (objective !== 'max-concurrency' || !before) return undefined
  const grown = tokensOf(below) / Math.max(tokensOf(before), Number.MIN_VALUE) - 1
  if (grown >= LEAST_GROWTH) return undefined
  return `${figure(below.level)} users bring no more throughput than ${figure(before.level)}`
}

/** Output tokens a second, or requests where there are none. */
function tokensOf({cells}: Level): number {
  const of = (key: 'outputTokensPerSecond' | 'requestsPerSecond') =>
    cells.reduce((sum, {summary}) => sum + summary.throughput[key], 0) / cells.length
  return of('outputTokensPerSecond') || of('requestsPerSecond')
}

function lower(plan: SearchPlan, levels: readonly Level[], above: Level): SearchStep {
  const next = rounded(plan, above.level / 2)
  const least = plan.objective === 'max-rate' ? LEAST_RATE : 1
  if (above.level <= least || next >= above.level) return done(plan, levels, above.why)
  return {kind: 'measure', level: Math.max(least, next), why: `${figure(above.level)} did not hold: ${above.why}`}
}

/** A level between, unless the two are near enough. */
function middleOf(plan: SearchPlan, low: number, high: number): number | undefined {
  if ((high - low) / low <= PRECISION) return undefined
  const middle = rounded(plan, (low + high) / 2)
  return middle > low && middle < high ? middle : undefined
}

function confirm(plan: SearchPlan, levels: readonly Level[], best: Level, why: string): SearchStep {
  if (best.cells.length >= CONFIRMED) return done(plan, levels, why)
  return {kind: 'measure', level: best.level, why: 'to confirm it'}
}

/** A client that is late makes a level fail, never hold: what held did, and what failed with it is no limit of the server. */
function done(plan: SearchPlan, levels: readonly Level[], why: string): {kind: 'done'; outcome: SearchOutcome} {
  const {above, below} = boundsOf(levels)
  const best = below?.level ?? null
  const client = above && clientOf(above)
  return {
    kind: 'done',
    outcome: {
      best,
      unit: plan.objective === 'max-rate' ? 'requests/s' : 'users',
      interval: best !== null && above && client === undefined ? [best, above.level] : null,
      why: `${above && best !== null ? `${figure(above.level)} did not hold: ${above.why}` : why}${client ?? ''}`,
    },
  }
}

/** Why a level may have failed by the client: half of its cells say so. */
function clientOf({cells}: Level): string | undefined {
  const [first, ...more] = cells.flatMap(({clientBound}) => clientBound ?? [])
  if (first === undefined || (more.length + 1) * 2 < cells.length) return undefined
  return `, but ${first}`
}

/** Whole users; rates to three digits, so that they can be asked for again. */
function rounded({objective}: SearchPlan, level: number): number {
  return objective === 'max-rate' ? Number(level.toPrecision(3)) : Math.max(1, Math.round(level))
}
