import type {Check} from '../../check.js'
import {fullAccessCheck} from './iam-01-full-access.js'
import {anyModelCheck} from './iam-03-any-model.js'
import {geographicLegsCheck} from './iam-04-geographic-legs.js'
import {globalLegsCheck} from './iam-05-global-legs.js'
import {approvedRegionsCheck} from './iam-06-approved-regions.js'
import {profileOnlyCheck} from './iam-07-profile-only.js'
import {unguardedCheck} from './iam-08-unguarded.js'
import {guardrailBypassCheck} from './iam-09-guardrail-bypass.js'
import {keyPrivilegesCheck} from './iam-13-key-privileges.js'
import {dutiesCheck} from './iam-19-duties.js'
import {agentcoreEscalationCheck} from './iam-22-agentcore-escalation.js'
import {evidenceKeptCheck} from './iam-27-evidence-kept.js'

/** Checks that evaluate what principals may do in effect. */
export const IAM_EFFECTIVE_CHECKS: readonly Check[] = [
  fullAccessCheck,
  anyModelCheck,
  geographicLegsCheck,
  globalLegsCheck,
  approvedRegionsCheck,
  profileOnlyCheck,
  unguardedCheck,
  guardrailBypassCheck,
  keyPrivilegesCheck,
  dutiesCheck,
  agentcoreEscalationCheck,
  evidenceKeptCheck,
]
