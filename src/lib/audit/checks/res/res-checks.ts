import type {Check} from '../../check.js'
import {quotaHeadroomCheck} from './res-01-quota-headroom.js'
import {throttledShareCheck} from './res-02-throttled-share.js'

export const RES_CHECKS: readonly Check[] = [quotaHeadroomCheck, throttledShareCheck]
