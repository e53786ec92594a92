import type {RequestHeaders} from './protocol.js'
import {memberNames, membersOf, type Operation, requiredMembers} from './schema.js'

interface Segment {
  readonly literal?: string
  readonly label?: string
  readonly greedy: boolean
}

/** Where one REST operation lives. */
export interface Route {
  readonly operation: Operation
  readonly method: string
  readonly segments: readonly Segment[]
  readonly greedy: boolean
  /** Literal query parameters of the operation's path; a value of `undefined` is any. */
  readonly literalQuery: readonly (readonly [name: string, value: string | undefined])[]
  /** Parameters and headers that the operation requires: what tells S3's operations of one path apart. */
  readonly requiredQuery: readonly string[]
  readonly requiredHeaders: readonly string[]
  /** The input names the bucket in the path. */
  readonly inBucket: boolean
}

export interface RoutedRequest {
  readonly method: string
  /** Still percent-encoded. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: RequestHeaders
}

export interface RouteMatch {
  readonly operation: Operation
  readonly labels: Readonly<Record<string, string>>
}

/** Most specific first. */
export function buildRoutes(operations: Iterable<Operation>): readonly Route[] {
  return [...operations].flatMap(routeOf).sort((a, b) => weight(b) - weight(a))
}

function routeOf(operation: Operation): Route[] {
  if (!operation.http) return []
  const [path = '', literal = ''] = operation.http.path.split('?')
  const segments = path.split('/').filter(Boolean).map(parseSegment)
  const required = new Set(requiredMembers(operation.input))
  const traits = membersOf(operation.input)
    .filter(([name]) => required.has(name))
    .map(([, member]) => member.getMemberTraits())
  return [
    {
      operation,
      method: operation.http.method,
      segments,
      greedy: segments.some((segment) => segment.greedy),
      // Only the JS client sends x-id; it breaks ties and decides nothing.
      literalQuery: [...new URLSearchParams(literal)]
        .filter(([name]) => name !== 'x-id')
        .map(([name, value]) => [name, value === '' ? undefined : value] as const),
      requiredQuery: traits.flatMap(({httpQuery}) => httpQuery ?? []),
      requiredHeaders: traits.flatMap(({httpHeader}) => httpHeader?.toLowerCase() ?? []),
      inBucket: memberNames(operation.input).includes('Bucket') && required.has('Bucket'),
    },
  ]
}

function parseSegment(text: string): Segment {
  const label = /^\{(.+?)(\+)?\}$/.exec(text)
  return label ? {label: label[1] ?? '', greedy: label[2] !== undefined} : {literal: text, greedy: false}
}

function weight(route: Route): number {
  const literals = route.segments.filter((segment) => segment.literal !== undefined).length
  return literals * 10 + route.literalQuery.length + route.requiredQuery.length + route.requiredHeaders.length
}

/** `strict`: operations that share a path are told apart by the query parameters and headers they require (S3). */
export function matchRoute(routes: readonly Route[], request: RoutedRequest, strict = false): RouteMatch | undefined {
  const parts = request.path.split('/').slice(1)
  const trimmed = parts.at(-1) === '' ? parts.slice(0, -1) : parts
  const candidates = routes
    .filter((route) => route.method === request.method && queryMatches(route, request.query))
    .filter((route) => !strict || requirementsMet(route, request))
  const hinted = request.query.get('x-id')
  const ordered = hinted === null ? candidates : preferring(candidates, hinted)
  for (const route of ordered) {
    const labels = matchSegments(route, route.greedy ? parts : trimmed)
    if (labels) return {operation: route.operation, labels}
  }
  return undefined
}

function preferring(routes: readonly Route[], name: string): readonly Route[] {
  const hinted = routes.filter((route) => route.operation.name === name)
  return hinted.length > 0 ? hinted : routes
}

function queryMatches({literalQuery}: Route, query: URLSearchParams): boolean {
  return literalQuery.every(([name, value]) => query.has(name) && (value === undefined || query.get(name) === value))
}

function requirementsMet({requiredQuery, requiredHeaders}: Route, {query, headers}: RoutedRequest): boolean {
  return requiredQuery.every((name) => query.has(name)) && requiredHeaders.every((name) => headers[name] !== undefined)
}

/** The labels' values, percent-decoded after the split; `undefined` when the path does not fit. */
function matchSegments({segments, greedy}: Route, parts: readonly string[]): Record<string, string> | undefined {
  if (greedy ? parts.length < segments.length : parts.length !== segments.length) return undefined
  const labels: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const text = segment.greedy ? parts.slice(index).map(decodePart).join('/') : decodePart(parts[index] ?? '')
    if (segment.label === undefined ? text !== segment.literal : text === '') return undefined
    if (segment.label !== undefined) labels[segment.label] = text
  }
  return labels
}

/** A part of a path as it was meant; one that is not valid percent-encoding stays as it is. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
