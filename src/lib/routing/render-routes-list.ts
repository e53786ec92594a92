import {plural} from '../core/text.js'
import {describeOrigins} from '../output/describe-origin.js'
import {paint} from '../output/style.js'
import type {Terminal} from '../output/terminal.js'
import type {Column, View} from '../output/view.js'
import {footnoteMark} from './route-words.js'
import type {ListedRoute, RoutesListResult} from './routes-list.schema.js'

const COLUMNS: readonly Column<ListedRoute>[] = [
  {key: 'from', title: 'FROM', value: ({from}) => from, weight: 0},
  {key: 'id', title: 'ID', value: ({id}) => id, text: ({id}, terminal) => paint('id', id, terminal), weight: 0},
  {
    key: 'model',
    title: 'MODEL',
    value: ({modelId}) => modelId,
    text: ({modelName, modelId}) => modelName ?? modelId,
    weight: 4,
  },
  {key: 'kind', title: 'KIND', value: ({kind}) => kind, weight: 1},
  {
    key: 'geography',
    title: 'GEO',
    value: ({geography}) => geography,
    text: ({kind, geography}) => (kind === 'geo' ? (geography ?? '?') : '-'),
    weight: 3,
  },
  {
    key: 'destination-count',
    title: 'TO',
    value: ({destinations}) => destinations?.length ?? null,
    text: ({kind, destinations}) => (kind === 'global' ? 'any' : String(destinations?.length ?? '?')),
    align: 'right',
    weight: 2,
  },
  {
    key: 'destinations',
    title: 'DESTINATIONS',
    value: ({destinations}) => destinations,
    text: destinationsText,
    weight: 1,
  },
  {
    key: 'opt-in-destinations',
    title: 'OPT-IN',
    value: ({optInDestinations}) => optInDestinations,
    text: listText,
    weight: 9,
  },
  {
    key: 'not-enabled-destinations',
    title: 'NOT ENABLED',
    value: ({notEnabledDestinations}) => notEnabledDestinations,
    text: ({notEnabledDestinations}) =>
      notEnabledDestinations === null ? '?' : notEnabledDestinations.join(' ') || '-',
    weight: 9,
  },
  {key: 'origin', title: 'ORIGIN', value: ({origin}) => origin.kind, weight: 9},
  {key: 'as-of', title: 'AS OF', value: ({origin}) => origin.asOf, weight: 9},
]

/** Columns of the table for people; the others say again, in full, what it marks. */
const TABLE_KEYS = ['from', 'id', 'kind', 'geography', 'destination-count', 'destinations']

function listText({optInDestinations}: ListedRoute): string {
  return optInDestinations.join(' ') || '-'
}

function destinationsText({kind, destinations, optInDestinations}: ListedRoute, terminal: Terminal): string {
  if (kind === 'global') return 'any Region of the partition'
  if (destinations === null) return 'not known'
  return destinations
    .map((name) => (optInDestinations.includes(name) ? `${name}${footnoteMark(terminal)}` : name))
    .join(' ')
}

export const routesListView: View<RoutesListResult, ListedRoute> = {
  rows: ({routes}) => routes,
  columns: () => COLUMNS,
  async text(result, terminal) {
    if (result.routes.length === 0) return 'No route matches.'
    const {renderTable} = await import('../output/table.js')
    const columns = COLUMNS.filter(({key}) => TABLE_KEYS.includes(key))
    const table = await renderTable(result.routes, columns, terminal)
    const marked = result.routes.some(({optInDestinations}) => optInDestinations.length > 0)
    const origins = [...new Map(result.routes.map(({origin}) => [`${origin.kind} ${origin.region}`, origin])).values()]
    return [
      table,
      '',
      ...(marked ? [`${footnoteMark(terminal)} opt-in Region; requests can be processed there without opting in`] : []),
      `${plural(result.routes.length, 'route')} from ${plural(result.from.length, 'Region')} · ${describeOrigins(origins, terminal)}`,
    ].join('\n')
  },
}
