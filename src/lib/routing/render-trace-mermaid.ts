import {sanitise} from '../core/text.js'
import {SIMULATED} from '../output/simulated.js'
import {anyRegion, KIND_WORDS} from './route-words.js'
import type {Destination, RoutesTraceResult, TracedRoute} from './routes-trace.schema.js'

/** The sheet as a Mermaid flowchart: caller, endpoints, routes, and every Region that may process, by geography. */
export function renderTraceMermaid(result: RoutesTraceResult): string {
  const {routes, from} = result
  const endpoints = [...new Set(routes.map(addressOf))]
  const lines = [
    'flowchart LR',
    ...(result.simulated ? [`  simulated[${label(`simulated: ${SIMULATED}`)}]`] : []),
    `  caller[${label('caller')}]`,
    ...(routes.length === 0 ? [`  none[${label(result.gate.failures.join('; '))}]`, '  caller -.-x none'] : []),
    ...(routes.length === 0
      ? []
      : subgraph('source', `called: ${regionWords(from)}`, [
          ...endpoints.map((address, index) => `endpoint${index}[${label(address)}]`),
          ...routes.map((route, index) => `route${index}[${label(route.id, KIND_WORDS[route.kind] ?? route.kind)}]`),
        ])),
    ...endpoints.map((_, index) => `  caller --> endpoint${index}`),
    ...routes.map((route, index) => `  endpoint${endpoints.indexOf(addressOf(route))} --> route${index}`),
    ...destinationGraphs(routes),
    ...routes.flatMap((route, index) => edges(route, index, result)),
  ]
  return `${lines.join('\n')}\n`
}

function addressOf({endpoints}: TracedRoute): string {
  return endpoints[0]?.url ?? 'endpoint not known'
}

/** One subgraph a geography; a Region stands in the narrowest that holds it. */
function destinationGraphs(routes: readonly TracedRoute[]): readonly string[] {
  const all = new Map(
    routes.flatMap(({destinations}) => destinations ?? []).map((destination) => [destination.region, destination]),
  )
  const byGeography = new Map<string, Destination[]>()
  for (const destination of all.values()) {
    const name = destination.geography ?? 'geography not known'
    byGeography.set(name, [...(byGeography.get(name) ?? []), destination])
  }
  return [...byGeography].flatMap(([name, destinations], index) =>
    subgraph(
      `geography${index}`,
      name,
      destinations.map(
        (destination) => `${nodeOf(destination)}[${label(regionWords(destination), optInWords(destination))}]`,
      ),
    ),
  )
}

function edges({kind, destinations}: TracedRoute, index: number, {partition}: RoutesTraceResult): readonly string[] {
  if (destinations) return destinations.map((destination) => `  route${index} --> ${nodeOf(destination)}`)
  const words = kind === 'global' ? anyRegion(partition) : 'destinations not known'
  return [`  open${index}([${label(words)}])`, `  route${index} -.-> open${index}`]
}

function regionWords({region, displayName}: Destination): string {
  return displayName === null ? region : `${region}, ${displayName}`
}

function optInWords({optIn, enabled}: Destination): string {
  if (enabled === false) return 'not enabled in this account'
  return optIn === true && enabled === null ? 'opt-in Region' : ''
}

/** Ids of nodes hold nothing but letters, digits and underscores; a leading word keeps them off Mermaid's keywords. */
function nodeOf({region}: Destination): string {
  return `region_${region.replaceAll(/[^A-Za-z0-9]/g, '_')}`
}

function subgraph(id: string, title: string, lines: readonly string[]): readonly string[] {
  return [`  subgraph ${id}[${label(title)}]`, ...lines.map((line) => `    ${line}`), '  end']
}

/** A quoted label of one or more lines; what Mermaid would read as markup becomes an entity. */
export function label(...texts: readonly string[]): string {
  const lines = texts.filter((text) => text !== '').map(escapeLabel)
  return `"${lines.join('<br/>')}"`
}

function escapeLabel(text: string): string {
  return sanitise(text.replace(/\s+/g, ' ')).replace(/[#"`<>&;\\]/g, (character) => `#${character.charCodeAt(0)};`)
}
