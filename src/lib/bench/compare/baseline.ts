import {usageError} from '../../core/errors.js'
import {parseShare} from '../../core/quantity.js'
import {firstLines} from '../../core/text.js'
import type {AssertionResult, RunSummary} from '../metrics/summary.schema.js'
import {levelsOf} from './assertions.js'
import {differencesOf} from './comparable.js'
import {differenceOf, findMeasure, type Measure, type Measured, meanOfRepeats} from './measure.js'

const HELD = ['ttft.p50', 'ttft.p99', 'tpot.p50', 'tpot.p99', 'e2e.p50', 'e2e.p99', 'throughput', 'tokens', 'goodput']
/** Errors may rise by so many in a hundred requests, whatever the baseline had. */
const ERROR_POINTS = 1
const TOLD = 10
/** What differs in every comparison over time, and moves no number by itself. */
const HARMLESS = /^machine: /

/** `10%` or `0.1` → 0.1; refused when it is neither. */
export function readMaxRegression(text: string | undefined): number {
  const share = parseShare(text ?? '10%')
  if (share !== undefined) return share.toNumber()
  throw usageError('MAX_REGRESSION_INVALID', `--max-regression ${text} is no share.`, {hint: 'Write 10% or 0.1.'})
}

/**
 * Holds a run against an earlier one, target by target and level by level. A number fails when it is worse by more than
 * `share` and the 95 % interval of the difference does not hold 0; where there is no interval, the first decides alone.
 * Runs of different data, objectives or targets are refused with what differs.
 */
export function judgeBaseline(run: RunSummary, baseline: RunSummary, share: number): readonly AssertionResult[] {
  const differences = differencesOf(baseline, run).filter((line) => !HARMLESS.test(line))
  if (differences.length > 0) throw notComparable(baseline, differences)
  const results = levelsOf(run.cells).flatMap((cells) => {
    const [first] = cells
    if (first === undefined) return []
    const name = run.targets[first.target]?.name ?? ''
    const before = baseline.cells.filter(
      (cell) => cell.label === first.label && baseline.targets[cell.target]?.name === name,
    )
    if (before.length === 0) return []
    const take = ({take: of}: Measure, from: typeof cells) => meanOfRepeats(from.flatMap((cell) => of(cell) ?? []))
    return [...HELD, 'errors'].flatMap((key) => {
      const measure = findMeasure(key)
      const [old, now] = measure === undefined ? [] : [take(measure, before), take(measure, cells)]
      if (measure === undefined || old === undefined || now === undefined) return []
      return [judge(`${name} ${first.label}: ${key}`, measure, old, now, share)]
    })
  })
  if (results.length === 0) throw notComparable(baseline, ['they have no target and level in common'])
  return results
}

function judge(text: string, measure: Measure, old: Measured, now: Measured, share: number): AssertionResult {
  const {high, low, value} = differenceOf(old, now)
  const worse = measure.better === 'less' ? value : -value
  const certain = low === null || high === null || (measure.better === 'less' ? low > 0 : high < 0)
  const inPoints = measure.key === 'errors'
  const change = inPoints ? worse : old.value === 0 ? 0 : (worse / old.value) * 100
  const bound = inPoints ? ERROR_POINTS : share * 100
  const exceeds = change > bound
  return {
    text: `${text} worse than the baseline by at most ${bound} ${inPoints ? 'points' : '%'}`,
    met: !(exceeds && certain),
    value: change,
    bound,
    unit: inPoints ? 'points' : '%',
    note: exceeds && !certain ? 'the 95 % interval of the difference holds 0' : null,
  }
}

function notComparable(baseline: RunSummary, differences: readonly string[]) {
  return usageError('RUNS_NOT_COMPARABLE', `This run cannot be held against ${baseline.id}.`, {
    why: firstLines(differences, TOLD),
    hint: 'Take a baseline of the same plan; bedrockctl bench compare shows both beside each other all the same.',
  })
}
