import {alarmsView} from './alarms/alarms-view.js'
import {benchView} from './bench/bench-view.js'
import {capacityView} from './capacity/capacity-view.js'
import {costsView} from './costs/costs-view.js'
import {endpointsView} from './endpoints/endpoints-view.js'
import {eventsView} from './events/events-view.js'
import {findingsView} from './findings/findings-view.js'
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
  capacityView,
  endpointsView,
  findingsView,
  quotasView,
  costsView,
  benchView,
  eventsView,
  alarmsView,
  regionsView,
]
