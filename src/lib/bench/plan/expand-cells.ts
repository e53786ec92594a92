import {type BenchPlan, type LevelPlan, levelWords} from './bench-plan.js'
import type {WarmUp} from './load-words.js'

/** One thing measured: a level against one target, one block of it. */
export interface PlannedCell {
  readonly cell: number
  readonly target: number
  readonly block: number
  readonly level: LevelPlan
  readonly label: string
  readonly requests: number | undefined
  readonly durationMs: number | undefined
  readonly warmUp: WarmUp
  /** Cells of one level and block get the same load. */
  readonly seed: number
}

// Primes: no two cells of a run have the same seed.
const LEVEL_STEP = 7919
const BLOCK_STEP = 104_729
const MOST_WARM_UP_MS = 5000
const MOST_WARM_UP_REQUESTS = 100
const WARM_UP_SHARE = 0.1

/**
 * Level by level; within one the targets take turns, and every other block in the opposite order (ABBA), so that what
 * drifts hits all alike. Requests and duration are cut into the blocks.
 */
export function expandCells(plan: BenchPlan, targets: number): readonly PlannedCell[] {
  return plan.levels
    .flatMap((level, place) => cellsOfLevel(level, place, plan, targets))
    .map((cell, number) => ({cell: number, ...cell}))
}

function cellsOfLevel(
  level: LevelPlan,
  place: number,
  plan: BenchPlan,
  targets: number,
): readonly Omit<PlannedCell, 'cell'>[] {
  // A trace or a ramp cut in two is another one.
  const isWhole = level.kind === 'replay' || level.kind === 'ramp'
  const asked = blocksOf(plan, targets)
  const blocks = isWhole ? asked : Math.min(asked, plan.requests ?? asked)
  return Array.from({length: blocks}, (_, block) => {
    const {durationMs, requests} = extentOf(plan, isWhole ? 1 : blocks, isWhole ? 0 : block)
    const warmUp = plan.warmUp ?? warmUpOf(requests, durationMs ?? lengthOf(level))
    const seed = (plan.seed + place * LEVEL_STEP + block * BLOCK_STEP) % 2 ** 32
    const base = {block, level, label: levelWords(level), requests, durationMs, warmUp, seed}
    return Array.from({length: targets}, (__, turn) => ({...base, target: block % 2 === 0 ? turn : targets - 1 - turn}))
  }).flat()
}

export function blocksOf({blocks}: Pick<BenchPlan, 'blocks'>, targets: number): number {
  return blocks ?? (targets > 1 ? 2 : 1)
}

function extentOf({durationMs, requests}: BenchPlan, blocks: number, block: number) {
  const share = requests === null ? undefined : Math.floor(requests / blocks) + (block < requests % blocks ? 1 : 0)
  return {requests: share, durationMs: durationMs === null ? undefined : durationMs / blocks}
}

function lengthOf(level: LevelPlan): number | undefined {
  return level.kind === 'ramp' ? level.durationMs : undefined
}

function warmUpOf(requests: number | undefined, durationMs: number | undefined): WarmUp {
  if (durationMs !== undefined && requests === undefined) {
    return {ms: Math.min(MOST_WARM_UP_MS, Math.round(durationMs * WARM_UP_SHARE))}
  }
  return {requests: Math.min(MOST_WARM_UP_REQUESTS, Math.floor((requests ?? 0) * WARM_UP_SHARE))}
}
