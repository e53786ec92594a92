import type {Check} from '../../check.js'

export const LC_CHECKS: readonly Check[] = []
