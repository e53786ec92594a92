import type {Check} from '../../check.js'
import {fullAccessCheck} from './iam-01-full-access.js'
import {anyModelCheck} from './iam-03-any-model.js'
import {profileOnlyCheck} from './iam-07-profile-only.js'
import {unguardedCheck} from './iam-08-unguarded.js'

/** Checks that evaluate what principals may do in effect. */
export const IAM_EFFECTIVE_CHECKS: readonly Check[] = [fullAccessCheck, anyModelCheck, profileOnlyCheck, unguardedCheck]
