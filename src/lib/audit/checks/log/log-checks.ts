import type {Check} from '../../check.js'
import {invocationLoggingCheck} from './log-01-invocation-logging.js'

export const LOG_CHECKS: readonly Check[] = [invocationLoggingCheck]
