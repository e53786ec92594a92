import type {Check} from '../../check.js'
import {invocationLoggingCheck} from './log-01-invocation-logging.js'
import {managementTrailCheck} from './log-07-management-trail.js'
import {dataEventCheck} from './log-08-data-events.js'

export const LOG_CHECKS: readonly Check[] = [invocationLoggingCheck, managementTrailCheck, dataEventCheck]
