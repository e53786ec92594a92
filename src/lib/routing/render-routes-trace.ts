import {describeOrigin} from '../output/describe-origin.js'
import {paint} from '../output/style.js'
import type {Terminal} from '../output/terminal.js'
import type {Column, View} from '../output/view.js'
import {renderTraceMermaid} from './render-trace-mermaid.js'
import {renderEndpoints, renderRecords} from './render-trace-sections.js'
import {anyRegion, beside, footnoteMark, KIND_WORDS} from './route-words.js'
import type {Destination, Permission, RoutesTraceResult, TracedRoute} from './routes-trace.schema.js'

/** One (route, destination): a record of CSV, NDJSON and Markdown. */
interface TraceRow {
  readonly from: string
  readonly route: TracedRoute
  readonly destination: Destination | null
}

const COLUMNS: readonly Column<TraceRow>[] = [
  {key: 'from', title: 'FROM', value: ({from}) => from},
  {key: 'id', title: 'ID', value: ({route}) => route.id},
  {key: 'kind', title: 'KIND', value: ({route}) => route.kind},
  {key: 'destination', title: 'DESTINATION', value: ({destination}) => destination?.region ?? null},
  {key: 'name', title: 'NAME', value: ({destination}) => destination?.displayName ?? null},
  {key: 'geography', title: 'GEOGRAPHY', value: ({destination}) => destination?.geography ?? null},
  {key: 'opt-in', title: 'OPT-IN', value: ({destination}) => destination?.optIn ?? null},
  {key: 'enabled', title: 'ENABLED', value: ({destination}) => destination?.enabled ?? null},
  {key: 'holds', title: 'HOLDS', value: ({route}) => route.holds},
  {key: 'arn', title: 'ARN', value: ({route}) => route.arn},
]

export const routesTraceView: View<RoutesTraceResult, TraceRow> = {
  rows: ({from, routes}) =>
    routes.flatMap((route) =>
      (route.destinations ?? [null]).map((destination) => ({from: from.region, route, destination})),
    ),
  columns: () => COLUMNS,
  text: renderTrace,
  extra: {mermaid: renderTraceMermaid},
}

function renderTrace(result: RoutesTraceResult, terminal: Terminal): string {
  const {model, from, routes, origin} = result
  const head = [
    paint('strong', model.name ?? model.id ?? result.asked, terminal),
    ...(model.id === null ? [] : [paint('id', model.id, terminal)]),
    paint('faint', origin ? describeOrigin(origin, terminal) : 'not read', terminal),
  ]
  const parts = [
    [head.join('   '), `from ${from.region}, ${from.displayName ?? 'name not known'}`],
    ...gateLines(result, terminal),
    ...(routes.length > 0 ? [renderEndpoints(routes, terminal)] : []),
    ...routes.map((route) => routeLines(route, result, terminal)),
    ...passedOverLines(result, terminal),
    ...(routes.length > 0 ? [renderRecords(result, terminal)] : []),
    ...footnotes(result, terminal),
  ]
  return parts.map((lines) => lines.join('\n')).join('\n\n')
}

function gateLines({gate, nearest, routes}: RoutesTraceResult, terminal: Terminal): (readonly string[])[] {
  if (gate.passed) {
    const holding = routes.filter(({holds}) => holds === 'yes').map(({id}) => id)
    return holding.length === 0
      ? []
      : [[`${paint('good', 'PASS', terminal)}  ${gate.requirement}: ${holding.join(', ')}`]]
  }
  return [
    [
      ...gate.failures.map((text, index) => `${index === 0 ? paint('bad', 'FAIL', terminal) : '    '}  ${text}`),
      ...(nearest ? [`      Nearest: ${paint('id', nearest.id, terminal)} (${nearest.words})`] : []),
    ],
  ]
}

