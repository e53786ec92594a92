import {paint} from '../output/style.js'
import type {Terminal} from '../output/terminal.js'
import {beside, KIND_WORDS} from './route-words.js'
import type {InvocationLoggingState, RoutesTraceResult, TracedEndpoint, TracedRoute} from './routes-trace.schema.js'

const FAMILY_WORDS: Readonly<Record<TracedEndpoint['family'], string>> = {
  'bedrock-runtime': 'Runtime',
  'openai-on-runtime': 'OpenAI-like',
  'bedrock-runtime-fips': 'FIPS',
  'bedrock-mantle': 'Mantle',
}

/** Where callers send requests: each endpoint once, with the routes that take it when not all do. */
export function renderEndpoints(routes: readonly TracedRoute[], terminal: Terminal): readonly string[] {
  const taken = routes.flatMap((route) =>
    route.endpoints
      .filter(({answer}) => answer !== 'no')
      .map((endpoint) => ({
        key: JSON.stringify([endpoint.family, endpoint.answer, endpoint.note]),
        endpoint,
        kind: route.kind,
      })),
  )
  const groups = new Map<string, {readonly endpoint: TracedEndpoint; readonly kinds: string[]}>()
  for (const {key, endpoint, kind} of taken) {
    const group = groups.get(key) ?? {endpoint, kinds: []}
    group.kinds.push(KIND_WORDS[kind] ?? kind)
    groups.set(key, group)
  }
  const lines = [...groups.values()].flatMap(({endpoint, kinds}) =>
    beside(FAMILY_WORDS[endpoint.family], endpointLines(endpoint, kindsNote(kinds, routes)), terminal),
  )
  return [paint('strong', 'Endpoints', terminal), ...lines]
}

function endpointLines(endpoint: TracedEndpoint, kinds: string): readonly string[] {
  const {url, privateLink, apis, note, answer} = endpoint
  const words = [apis.join(', '), answer === 'unknown' ? `unknown: ${note}` : note].filter(Boolean).join('; ')
  return [
    `${url ?? 'its name is not known'}${kinds}`,
    ...(words === '' ? [] : [words]),
    privateLink === null
      ? 'PrivateLink: not known'
      : `PrivateLink: ${privateLink.serviceName}, private DNS ${privateLink.privateDnsName}`,
  ]
}

const TOPICS = {
  'at-rest': 'At rest',
  'in-transit': 'In transit',
  retention: 'Retention',
  cloudtrail: 'CloudTrail',
  'invocation-logging': 'Prompts',
  metrics: 'Metrics',
  'first-use': 'First use',
} as const

/** What is kept and logged where: each statement once, with the routes it is true of when not of all. */
export function renderRecords({routes, invocationLogging}: RoutesTraceResult, terminal: Terminal): readonly string[] {
  const lines = Object.entries(TOPICS).flatMap(([topic, label]) => {
    const kindsOf = new Map<string, string[]>()
    for (const route of routes) {
      for (const fact of [...route.dataHandling, ...route.mustNotBeDenied].filter((each) => each.topic === topic)) {
        kindsOf.set(fact.statement, [...(kindsOf.get(fact.statement) ?? []), KIND_WORDS[route.kind] ?? route.kind])
      }
    }
    const statements = [...kindsOf].map(([statement, kinds]) => `${statement}${kindsNote(kinds, routes)}`)
    const logged = topic === 'invocation-logging' && routes.some(({kind}) => kind !== 'mantle')
    if (logged) statements.push(loggingLine(invocationLogging))
    return statements.length === 0 ? [] : beside(label, statements, terminal)
  })
  return [paint('strong', 'Data and logs', terminal), ...lines]
}

function loggingLine({answer, destinations, delivers, source}: InvocationLoggingState): string {
  if (answer === 'no') return 'Invocation logging is not configured here.'
  if (answer === 'unknown') return `Whether it is configured: unknown, ${source}.`
  return `Configured: ${delivers.join(', ') || 'nothing'} to ${destinations.join(', ')}.`
}

function kindsNote(kinds: readonly string[], routes: readonly TracedRoute[]): string {
  return kinds.length === routes.length ? '' : ` (${[...new Set(kinds)].join(', ')})`
}
