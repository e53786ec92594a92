import type {Check} from '../../check.js'
import {invocationLoggingCheck} from './log-01-invocation-logging.js'
import {logDeliveryCheck} from './log-03-log-delivery.js'
import {logRetentionCheck} from './log-04-log-retention.js'
import {bucketExposureCheck} from './log-05-bucket-exposure.js'
import {logReadersCheck} from './log-06-log-readers.js'
import {managementTrailCheck} from './log-07-management-trail.js'
import {dataEventCheck} from './log-08-data-events.js'
import {alarmCheck} from './log-10-alarms.js'
import {inferenceRegionCheck} from './log-12-inference-region.js'

export const LOG_CHECKS: readonly Check[] = [
  invocationLoggingCheck,
  logDeliveryCheck,
  logRetentionCheck,
  bucketExposureCheck,
  logReadersCheck,
  managementTrailCheck,
  dataEventCheck,
  alarmCheck,
  inferenceRegionCheck,
]
