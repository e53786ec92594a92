import {spawnSync} from 'node:child_process'
import {cpus, totalmem} from 'node:os'
import {childEnvironment} from '../../scripts/child-environment.js'

/** One program to time. */
export interface Case {
  readonly name: string
  readonly file: string
  readonly argv: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export interface Timing {
  readonly name: string
  readonly minMs: number
  readonly medianMs: number
}

/** A figure and the bound that it must keep. */
export interface Target {
  readonly says: string
  readonly value: number
  readonly bound: number
  readonly unit: string
  /** The value must not be above the bound, or not below it. */
  readonly kind: 'at most' | 'at least'
}

/**
 * Wall time of whole processes, in milliseconds. One round runs every case once, so that a slow phase of the machine
 * meets all of them; compare the minima.
 */
export function timeInterleaved(cases: readonly Case[], rounds: number): ReadonlyMap<string, Timing> {
  const samples = new Map<string, number[]>(cases.map(({name}) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const one of cases) {
      const ms = timeOnce(one)
      // The first round fills the file cache and is not counted.
      if (round > 0) samples.get(one.name)?.push(ms)
    }
  }
  return new Map(
    [...samples].map(([name, values]) => [name, {name, minMs: Math.min(...values), medianMs: median(values)}]),
  )
}

function timeOnce({name, file, argv, env}: Case): number {
  const started = performance.now()
  const {status, error, stderr} = spawnSync(file, argv, {
    env: childEnvironment(env),
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  const ms = performance.now() - started
  if (error || status !== 0) throw new Error(`${name} ended with ${status ?? error?.message}\n${stderr}`)
  return ms
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper
}

/** Where the figures were made. */
export function describeMachine(): string {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.version}`
}

/** Prints each target with its verdict; with --assert a missed one fails the program. */
export function judge(targets: readonly Target[]): void {
  console.log()
  for (const {says, value, bound, unit, kind} of targets) {
    const met = isMet({value, bound, kind})
    console.log(`${met ? 'met   ' : 'missed'}  ${says}: ${value.toFixed(1)} ${unit} (${kind} ${bound} ${unit})`)
  }
  if (process.argv.includes('--assert') && !targets.every(isMet)) process.exitCode = 1
}

function isMet({value, bound, kind}: Pick<Target, 'value' | 'bound' | 'kind'>): boolean {
  return kind === 'at most' ? value <= bound : value >= bound
}

/** The number after `--name` on the command line of the bench program. */
export function numberOption(name: string, otherwise: number): number {
  const index = process.argv.indexOf(`--${name}`)
  const value = index === -1 ? Number.NaN : Number(process.argv[index + 1])
  return Number.isFinite(value) && value > 0 ? value : otherwise
}
