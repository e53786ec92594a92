import type {Gate} from '../core/answer.schema.js'
import {plural} from '../core/text.js'
import type {Finding, Severity} from './finding.schema.js'
import {SEVERITIES} from './order.js'

export interface GateInput {
  /** The mildest severity at which a FAIL closes the gate; undefined: findings close none. */
  readonly failOn?: Severity | undefined
  readonly failOnUnknown: boolean
}

/** As many failures are named; all of them stand in the findings. */
const NAMED = 20

/** Undefined when nothing was demanded. What the baseline accepts closes no gate. */
export function gateOf(findings: readonly Finding[], {failOn, failOnUnknown}: GateInput): Gate | undefined {
  if (failOn === undefined && !failOnUnknown) return undefined
  const limit = failOn === undefined ? -1 : SEVERITIES.indexOf(failOn)
  const counted = findings.filter(
    ({verdict, severity}) =>
      (verdict === 'FAIL' && SEVERITIES.indexOf(severity) <= limit) || (verdict === 'UNKNOWN' && failOnUnknown),
  )
  const demands = [
    ...(failOn === undefined ? [] : [`no finding of severity ${failOn} or worse`]),
    ...(failOnUnknown ? ['nothing unknown'] : []),
  ]
  const named = counted
    .slice(0, NAMED)
    .map(({check, verdict, resource, region}) => `${check} ${verdict} ${resource.name ?? resource.id} (${region})`)
  const more = counted.length > NAMED ? [`and ${plural(counted.length - NAMED, 'more finding')}`] : []
  return {requirement: demands.join(', '), passed: counted.length === 0, failures: [...named, ...more]}
}
