import type {AuditReport} from '../audit/audit-report.schema.js'
import type {Finding} from '../audit/finding.schema.js'
import type {Project} from '../config/project.schema.js'
import {plural} from '../core/text.js'
import {GATE_PLANS, type GatePlan, ownerOf, planOf} from './gate-plans.js'
import type {ReadinessAnswer, ReadinessGate} from './readiness.schema.js'

const GRAVE = ['critical', 'high']

/** The gates that the findings of an audit answer. */
export function judgeFindings({findings}: AuditReport, project: Project): readonly ReadinessGate[] {
  return GATE_PLANS.map((plan) =>
    judgePlan(
      plan,
      findings.filter(({check}) => planOf(check) === plan),
      project,
    ),
  )
}

function judgePlan(plan: GatePlan, findings: readonly Finding[], project: Project): ReadinessGate {
  const failing = findings.filter(({verdict}) => verdict === 'FAIL')
  const unknown = findings.filter(({verdict}) => verdict === 'UNKNOWN')
  const fine = findings.filter(({verdict}) => verdict === 'PASS')
  return {
    id: plan.id,
    question: plan.question,
    answer: answerOf(failing, unknown, fine),
    evidence: evidenceOf(findings),
    actions: actionsOf(failing),
    unknown: [...new Set(unknown.flatMap(({missing}) => missing.map(({action, reason}) => `${action}: ${reason}`)))],
    owner: ownerOf(plan.role, project),
    role: plan.role,
    effort: failing.length === 0 ? null : plan.effort,
  }
}

function answerOf(failing: readonly Finding[], unknown: readonly Finding[], fine: readonly Finding[]): ReadinessAnswer {
  if (failing.some(({severity}) => GRAVE.includes(severity))) return 'NOT_READY'
  if (unknown.length > 0) return 'INSUFFICIENT_DATA'
  if (failing.length > 0) return 'READY_WITH_ACTIONS'
  return fine.length > 0 ? 'READY' : 'NOT_APPLICABLE'
}

/** `14 checks: 3 fail on 7 resources, 1 cannot tell, 8 pass, 2 not applicable`. */
function evidenceOf(findings: readonly Finding[]): readonly string[] {
  const checks = new Map<string, Finding['verdict']>()
  // Findings come worst first, so the first of a check is its verdict.
  for (const {check, verdict} of findings) if (!checks.has(check)) checks.set(check, verdict)
  const count = (verdict: Finding['verdict']) => [...checks.values()].filter((one) => one === verdict).length
  const failing = findings.filter(({verdict}) => verdict === 'FAIL').length
  const parts = [
    ...(count('FAIL') > 0 ? [`${count('FAIL')} fail, with ${plural(failing, 'finding')}`] : []),
    ...(count('UNKNOWN') > 0 ? [`${count('UNKNOWN')} cannot tell`] : []),
    ...(count('PASS') > 0 ? [`${count('PASS')} pass`] : []),
    ...(count('MUTED') > 0 ? [`${count('MUTED')} accepted by the baseline`] : []),
    ...(count('INFO') > 0 ? [`${count('INFO')} only inform`] : []),
    ...(count('NOT_APPLICABLE') > 0 ? [`${count('NOT_APPLICABLE')} not applicable`] : []),
  ]
  return [`${plural(checks.size, 'check')}: ${parts.join(', ')}`]
}

/** One action for everything that the same change puts right. */
function actionsOf(failing: readonly Finding[]): ReadinessGate['actions'] {
  const groups = new Map<string, Finding[]>()
  for (const finding of failing) {
    const key = `${finding.check} ${finding.fix?.summary ?? finding.message}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [finding])
    else group.push(finding)
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...others] = group
    if (first === undefined) return []
    return {
      what: first.fix?.summary ?? first.message,
      where: others.length === 0 ? placeOf(first) : `${placeOf(first)}, and ${others.length} more`,
      check: first.check,
      findings: group.map(({fingerprint}) => fingerprint),
    }
  })
}

function placeOf({region, resource}: Finding): string {
  const name = resource.name ?? resource.id
  return region === 'global' || region === name ? name : `${name} in ${region}`
}
