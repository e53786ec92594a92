import type {Project} from '../config/project.schema.js'
import type {ReadinessGate} from './readiness.schema.js'

type Effort = 'hours' | 'days' | 'weeks'

/** A question of adoption, and the checks whose findings answer it. */
export interface GatePlan {
  readonly id: string
  readonly question: string
  readonly role: ReadinessGate['role']
  /** Ids of checks, or families. */
  readonly checks: readonly string[]
  /** How long the longest change of this kind takes. */
  readonly effort: Effort
  /** Said when there is nothing to judge. */
  readonly whenNothing?: string
}

/** Gates that findings of the audit answer, in the order of the page. */
export const GATE_PLANS: readonly GatePlan[] = [
  {
    id: 'lifecycle',
    question: 'Do the models in use stay, and may this account use them?',
    role: 'application',
    checks: ['LC'],
    effort: 'weeks',
  },
  {
    id: 'residency',
    question: 'Do prompts stay where they may be, and as long as they may?',
    role: 'data',
    checks: ['IAM-06', 'LOG-12', 'GOV'],
    effort: 'days',
  },
  {
    id: 'private-path',
    question: 'Is the path private (PrivateLink)?',
    role: 'network',
    checks: ['EP'],
    effort: 'days',
  },
  {
    id: 'permissions',
    question: 'Is the permission least, and does every leg of a call go through?',
    role: 'security',
    checks: ['IAM', 'TH'],
    effort: 'days',
  },
  {
    id: 'keys',
    question: 'Are the keys ours (KMS)?',
    role: 'security',
    checks: ['ENC'],
    effort: 'days',
  },
  {
    id: 'audit-log',
    question: 'Is every call in the audit log (CloudTrail)?',
    role: 'operations',
    checks: ['LOG-07', 'LOG-08'],
    effort: 'hours',
  },
  {
    id: 'invocation-log',
    question: 'Are prompts logged, kept and closed to strangers?',
    role: 'operations',
    checks: ['LOG-01', 'LOG-03', 'LOG-04', 'LOG-05', 'LOG-06'],
    effort: 'days',
  },
  {
    id: 'alarms',
    question: 'Does somebody hear of throttles, errors and spend (CloudWatch, budgets)?',
    role: 'operations',
    checks: ['LOG-10', 'RES', 'COST'],
    effort: 'days',
  },
  {
    id: 'guardrails',
    question: 'Are guardrails there, strict, and in force?',
    role: 'security',
    checks: ['GR'],
    effort: 'days',
  },
  {
    id: 'agents',
    question: 'Are agents, flows and runtimes held back?',
    role: 'application',
    checks: ['AG'],
    effort: 'days',
  },
]

/** The gates that a finding of a check belongs to: its own id where a gate names it, else its family. */
export function planOf(check: string): GatePlan | undefined {
  const [family = ''] = check.split('-')
  return GATE_PLANS.find(({checks}) => checks.includes(check)) ?? GATE_PLANS.find(({checks}) => checks.includes(family))
}

export function ownerOf(role: ReadinessGate['role'], {owners}: Project): string | null {
  return owners[role] ?? null
}
