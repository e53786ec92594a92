import type {Check} from '../../check.js'
import {fullAccessCheck} from './iam-01-full-access.js'

/** Checks that evaluate what principals may do in effect. */
export const IAM_EFFECTIVE_CHECKS: readonly Check[] = [fullAccessCheck]
