import type {Check} from '../../check.js'
import {fullAccessCheck} from './iam-02-full-access.js'
import {keyExpiryCheck} from './iam-10-key-expiry.js'
import {keyLifeCheck} from './iam-11-key-life.js'
import {keyUserCheck} from './iam-14-key-user.js'
import {longTermDeniedCheck} from './iam-15-long-term-denied.js'
import {unusedPermissionCheck} from './iam-18-unused-permission.js'
import {marketplaceCheck} from './iam-20-marketplace.js'
import {confusedDeputyCheck} from './iam-21-confused-deputy.js'
import {policyWordsCheck} from './iam-23-policy-words.js'
import {resourcePoliciesCheck} from './iam-24-resource-policies.js'
import {deniedProfilesCheck} from './iam-26-denied-profiles.js'
import {inertRcpCheck} from './iam-28-inert-rcp.js'

/** Checks of what policies, keys and trusts say; those of what principals may do in effect stand beside. */
export const IAM_DOCUMENT_CHECKS: readonly Check[] = [
  fullAccessCheck,
  keyExpiryCheck,
  keyLifeCheck,
  keyUserCheck,
  longTermDeniedCheck,
  unusedPermissionCheck,
  marketplaceCheck,
  confusedDeputyCheck,
  policyWordsCheck,
  resourcePoliciesCheck,
  deniedProfilesCheck,
  inertRcpCheck,
]
