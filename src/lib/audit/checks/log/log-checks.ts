import type {Check} from '../../check.js'
import {invocationLoggingCheck} from './log-01-invocation-logging.js'
import {logRetentionCheck} from './log-04-log-retention.js'
import {managementTrailCheck} from './log-07-management-trail.js'
import {dataEventCheck} from './log-08-data-events.js'
import {alarmCheck} from './log-10-alarms.js'
import {inferenceRegionCheck} from './log-12-inference-region.js'

export const LOG_CHECKS: readonly Check[] = [
  invocationLoggingCheck,
  logRetentionCheck,
  managementTrailCheck,
  dataEventCheck,
  alarmCheck,
  inferenceRegionCheck,
]
