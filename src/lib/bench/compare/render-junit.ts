import {type JunitCase, junitParts} from '../../output/junit.js'
import {SIMULATED} from '../../output/simulated.js'
import type {AssertionResult, RunSummary} from '../metrics/summary.schema.js'
import {failureText} from './gate-run.js'

/** JUnit XML of a run: whether it can be used, and a case for all that was asserted. */
export function renderRunJunit(summary: RunSummary): string {
  const {asserts, id, name, simulated, startedAt, targets, tool, verdict} = summary
  const suite = {
    name: name ?? id,
    package: 'bedrockctl.bench',
    hostname: 'localhost',
    timestamp: startedAt,
    properties: {run: id, tool, targets: targets.map((target) => target.name).join(' '), simulated: String(simulated)},
    cases: [verdictCase(verdict), ...asserts.map(assertCase)],
    said: simulated ? SIMULATED : '',
  }
  return [...junitParts([suite])].join('')
}

function verdictCase({kind, reasons}: RunSummary['verdict']): JunitCase {
  const details = reasons.map(({text}) => text).join('\n')
  const name = 'the numbers can be used'
  const message = reasons.find(({severity}) => severity === 'error')?.text ?? 'not usable'
  if (kind !== 'not-usable') return {className: 'bedrockctl.bench.verdict', name, outcome: {kind: 'passed'}}
  return {className: 'bedrockctl.bench.verdict', name, outcome: {kind: 'error', type: kind, message, details}}
}

function assertCase(result: AssertionResult): JunitCase {
  const message = failureText(result)
  return {
    className: 'bedrockctl.bench.assert',
    name: result.text,
    outcome: result.met ? {kind: 'passed'} : {kind: 'failure', type: 'assert', message, details: message},
  }
}
