import type {Check} from '../../check.js'

export const GOV_CHECKS: readonly Check[] = []
