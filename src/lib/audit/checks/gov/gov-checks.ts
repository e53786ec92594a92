import type {Check} from '../../check.js'
import {dataRetentionCheck} from './gov-01-data-retention.js'

export const GOV_CHECKS: readonly Check[] = [dataRetentionCheck]
