import type {Check} from '../../check.js'
import {budgetCheck} from './cost-01-budget.js'
import {anomalyMonitorCheck} from './cost-02-anomaly-monitor.js'
import {unattributedTokensCheck} from './cost-03-unattributed-tokens.js'
import {idleCapacityCheck} from './cost-06-idle-capacity.js'

export const COST_CHECKS: readonly Check[] = [
  budgetCheck,
  anomalyMonitorCheck,
  unattributedTokensCheck,
  idleCapacityCheck,
]
