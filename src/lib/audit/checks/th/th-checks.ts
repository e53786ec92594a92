import type {Check} from '../../check.js'
import {probingCheck} from './th-01-probing.js'

export const TH_CHECKS: readonly Check[] = [probingCheck]
