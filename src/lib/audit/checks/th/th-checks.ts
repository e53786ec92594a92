import type {Check} from '../../check.js'

export const TH_CHECKS: readonly Check[] = []
