import {closest} from '../../core/closest.js'
import {type BedrockctlError, usageError} from '../../core/errors.js'
import {firstLines} from '../../core/text.js'
import type {AssertionResult, CellSummary, RunSummary} from '../metrics/summary.schema.js'
import {findMeasure, MEASURE_KEYS, type Measure, type Measured, meanOfRepeats} from './measure.js'

const SHAPE = /^(?:(.+):)?([a-z0-9]+(?:\.[a-z0-9]+(?:\.\d+)?)?)\s*(<=|>=|<|>)\s*(\d+(?:\.\d+)?|\.\d+)\s*([a-zµ%$/]*)$/i
const TOLD = 10

/** Units that may follow the number, as factors to the unit of the measure; '' is the measure's own. */
const UNITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ms: {'': 1, ms: 1, s: 1000, us: 0.001, µs: 0.001},
  '%': {'': 100, '%': 1},
  '/s': {'': 1, '/s': 1},
  'tokens/s': {'': 1, '/s': 1, 'tokens/s': 1},
  USD: {'': 1, $: 1, usd: 1},
  'USD/M': {'': 1, $: 1, usd: 1},
}

type Operator = '<' | '<=' | '>' | '>='

/** What must hold of every cell of a target, or of all targets. */
export interface Assertion {
  readonly text: string
  /** A target by its name; undefined: all of them. */
  readonly target: string | undefined
  readonly measure: Measure
  readonly operator: Operator
  /** In the unit of the measure. */
  readonly bound: number
}

/**
 * `[target:]metric[.stat](<|<=|>|>=)number[unit]`, such as `ttft.p99<500ms`, `nova:errors<=1%`, `goodput>=5/s`. All
 * that is wrong with any of them is told at once; `targets` are the names there are.
 */
export function parseAssertions(texts: readonly string[], targets: readonly string[]): readonly Assertion[] {
  const read = texts.map((text) => ({text, found: parseAssertion(text, targets)}))
  const problems = read.flatMap(({found, text}) => (typeof found === 'string' ? [`${text}: ${found}`] : []))
  if (problems.length > 0) throw refused(problems)
  return read.flatMap(({found}) => (typeof found === 'string' ? [] : [found]))
}

function parseAssertion(text: string, targets: readonly string[]): Assertion | string {
  const [whole, target, key = '', operator, number = '', unit = ''] = SHAPE.exec(text.trim()) ?? []
  if (whole === undefined) return 'it is not of the form [target:]metric.stat<number, such as ttft.p99<500ms.'
  const measure = findMeasure(key.toLowerCase())
  if (measure === undefined) {
    return `nothing is called ${key}; there is ${namesLike(key.toLowerCase()).join(', ')}.`
  }
  const factor = UNITS[measure.unit]?.[unit.toLowerCase()]
  if (factor === undefined) {
    return `${unit} is no unit of ${key}: ${Object.keys(UNITS[measure.unit] ?? {})
      .filter(Boolean)
      .join(', ')}.`
  }
  if (target !== undefined && !targets.includes(target)) return `no target is called ${target}: ${targets.join(', ')}.`
  return {text: text.trim(), target, measure, operator: operator as Operator, bound: Number(number) * factor}
}

/** What may be meant by a name there is none of: of a metric without a statistic, those that are asked for most. */
function namesLike(key: string): readonly string[] {
  const [metric = ''] = key.split('.')
  const own = ['p50', 'p95', 'p99', 'mean', 'max'].map((stat) => `${metric}.${stat}`)
  if (MEASURE_KEYS.includes(`${metric}.p50`)) return own
  const near = closest(key, MEASURE_KEYS)
  if (near.length > 0) return near
  return [...new Set(MEASURE_KEYS.map((name) => (name.includes('.p') ? name.replace(/\..*/, '.p99') : name)))].filter(
    (name) => !/\.(mean|min|max)$/.test(name),
  )
}

/** How each turned out. The cell that is furthest on the wrong side decides; what was not measured does not hold. */
export function judgeAssertions(
  assertions: readonly Assertion[],
  run: Pick<RunSummary, 'cells' | 'targets'>,
): readonly AssertionResult[] {
  return assertions.map((assertion) => judge(assertion, run))
}

function judge(assertion: Assertion, {cells, targets}: Pick<RunSummary, 'cells' | 'targets'>): AssertionResult {
  const {bound, measure, operator, target, text} = assertion
  const own = cells.filter((cell) => target === undefined || targets[cell.target]?.name === target)
  const levels = measuredLevels(own, measure)
  const answer = {text, bound, unit: measure.unit}
  const above = operator === '<' || operator === '<='
  const [worst] = levels.toSorted((a, b) => (above ? b.value - a.value : a.value - b.value))
  if (worst === undefined || levels.length < levelsOf(own).length) {
    return {...answer, met: false, value: worst?.value ?? null, note: 'it was not measured everywhere'}
  }
  return {...answer, met: holds(worst.value, operator, bound), value: worst.value, note: noteOn(worst, bound, measure)}
}

/** One number a target and level; money is spent in all of them together. */
function measuredLevels(cells: readonly CellSummary[], measure: Measure): readonly Measured[] {
  const levels = levelsOf(cells).flatMap((repeats) => {
    const measured = repeats.flatMap((cell) => measure.take(cell) ?? [])
    return measured.length === repeats.length ? (meanOfRepeats(measured) ?? []) : []
  })
  if (measure.key !== 'usd') return levels
  const all = cells.flatMap((cell) => measure.take(cell) ?? [])
  const value = all.reduce((sum, one) => sum + one.value, 0)
  return all.length < cells.length ? [] : levels.map(() => ({value, low: null, high: null}))
}

/** Cells by target and level, repeats together. */
export function levelsOf(cells: readonly CellSummary[]): readonly (readonly CellSummary[])[] {
  const levels = new Map<string, CellSummary[]>()
  for (const cell of cells) {
    const key = `${cell.target} ${cell.label}`
    levels.set(key, [...(levels.get(key) ?? []), cell])
  }
  return [...levels.values()]
}

function holds(value: number, operator: Operator, bound: number): boolean {
  switch (operator) {
    case '<':
      return value < bound
    case '<=':
      return value <= bound
    case '>':
      return value > bound
    case '>=':
      return value >= bound
  }
}

/** What is left of a zero after arithmetic. */
const NOTHING = 1e-9

function noteOn({high, low}: Measured, bound: number, {unit}: Measure): string | null {
  if (low === null || high === null || bound < low || bound > high) return null
  const [from, to] = [low, high].map((value) => (Math.abs(value) < NOTHING ? 0 : Number(value.toPrecision(4))))
  return `the 95 % interval, ${from} to ${to} ${unit}, holds the bound`
}

function refused(problems: readonly string[]): BedrockctlError {
  return usageError('ASSERTION_INVALID', 'Not all that is asserted can be judged.', {
    why: firstLines(problems, TOLD),
    hint: 'Write ttft.p99<500ms, nova:errors<=1%, goodput>=5/s, usd<2.',
  })
}
