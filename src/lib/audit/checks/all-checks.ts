import type {Check} from '../check.js'
import {AG_CHECKS} from './ag/ag-checks.js'
import {COST_CHECKS} from './cost/cost-checks.js'
import {ENC_CHECKS} from './enc/enc-checks.js'
import {EP_CHECKS} from './ep/ep-checks.js'
import {GOV_CHECKS} from './gov/gov-checks.js'
import {GR_CHECKS} from './gr/gr-checks.js'
import {IAM_CHECKS} from './iam/iam-checks.js'
import {LC_CHECKS} from './lc/lc-checks.js'
import {LOG_CHECKS} from './log/log-checks.js'
import {RES_CHECKS} from './res/res-checks.js'
import {TH_CHECKS} from './th/th-checks.js'

/** Date of the AWS facts that the checks are written from. */
export const CATALOGUE_AS_OF = '2026-11-21'

/** Every check, family by family. */
export const ALL_CHECKS: readonly Check[] = [
  ...EP_CHECKS,
  ...IAM_CHECKS,
  ...LOG_CHECKS,
  ...ENC_CHECKS,
  ...GR_CHECKS,
  ...AG_CHECKS,
  ...COST_CHECKS,
  ...RES_CHECKS,
  ...LC_CHECKS,
  ...GOV_CHECKS,
  ...TH_CHECKS,
]
