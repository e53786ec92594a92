import type {Check} from '../../check.js'

export const RES_CHECKS: readonly Check[] = []
