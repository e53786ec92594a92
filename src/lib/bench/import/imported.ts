import {isTree} from '../../core/is-tree.js'
import type {Distribution, PercentileKey} from '../metrics/summary.schema.js'
import {allocateColumns, type SampleColumns} from '../samples/columns.js'
import type {GapHistogram} from '../samples/gaps.js'

export type Tree = Readonly<Record<string, unknown>>

/** What a request of another tool tells; times in ms from its first request. What is not told is not there. */
export type ImportedRow = Readonly<Partial<Record<Exclude<keyof SampleColumns, 'cell' | 'rows'>, number>>>

/** Numbers of a level as the file has them, where it has no requests with times. */
export interface ToldCell {
  readonly ok: number
  readonly bad: number
  readonly seconds: number | undefined
  readonly requestsPerSecond: number | undefined
  readonly outputTokensPerSecond: number | undefined
  readonly inputTokens: number | undefined
  readonly outputTokens: number | undefined
  readonly ttft: Distribution | null
  readonly tpot: Distribution | null
  readonly icl: Distribution | null
  readonly e2e: Distribution | null
}

export interface ImportedCell {
  readonly level: {
    readonly kind: 'concurrency' | 'rate' | 'replay'
    readonly value: number | null
    readonly text: string
  }
  readonly rows: readonly ImportedRow[]
  readonly gaps: GapHistogram
  /** In place of rows. */
  readonly told: ToldCell | undefined
}

/** A result file of another tool. Prompts and answers that it holds are read by nobody and kept nowhere. */
export interface ImportedResult {
  readonly tool: string
  readonly version: string | null
  readonly model: string
  /** ISO 8601; undefined: the file does not say. */
  readonly startedAt: string | undefined
  readonly cells: readonly ImportedCell[]
  /** What a reader must know of these numbers. */
  readonly notes: readonly string[]
}

/** Collects what is wrong with a file, so that all of it is told at once. */
export class Problems {
  readonly lines: string[] = []

  /** The number at a place of a document; told as wrong, and NaN, where there is none. */
  number(value: unknown, place: string): number {
    if (typeof value === 'number' && Number.isFinite(value)) return value
    this.lines.push(`${place}: it should be a number, not ${value === null ? 'null' : typeof value}`)
    return Number.NaN
  }

  list(value: unknown, place: string): readonly unknown[] {
    if (Array.isArray(value)) return value
    this.lines.push(`${place}: it should be a list, not ${value === null ? 'null' : typeof value}`)
    return []
  }
}

export function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A member of a document, members of members by dots. */
export function memberOf(tree: unknown, path: string): unknown {
  let found: unknown = tree
  for (const name of path.split('.')) found = isTree(found) ? found[name] : undefined
  return found
}

/** The least of many numbers; of none, infinity. */
export function leastOf(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
}

const TOLD = 100

/** What cannot be of requests: answers before they were asked for, tokens below none. */
export function impossibleRows({cells}: ImportedResult): readonly string[] {
  const lines: string[] = []
  for (const {rows} of cells) {
    for (const [at, {end, first, gapMax = 0, input = 0, last, output = 0, sent}] of rows.entries()) {
      const times = [sent, first, last, end].filter((time) => time !== undefined)
      const runsBack = times.some((time, place) => time < (times[place - 1] ?? Number.NEGATIVE_INFINITY) - 1)
      if (lines.length < TOLD && (runsBack || gapMax < 0)) lines.push(`request ${at + 1}: its times run backwards`)
      if (lines.length < TOLD && Math.min(input, output) < -1)
        lines.push(`request ${at + 1}: it has less than no tokens`)
    }
  }
  return lines
}

/** Columns of rows. */
export function columnsOfRows(cell: number, rows: readonly ImportedRow[]): SampleColumns {
  const columns = allocateColumns(cell, rows.length)
  for (const [name, column] of Object.entries(columns)) {
    if (typeof column === 'number') continue
    const absent = column instanceof Float64Array ? Number.NaN : column instanceof Int32Array ? -1 : 0
    for (const [at, row] of rows.entries()) column[at] = row[name as keyof ImportedRow] ?? absent
  }
  return columns
}

const KEYS: readonly PercentileKey[] = ['1', '5', '10', '25', '50', '75', '90', '95', '99', '99.9']

/** A distribution as the file tells it, in its own percentiles; null where there is not even a mean. */
export function toldDistribution(
  told: {
    readonly n: number
    readonly mean: unknown
    readonly deviation?: unknown
    readonly min?: unknown
    readonly max?: unknown
  },
  percentile: (key: PercentileKey) => unknown,
  factor = 1,
): Distribution | null {
  const mean = numberIn(told.mean)
  if (mean === undefined || told.n === 0) return null
  const scaled = (value: unknown) => {
    const number = numberIn(value)
    return number === undefined ? null : number * factor
  }
  const p: Partial<Record<PercentileKey, {value: number; low: null; high: null}>> = {}
  for (const key of KEYS) {
    const value = scaled(percentile(key))
    if (value !== null) p[key] = {value, low: null, high: null}
  }
  return {
    n: told.n,
    mean: mean * factor,
    meanInterval: null,
    deviation: scaled(told.deviation),
    min: scaled(told.min),
    max: scaled(told.max),
    p,
    exact: false,
    warnings: ['As the file has it: there are no samples.'],
  }
}

const MS: Readonly<Record<string, number>> = {ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, sec: 1000, seconds: 1000}

/** Factor to ms of a unit as files write it; undefined of one that is no time. */
export function toMs(unit: unknown): number | undefined {
  return typeof unit === 'string' ? MS[unit.toLowerCase()] : undefined
}
