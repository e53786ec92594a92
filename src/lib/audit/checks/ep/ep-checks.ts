import type {Check} from '../../check.js'

export const EP_CHECKS: readonly Check[] = []
