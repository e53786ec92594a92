import type {Check} from '../../check.js'

export const ENC_CHECKS: readonly Check[] = []
