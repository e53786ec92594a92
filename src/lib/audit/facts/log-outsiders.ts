import {MAYBE, YES} from '../../iam/truth.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {admitsAnybody, admitsNamed, admitsOrganization, namedOrganizations, namedOutsiders} from './stranger-access.js'

/** Who outside the account can read a log. */
export interface LogOutsiders {
  /** ARNs, account ids, organisations, or `anybody`. */
  readonly outside: readonly string[]
  readonly missing: readonly Missing[]
}

/**
 * Whom the policy of the resource itself lets in from outside. RestrictPublicBuckets keeps all outsiders out where the
 * policy is public, also those whom it names; a policy for an organisation is not public.
 */
export function logOutsiders(
  {policies, snapshot}: AuditContext,
  action: string,
  resource: string,
  isRestricted: boolean,
): LogOutsiders {
  const set = policies.resourcePolicies(resource)
  if (set === null) return {outside: [], missing: []}
  const missing = [
    ...set.unread.map((reason) => ({action: actionIn(reason), code: 'UNREAD', reason})),
    ...(set.policies.some(({refused}) => refused)
      ? [{action: 's3:GetBucketPolicy', code: 'REFUSED_POLICY', reason: `AWS would refuse the policy of ${resource}`}]
      : []),
  ]
  const anybody = admitsAnybody(set, action, resource)
  if (isRestricted && anybody === YES) return {outside: [], missing}
  const answers = [
    ...(isRestricted ? [] : [{who: 'anybody', said: 'callers outside the account', admits: anybody}]),
    ...namedOrganizations(set.policies, action).map((id) => {
      const who = `organisation ${id}`
      return {who, said: who, admits: admitsOrganization(set, id, action, resource)}
    }),
    ...namedOutsiders(set.policies, action, snapshot.caller.account).map((arn) => {
      return {who: arn, said: arn, admits: admitsNamed(set, arn, action, resource)}
    }),
  ]
  const unclear = answers.filter(({who, admits}) => admits === MAYBE && (who !== 'anybody' || missing.length === 0))
  return {
    outside: answers.filter(({admits}) => admits === YES).map(({who}) => who),
    missing: [
      ...missing,
      ...unclear.map(({said}) => {
        const reason = `whether its policy lets ${said} in depends on what is not known`
        return {action, code: 'UNDECIDED', reason}
      }),
    ],
  }
}

function actionIn(reason: string): string {
  return /\b[a-z0-9-]+:[A-Z]\w+/.exec(reason)?.[0] ?? 's3:GetBucketPolicy'
}
