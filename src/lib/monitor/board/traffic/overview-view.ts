import type {BoardView} from '../view.js'
import {overviewHead} from './overview-head-words.js'
import {describeTraffic, trafficEvents} from './traffic-facts-words.js'
import {trafficPage} from './traffic-page-words.js'
import {NO_TRAFFIC, OVERVIEW_COLUMNS, trafficRows} from './traffic-table.js'

/** The pulse of everything, and a line for each model as it is called. */
export const overviewView: BoardView = {
  name: 'overview',
  title: 'Overview',
  aliases: ['ov', 'pulse', 'home'],
  about: 'requests, tokens, latency, throttles, cost, quotas and alarms, per model, Region and route',
  topics: ['traffic', 'alarms', 'quotas', 'prices', 'jobs', 'capacity'],
  head: overviewHead,
  table: (state) => ({columns: OVERVIEW_COLUMNS, rows: trafficRows(state), sortedBy: '-requests', empty: NO_TRAFFIC}),
  page: trafficPage,
  describe: describeTraffic,
  eventFilter: trafficEvents,
}
