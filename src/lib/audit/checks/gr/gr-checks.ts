import type {Check} from '../../check.js'

export const GR_CHECKS: readonly Check[] = []
