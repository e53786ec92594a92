import type {Check} from '../../check.js'
import {guardrailPresentCheck} from './gr-01-guardrail-present.js'
import {enforcedGuardrailCheck} from './gr-02-enforced-guardrail.js'
import {organizationGuardrailCheck} from './gr-03-organization-guardrail.js'
import {enforcedPermissionCheck} from './gr-04-enforced-permission.js'
import {promptAttackCheck} from './gr-06-prompt-attack.js'
import {personalDataCheck} from './gr-07-personal-data.js'
import {groundingCheck} from './gr-08-grounding.js'
import {draftInProductionCheck} from './gr-11-draft-in-production.js'

export const GR_CHECKS: readonly Check[] = [
  guardrailPresentCheck,
  enforcedGuardrailCheck,
  organizationGuardrailCheck,
  enforcedPermissionCheck,
  promptAttackCheck,
  personalDataCheck,
  groundingCheck,
  draftInProductionCheck,
]
