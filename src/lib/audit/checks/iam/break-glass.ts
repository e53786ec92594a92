import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import type {AuditContext} from '../../audit-context.js'
import {isNamedBy} from '../../facts/named-principal.js'
import type {PrincipalJudgement} from './judge-principals.js'

/** What is said instead of a failure about a principal that is declared to administer everything. */
export function exemption(principal: AccountPrincipal, {project}: AuditContext): PrincipalJudgement | undefined {
  if (!isNamedBy(project.principals.breakGlass, principal)) return undefined
  return {
    verdict: 'INFO',
    message: 'It is a declared break-glass principal, which may do so.',
    evidence: [{kind: 'declared', text: 'listed under principals.breakGlass'}],
  }
}
