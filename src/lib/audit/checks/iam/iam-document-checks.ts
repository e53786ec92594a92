import type {Check} from '../../check.js'
import {fullAccessCheck} from './iam-02-full-access.js'
import {keyExpiryCheck} from './iam-10-key-expiry.js'
import {keyLifeCheck} from './iam-11-key-life.js'
import {inertRcpCheck} from './iam-28-inert-rcp.js'

/** Checks of what policies, keys and trusts say; those of what principals may do in effect stand beside. */
export const IAM_DOCUMENT_CHECKS: readonly Check[] = [fullAccessCheck, keyExpiryCheck, keyLifeCheck, inertRcpCheck]
