import type {Check} from '../../check.js'

export const COST_CHECKS: readonly Check[] = []
