import {parseQuantity} from '../../core/quantity.js'
import type {ArrivalShape} from '../arrivals/level.js'
import {DEFAULT_DATA, parseData} from '../data/data-plan.js'
import type {BenchPlan, LevelPlan} from './bench-plan.js'
import {
  parseArrival,
  parseConcurrency,
  parseCount,
  parseRamp,
  parseRates,
  parseShard,
  parseStartAt,
  parseThink,
  parseTime,
  parseWarmUp,
  type Ramp,
  type Said,
} from './load-words.js'
import {parseSlo} from './slo.js'

/** What flags or a file say, by the names of the flags; lists of levels with commas. */
export interface BenchWords {
  readonly name?: string | undefined
  readonly concurrency?: string | undefined
  readonly rate?: string | undefined
  readonly arrival?: string | undefined
  readonly ramp?: string | undefined
  readonly replay?: string | undefined
  readonly speed?: string | undefined
  readonly users?: string | undefined
  readonly think?: string | undefined
  readonly turns?: string | undefined
  readonly requests?: string | undefined
  readonly duration?: string | undefined
  readonly 'warm-up'?: string | undefined
  readonly drain?: string | undefined
  readonly blocks?: string | undefined
  readonly data?: string | undefined
  readonly nonce?: boolean | undefined
  readonly calibrate?: boolean | undefined
  readonly slo?: string | undefined
  readonly seed?: string | undefined
  readonly workers?: string | undefined
  readonly 'max-in-flight'?: string | undefined
  readonly retries?: string | undefined
  readonly 'connect-timeout'?: string | undefined
  readonly 'ttft-timeout'?: string | undefined
  readonly 'idle-timeout'?: string | undefined
  readonly 'request-timeout'?: string | undefined
  readonly 'max-usd'?: string | undefined
  readonly 'over-quota'?: boolean | undefined
  readonly transport?: 'raw' | 'sdk' | undefined
  readonly 'save-texts'?: boolean | undefined
  readonly shard?: string | undefined
  readonly 'start-at'?: string | undefined
}

export interface WordProblem {
  readonly key: keyof BenchWords
  readonly said: string
}

const LOADS = ['concurrency', 'rate', 'ramp', 'replay', 'users'] as const
type LoadKind = (typeof LOADS)[number]
/** Words that belong to a kind of load; a load of another kind leaves them behind. */
const LOAD_WORDS = [...LOADS, 'arrival', 'speed', 'think', 'turns'] as const

/** Flags over a file: a load that is given by flags takes the place of that of the file, whatever its kind. */
export function mergeWords(file: BenchWords, flags: BenchWords): BenchWords {
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined)) as BenchWords
  const isOtherLoad = LOADS.some((kind) => given[kind] !== undefined)
  const kept = Object.entries(file).filter(([key]) => !(isOtherLoad && (LOAD_WORDS as readonly string[]).includes(key)))
  return {...Object.fromEntries(kept), ...given}
}

/** The plan, and all that is wrong with the words: the plan is to be used only where nothing is. */
export function settlePlan(words: BenchWords): {readonly plan: BenchPlan; readonly problems: readonly WordProblem[]} {
  const reader = new WordReader(words)
  const timeout = (key: keyof BenchWords, fallback: number) => reader.read(key, (text) => parseTime(text, 1), fallback)
  const levels = readLevels(words, reader)
  const isTimed = levels.some(({kind}) => kind === 'ramp' || kind === 'replay')
  const requests = reader.read<number | null>('requests', parseCount, null)
  const durationMs = reader.read<number | null>('duration', (text) => parseTime(text, 100), null)
  const plan: BenchPlan = {
    schemaVersion: 1,
    name: words.name ?? null,
    levels,
    requests,
    durationMs: requests === null && durationMs === null && !isTimed ? DEFAULT_DURATION_MS : durationMs,
    warmUp: reader.read<BenchPlan['warmUp']>('warm-up', parseWarmUp, null),
    drainMs: timeout('drain', 60_000),
    blocks: reader.read<number | null>('blocks', (text) => parseCount(text, 64), null),
    data: reader.read('data', parseData, DEFAULT_DATA),
    nonce: words.nonce ?? true,
    calibrate: words.calibrate ?? true,
    slo: reader.read<BenchPlan['slo']>('slo', sloOf, null),
    seed: reader.read('seed', seedOf, 1),
    workers: reader.read('workers', (text) => parseCount(text, 64), 1),
    maxInFlight: reader.read('max-in-flight', (text) => parseCount(text, 65_536), 8192),
    retries: reader.read('retries', (text) => (text === '0' ? {value: 0} : parseCount(text, 10)), 0),
    timeouts: {
      connectMs: timeout('connect-timeout', 5000),
      ttftMs: timeout('ttft-timeout', 120_000),
      idleMs: timeout('idle-timeout', 60_000),
      requestMs: timeout('request-timeout', 600_000),
    },
    maxUsd: reader.read<number | null>('max-usd', dollarsOf, null),
    overQuota: words['over-quota'] ?? false,
    transport: words.transport ?? 'raw',
    saveTexts: words['save-texts'] ?? false,
    shard: reader.read('shard', parseShard, {index: 0, of: 1}),
    startAtEpochMs: reader.read<number | null>('start-at', parseStartAt, null),
  }
  return {plan, problems: reader.problems}
}

