import type {Check} from '../../check.js'

export const IAM_CHECKS: readonly Check[] = []
