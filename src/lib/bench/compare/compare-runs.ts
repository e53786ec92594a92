import {usageError} from '../../core/errors.js'
import type {CellSummary, RunSummary} from '../metrics/summary.schema.js'
import {levelsOf} from './assertions.js'
import type {BenchCompareResult, ComparisonRow} from './bench-compare.schema.js'
import {differencesOf} from './comparable.js'
import {differenceOf, findMeasure, type Measure, type Measured, meanOfRepeats} from './measure.js'

const SHOWN = [
  ...['ttft.p50', 'ttft.p99', 'tpot.p50', 'tpot.p99', 'icl.p99', 'e2e.p50', 'e2e.p99', 'throughput', 'tokens'],
  ...['goodput', 'goodput.attainment', 'errors', 'usd.output', 'usd.good'],
]

/** One target of one run. */
interface Side {
  readonly run: RunSummary
  readonly target: number
  readonly name: string
}

/**
 * Runs beside each other, the first being the base of all; one run alone: its targets, the first being the base. Levels
 * are matched by their names, targets by theirs, or as the only ones of their runs.
 */
export function compareRuns(runs: readonly RunSummary[]): BenchCompareResult {
  const [base, ...others] = runs
  if (base === undefined) throw usageError('NOTHING_TO_COMPARE', 'No run is named.', {hint: 'Name two runs.'})
  const pairs = others.length > 0 ? others.flatMap((other) => matchTargets(base, other)) : withinRun(base)
  const compared = pairs.flatMap(({one, two}) => compareSides(one, two))
  const wider = widerFor(compared.filter(({verdict}) => verdict !== 'unknown').length)
  const rows = compared.map((row) => (isSure(row, wider) ? row : {...row, verdict: 'no-difference' as const}))
  return {
    schemaVersion: 1,
    simulated: runs.some(({simulated}) => simulated),
    unread: [],
    runs: runs.map(({id, name, startedAt, verdict}) => ({id, name, startedAt, verdict: verdict.kind})),
    differences: others.flatMap((other) => differencesOf(base, other).map((line) => `${other.id}: ${line}`)),
    rows,
    unmatched: [
      ...others.flatMap((other) => unmatchedTargets(base, other)),
      ...pairs.flatMap(({one, two}) => unmatchedLevels(one, two)),
    ],
  }
}

/**
 * How much wider than one 95 % interval those of so many numbers have to be for all of them to hold in 95 of 100
 * comparisons (Bonferroni): else every third comparison of a run with its like would find a difference.
 */
function widerFor(numbers: number): number {
  const root = Math.sqrt(-2 * Math.log(0.025 / Math.max(1, numbers)))
  // Quantile of the normal distribution, to 0.0005 (Abramowitz and Stegun 26.2.23).
  const above = 2.515517 + root * (0.802853 + root * 0.010328)
  const below = 1 + root * (1.432788 + root * (0.189269 + root * 0.001308))
  return (root - above / below) / 1.96
}

/** Whether a difference is one beside all others that were looked for. */
function isSure({baseValue, otherValue, verdict}: ComparisonRow, wider: number): boolean {
  if (verdict === 'unknown') return true
  const {high, low, value} = differenceOf(baseValue, otherValue)
  if (low === null || high === null) return true
  return value - (value - low) * wider > 0 || value + (high - value) * wider < 0
}

interface Pair {
  readonly one: Side
  readonly two: Side
}

function sidesOf(run: RunSummary): readonly Side[] {
  return run.targets.map(({name}, target) => ({run, target, name}))
}

function withinRun(run: RunSummary): readonly Pair[] {
  const [one, ...rest] = sidesOf(run)
  if (one === undefined || rest.length === 0) {
    throw usageError('NOTHING_TO_COMPARE', `${run.id} has one target: there is nothing beside it.`, {
      hint: 'Name another run to hold it against.',
      actions: [`bedrockctl bench compare ${run.id} latest`],
    })
  }
  return rest.map((two) => ({one, two}))
}

function matchTargets(base: RunSummary, other: RunSummary): readonly Pair[] {
  const [ones, twos] = [sidesOf(base), sidesOf(other)]
  const [only] = ones
  const [alone] = twos
  if (only !== undefined && alone !== undefined && ones.length === 1 && twos.length === 1) {
    return [{one: only, two: alone}]
  }
  return ones.flatMap((one) => {
    const two = twos.find(({name}) => name === one.name)
    return two === undefined ? [] : [{one, two}]
  })
}

function unmatchedTargets(base: RunSummary, other: RunSummary): readonly string[] {
  const matched = matchTargets(base, other)
  const left = sidesOf(base).filter(({target}) => !matched.some(({one}) => one.target === target))
  const right = sidesOf(other).filter(({target}) => !matched.some(({two}) => two.target === target))
  return [...left, ...right].map(({name, run}) => `${name} is only in ${run.id}`)
}

function cellsOf({run, target}: Side): readonly CellSummary[] {
  return run.cells.filter((cell) => cell.target === target)
}

function unmatchedLevels(one: Side, two: Side): readonly string[] {
  const only = (has: Side, lacks: Side) => {
    const known = new Set(cellsOf(lacks).map(({label}) => label))
    const labels = new Set(cellsOf(has).map(({label}) => label))
    return [...labels].flatMap((label) =>
      known.has(label) ? [] : [`${label} of ${has.name} is only in ${has.run.id}`],
    )
  }
  const lines = [...only(one, two), ...only(two, one)]
  return one.run === two.run ? lines.map((line) => line.replace(/ is only in .*/, ' is of this target alone')) : lines
}

function compareSides(one: Side, two: Side): readonly ComparisonRow[] {
  return levelsOf(cellsOf(one)).flatMap((cells) => {
    const label = cells[0]?.label ?? ''
    const beside = cellsOf(two).filter((cell) => cell.label === label)
    return SHOWN.flatMap((key) => {
      const measure = findMeasure(key)
      const [base, other] = measure === undefined ? [] : [measuredOf(measure, cells), measuredOf(measure, beside)]
      if (measure === undefined || base === undefined || other === undefined) return []
      const {better, unit} = measure
      const sides = {base: {run: one.run.id, target: one.name}, other: {run: two.run.id, target: two.name}}
      return [{level: label, metric: key, unit, better, ...sides, ...judge(measure, base, other)}]
    })
  })
}

function measuredOf({take}: Measure, cells: readonly CellSummary[]): Measured | undefined {
  return meanOfRepeats(cells.flatMap((cell) => take(cell) ?? []))
}

function judge({better}: Measure, baseValue: Measured, otherValue: Measured) {
  const difference = differenceOf(baseValue, otherValue)
  const {high, low, value} = difference
  const by = Math.abs(baseValue.value)
  const share = (of: number | null) => (of === null ? null : of / by)
  const change = by === 0 ? null : {value: value / by, low: share(low), high: share(high)}
  return {baseValue, otherValue, change, verdict: verdictOf(difference, better)}
}

function verdictOf({high, low}: Measured, better: Measure['better']): ComparisonRow['verdict'] {
  if (low === null || high === null) return 'unknown'
  if (low <= 0 && high >= 0) return 'no-difference'
  return high < 0 === (better === 'less') ? 'better' : 'worse'
}
