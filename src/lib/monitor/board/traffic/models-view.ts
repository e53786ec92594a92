import type {BoardView} from '../view.js'
import {describeTraffic, trafficEvents} from './traffic-facts-words.js'
import {trafficPage} from './traffic-page-words.js'
import {MODEL_COLUMNS, NO_TRAFFIC, trafficRows} from './traffic-table.js'

/** All that is known of each model as it is called; Enter leads to its charts. */
export const modelsView: BoardView = {
  name: 'models',
  title: 'Models',
  aliases: ['mo', 'model', 'traffic'],
  about: 'live metrics of each model and profile: charts, tiers, quotas with burn-down, lifecycle',
  topics: ['traffic', 'quotas', 'prices'],
  table: (state) => ({columns: MODEL_COLUMNS, rows: trafficRows(state), sortedBy: '-requests', empty: NO_TRAFFIC}),
  page: trafficPage,
  describe: describeTraffic,
  eventFilter: trafficEvents,
}
