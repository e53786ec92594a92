import type {Gap} from '../../iam/explanation.js'
import type {Missing} from '../finding.schema.js'

/** What keeps a simulated answer open, as what is missing; `action` is the one that was asked about. */
export function missingOfGaps(gaps: readonly Gap[], action: string): readonly Missing[] {
  const found = new Map(gaps.map((gap) => toMissing(gap, action)).map((missing) => [missing.reason, missing]))
  if (found.size > 0) return [...found.values()]
  return [{action, code: 'UNDECIDED', reason: `the policies do not settle ${action}`}]
}

function toMissing({kind, subject, policy, level, layer}: Gap, action: string): Missing {
  const where = policy === null ? (level ?? `${layer} policies`) : `policy ${policy}`
  switch (kind) {
    case 'unread':
      return {
        action: /\b[a-z][a-z0-9-]*:[A-Z]\w+/.exec(subject)?.[0] ?? 'iam:GetAccountAuthorizationDetails',
        code: 'UNREAD',
        reason: subject,
      }
    case 'refused':
      return {action: 'iam:GetPolicyVersion', code: 'REFUSED_POLICY', reason: `AWS would refuse ${where} (${subject})`}
    case 'context-key':
      return {action, code: 'CONTEXT_KEY', reason: `${where} decides by ${subject}, which is not known`}
    case 'undocumented-key':
      return {
        action,
        code: 'UNDOCUMENTED',
        reason: `${where} decides by ${subject}, which ${action} is not documented to carry`,
      }
    case 'statement':
      return {action, code: 'UNDOCUMENTED', reason: `${where}: ${subject}`}
    case 'organisation':
      return {action: 'organizations:DescribeOrganization', code: 'UNREAD', reason: `it is not known ${subject}`}
    case 'resource-owner':
      return {action: 's3:GetBucketPolicy', code: 'UNREAD', reason: `who owns ${subject} is not known`}
  }
}