function routeLines(route: TracedRoute, result: RoutesTraceResult, terminal: Terminal): readonly string[] {
  const words = [
    KIND_WORDS[route.kind] ?? route.kind,
    ...(route.resource === 'application-inference-profile' ? ['application profile'] : []),
  ]
  return [
    `${paint('strong', words.join(', '), terminal)}   ${paint('id', route.id, terminal)}${route.note === null ? '' : `   ${route.note}`}`,
    ...(route.arn === route.id ? [] : beside('As', [route.arn], terminal)),
    ...beside('Processed in', destinationLines(route, result, terminal), terminal),
    ...beside('Residency', residencyLines(route, result), terminal),
    ...beside('Must allow', permissionLines(route.permissions), terminal),
    ...beside(
      'Not denied',
      route.mustNotBeDenied.filter(({topic}) => topic !== 'first-use').map(({statement}) => statement),
      terminal,
    ),
  ]
}

function destinationLines({kind, destinations}: TracedRoute, {partition}: RoutesTraceResult, terminal: Terminal) {
  if (kind === 'global') return [`${anyRegion(partition)}, as the service chooses; the list grows without notice`]
  if (destinations === null) return ['not known; read them live, from the Region called']
  const width = Math.max(...destinations.map(({region}) => region.length)) + 1
  return destinations.map((destination) => {
    const name = `${destination.region}${isUnusual(destination) ? footnoteMark(terminal) : ''}`
    return `${name.padEnd(width)}  ${[destination.displayName, destination.geography].filter(Boolean).join(', ')}`
  })
}

/** Not enabled in the account; where the account was not read, an opt-in Region. */
function isUnusual({enabled, optIn}: Destination): boolean {
  return enabled === null ? optIn === true : !enabled
}

/** Geographies of the Region called: to any other the request leaves by definition. */
function residencyLines({residency}: TracedRoute, {from, partition}: RoutesTraceResult): readonly string[] {
  const home = residency.filter(({geography}) => from.geographies.includes(geography))
  if (home.length === 0) return ['unknown: the geography of the Region called is not known']
  return home.map(({name, verdict, outside}) => {
    if (verdict === 'stays') return `stays in ${name}`
    if (verdict === 'unknown') return `unknown for ${name}`
    return `leaves ${name}: ${outside === null ? anyRegion(partition) : outside.join(', ')}`
  })
}

/** The actions once where every leg needs the same, then each leg with its resources and conditions. */
function permissionLines(permissions: readonly Permission[]): readonly string[] {
  const actionsOf = ({actions}: Permission) => actions.join(', ')
  return permissions.flatMap((permission, index) => {
    const previous = permissions[index - 1]
    const repeated = previous !== undefined && actionsOf(previous) === actionsOf(permission)
    return [
      ...(repeated ? [] : [actionsOf(permission)]),
      `on ${permission.why}`,
      ...permission.resources.map((resource) => `   ${resource}`),
      ...permission.conditions.map(
        ({operator, key, values, required}) =>
          `${required ? 'with' : 'may be narrowed by'} ${operator} ${key} = ${values.join(', ')}`,
      ),
    ]
  })
}

function passedOverLines({passedOver}: RoutesTraceResult, terminal: Terminal): (readonly string[])[] {
  if (passedOver.length === 0) return []
  const lines = passedOver.flatMap(({kind, id, answer, reason}) =>
    beside(KIND_WORDS[kind] ?? kind, [`${[answer, id, reason].filter(Boolean).join('  ')}`], terminal),
  )
  return [[paint('strong', 'No route', terminal), ...lines]]
}

function footnotes({routes, account}: RoutesTraceResult, terminal: Terminal): (readonly string[])[] {
  const unusual = routes.some(({destinations}) => destinations?.some(isUnusual))
  const read = routes.some(({destinations}) => destinations?.some(({enabled}) => enabled !== null))
  const lines = [
    ...(unusual
      ? [
          `${footnoteMark(terminal)} opt-in Region${read ? ', not enabled in this account' : ''}; requests can still be processed there`,
        ]
      : []),
    ...(account === null && routes.length > 0 ? ['<account> stands for your account id, which was not read'] : []),
    ...(routes.length > 0 ? ['Sources and dates of every statement: -o json · a diagram: -o mermaid'] : []),
  ]
  return lines.length === 0 ? [] : [lines.map((line) => paint('faint', line, terminal))]
}
