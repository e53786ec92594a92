import type {ArrivalShape, LoadLevel, Share} from '../arrivals/level.js'
import type {DataPlan} from '../data/data-plan.js'
import type {Timeouts} from '../wire/lane.js'
import type {WarmUp} from './load-words.js'
import type {Slo} from './slo.js'

/** A level of load as it is planned: plain data, a trace by its file. */
export type LevelPlan =
  | Exclude<LoadLevel, {readonly kind: 'replay'}>
  | {readonly kind: 'replay'; readonly file: string; readonly speed: number}

/** What `bench run` does, as plan file and flags make it: all that is measured depends on this alone. */
export interface BenchPlan {
  readonly schemaVersion: 1
  readonly name: string | null
  readonly levels: readonly LevelPlan[]
  /** Of each target at each level, over its blocks; null: as many as come. */
  readonly requests: number | null
  readonly durationMs: number | null
  /** Of each cell; null: a tenth, at most 5 s or 100 requests. */
  readonly warmUp: WarmUp | null
  readonly drainMs: number
  /** null: two where targets are compared, else one. */
  readonly blocks: number | null
  readonly data: DataPlan
  readonly nonce: boolean
  readonly calibrate: boolean
  readonly slo: Slo | null
  readonly seed: number
  readonly workers: number
  readonly maxInFlight: number
  readonly retries: number
  readonly timeouts: Timeouts
  readonly maxUsd: number | null
  readonly overQuota: boolean
  readonly transport: 'raw' | 'sdk'
  readonly saveTexts: boolean
  readonly shard: Share
  readonly startAtEpochMs: number | null
}

/** `64 users`, `20/s poisson`: short, for tables. */
export function levelWords(level: LevelPlan): string {
  switch (level.kind) {
    case 'concurrency':
      return `${level.users} ${level.users === 1 ? 'user' : 'users'}`
    case 'rate':
      return `${rateWords(level.perSecond)} ${shapeWords(level.shape)}`
    case 'ramp':
      return `${rateWords(level.from)} to ${rateWords(level.to)}${level.curve === 'exponential' ? ' exp' : ''}`
    case 'replay':
      return level.speed === 1 ? 'replay' : `replay ×${round(level.speed)}`
    case 'users':
      return `${level.users} ${level.users === 1 ? 'user' : 'users'}, ${level.turns} turns`
  }
}

function shapeWords(shape: ArrivalShape): string {
  switch (shape.kind) {
    case 'constant':
      return 'constant'
    case 'poisson':
      return 'Poisson'
    case 'gamma':
      return `gamma ${round(shape.shape)}`
    case 'burst':
      return `bursts of ${shape.size}`
  }
}

export function rateWords(perSecond: number): string {
  return perSecond > 0 && perSecond < 0.1 ? `${round(perSecond * 60)}/min` : `${round(perSecond)}/s`
}

function round(value: number): string {
  return String(Number(value.toPrecision(4)))
}
