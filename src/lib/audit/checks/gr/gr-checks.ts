import type {Check} from '../../check.js'
import {guardrailPresentCheck} from './gr-01-guardrail-present.js'
import {enforcedGuardrailCheck} from './gr-02-enforced-guardrail.js'
import {organizationGuardrailCheck} from './gr-03-organization-guardrail.js'

export const GR_CHECKS: readonly Check[] = [guardrailPresentCheck, enforcedGuardrailCheck, organizationGuardrailCheck]
