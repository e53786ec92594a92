import type {AssertionResult, RunSummary} from '../metrics/summary.schema.js'
import {judgeAssertions, parseAssertions} from './assertions.js'
import {judgeBaseline} from './baseline.js'

export interface RunGates {
  /** As --assert gives them. */
  readonly asserts: readonly string[]
  readonly baseline: RunSummary | undefined
  /** Share by which a number may be worse than the baseline's. */
  readonly maxRegression: number
}

/**
 * The summary with what was asked of it judged: each outcome, and a gate that decides the exit code. Numbers that
 * cannot be used pass no gate, however good they are.
 */
export function gateRun(summary: RunSummary, {asserts, baseline, maxRegression}: RunGates): RunSummary {
  const names = summary.targets.map(({name}) => name)
  const judged = [
    ...judgeAssertions(parseAssertions(asserts, names), summary),
    ...(baseline === undefined ? [] : judgeBaseline(summary, baseline, maxRegression)),
  ]
  if (judged.length === 0) return summary
  const unusable =
    summary.verdict.kind === 'not-usable'
      ? [`the run cannot be used: ${summary.verdict.reasons.find(({severity}) => severity === 'error')?.text ?? ''}`]
      : []
  const failures = [...unusable, ...judged.filter(({met}) => !met).map(failureText)]
  const requirement = [
    ...(asserts.length > 0 ? ['what --assert says'] : []),
    ...(baseline === undefined ? [] : [`no regression against ${baseline.id}`]),
  ].join(', ')
  return {...summary, asserts: judged, gate: {requirement, passed: failures.length === 0, failures}}
}

/** One that does not hold, with what was measured. */
export function failureText({bound, note, text, unit, value}: AssertionResult): string {
  const number = (of: number) => Number(of.toPrecision(4))
  const measured = value === null ? 'not measured' : `${number(value)} ${unit}`
  return `${text}: ${measured}, bound ${number(bound)} ${unit}${note === null ? '' : ` (${note})`}`
}