const DEFAULT_DURATION_MS = 30_000

class WordReader {
  readonly problems: WordProblem[] = []
  readonly #words: BenchWords

  constructor(words: BenchWords) {
    this.#words = words
  }

  read<Value>(key: keyof BenchWords, parse: (text: string) => Said<Value>, fallback: Value): Value {
    const text = this.#words[key]
    if (typeof text !== 'string') return fallback
    const said = parse(text)
    if (said.wrong === undefined) return said.value
    this.problems.push({key, said: said.wrong})
    return fallback
  }
}

function readLevels(words: BenchWords, reader: WordReader): readonly LevelPlan[] {
  const given: readonly LoadKind[] = LOADS.filter((kind) => words[kind] !== undefined)
  const [kind, ...more] = given
  for (const other of more) reader.problems.push({key: other, said: `a run has one kind of load; ${kind} is given too`})
  refuseStrays(words, kind, reader)
  const shape = reader.read<ArrivalShape>('arrival', parseArrival, {kind: 'poisson'})
  if (kind === undefined) return [{kind: 'concurrency', users: 1}]
  switch (kind) {
    case 'concurrency':
      return reader.read('concurrency', parseConcurrency, []).map((users) => ({kind: 'concurrency', users}))
    case 'rate':
      return ratesOf(reader.read('rate', parseRates, []), shape, reader)
    case 'ramp': {
      const ramp = reader.read<Ramp>('ramp', parseRamp, {from: 1, to: 1, durationMs: 1, curve: 'linear'})
      return [{kind: 'ramp', ...ramp, shape}]
    }
    case 'replay':
      return [{kind: 'replay', file: words.replay ?? '', speed: reader.read('speed', speedOf, 1)}]
    case 'users':
      return [
        {
          kind: 'users',
          users: reader.read('users', (text) => parseCount(text, 65_536), 1),
          thinkMs: reader.read('think', parseThink, {kind: 'constant', value: 0}),
          turns: reader.read('turns', (text) => parseCount(text, 1000), 1),
        },
      ]
  }
}

/** Bursts have a rate of their own: another one beside it would be passed over. */
function ratesOf(rates: readonly number[], shape: ArrivalShape, reader: WordReader): readonly LevelPlan[] {
  if (shape.kind === 'burst') {
    const own = (shape.size * 1000) / shape.periodMs
    const other = rates.find((rate) => Math.abs(rate - own) > own * 0.01)
    if (other !== undefined || rates.length > 1) {
      const said = `bursts of ${shape.size} every ${shape.periodMs / 1000} s are ${Number(own.toPrecision(4))}/s, and that alone`
      reader.problems.push({key: 'rate', said})
    }
  }
  return rates.map((perSecond) => ({kind: 'rate', perSecond, shape}))
}

/** A word of one kind of load beside another would be passed over in silence. */
function refuseStrays(words: BenchWords, kind: LoadKind | undefined, reader: WordReader): void {
  const owners = {arrival: ['rate', 'ramp'], speed: ['replay'], think: ['users'], turns: ['users']} as const
  for (const [key, kinds] of Object.entries(owners) as [keyof typeof owners, readonly string[]][]) {
    if (words[key] === undefined || (kind !== undefined && kinds.includes(kind))) continue
    reader.problems.push({key, said: `it is for ${kinds.join(' or ')}, and this load is ${kind ?? 'concurrency'}`})
  }
}

function sloOf(text: string): Said<BenchPlan['slo']> {
  const slo = parseSlo(text)
  return 'wrong' in slo ? slo : {value: slo}
}

function seedOf(text: string): Said<number> {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : -1
  return value >= 0 && value < 2 ** 32 ? {value} : {wrong: `${text} is no seed: a whole number below ${2 ** 32}`}
}

function dollarsOf(text: string): Said<number> {
  const value = parseQuantity(text.replace(/^\$/, ''))?.toNumber()
  return value !== undefined && value > 0 ? {value} : {wrong: `${text} is no amount such as 2.50`}
}

function speedOf(text: string): Said<number> {
  const value = parseQuantity(text)?.toNumber()
  return value !== undefined && value > 0 && value <= 10_000 ? {value} : {wrong: `${text} is no speed such as 2 or 0.5`}
}
