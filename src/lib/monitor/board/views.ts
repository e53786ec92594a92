import {alarmsView} from './alarms/alarms-view.js'
import {costsView} from './costs/costs-view.js'
import {jobsView} from './jobs/jobs-view.js'
import {quotasView} from './quotas/quotas-view.js'
import {regionsView} from './regions/regions-view.js'
import {modelsView} from './traffic/models-view.js'
import {overviewView} from './traffic/overview-view.js'
import type {BoardView} from './view.js'

/** The views in the order of their number keys and of the help. */
export const BOARD_VIEWS: readonly BoardView[] = [
  overviewView,
  modelsView,
  jobsView,
  quotasView,
  costsView,
  alarmsView,
  regionsView,
]
