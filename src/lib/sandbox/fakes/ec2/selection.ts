import type {Filter, Tag} from '@aws-sdk/client-ec2'
import {type RequestContext, WireError} from '../../handler.js'
import {type Page, pageOf} from '../page.js'

/** What a Describe operation was asked for. */
export interface Selection {
  readonly ids?: readonly string[] | undefined
  readonly filters?: readonly Filter[] | undefined
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

/** The values an item has under one filter name. */
type FilterValues<Item> = (item: Item) => readonly (string | number | boolean | undefined)[]

/** How EC2 names one kind of resource, and by what it can be found. */
export interface Kind<Item> {
  /** Of its ids: `vpc`. */
  readonly prefix: string
  /** `InvalidVpcID`: what `.NotFound` and `.Malformed` follow. */
  readonly error: string
  /** `The vpc ID 'vpc-…' does not exist`. */
  readonly noun: string
  readonly filters: Readonly<Record<string, FilterValues<Item>>>
}

interface Resource {
  readonly id: string
  readonly tags: Readonly<Record<string, string>>
}

// EC2 answers with at most a thousand of anything.
const LARGEST_PAGE = 1000

/** The resources asked for, by id and by filter, and a page of them; what EC2 would not understand is refused. */
export function select<Item extends Resource>(
  all: readonly Item[],
  selection: Selection,
  kind: Kind<Item>,
  {operation}: RequestContext,
): Page<Item> {
  const {ids = [], filters = [], maxResults = LARGEST_PAGE, nextToken} = selection
  checkFilters(filters, kind)
  checkIds(ids, all, kind)
  const wanted = all
    .filter(({id}) => ids.length === 0 || ids.includes(id))
    .filter((item) => filters.every((filter) => passes(item, filter, kind.filters)))
  const scope = JSON.stringify([operation, ids, filters])
  const page = pageOf(wanted, {token: nextToken, size: maxResults, scope})
  if (!page) throw invalidToken()
  return page
}

export function invalidToken(): WireError {
  return new WireError('InvalidNextToken', 'The token is invalid or was made for another request.')
}

export function notFound({error, noun}: Pick<Kind<never>, 'error' | 'noun'>, id: string): WireError {
  const code = error.startsWith('Invalid') ? `${error}.NotFound` : error
  return new WireError(code, `The ${noun} '${id}' does not exist`)
}

function checkIds<Item extends Resource>(ids: readonly string[], all: readonly Item[], kind: Kind<Item>): void {
  for (const id of ids) checkShape(id, kind)
  const unknown = ids.find((id) => !all.some((item) => item.id === id))
  if (unknown !== undefined) throw notFound(kind, unknown)
}

export function checkShape(id: string, {prefix, error}: Pick<Kind<never>, 'prefix' | 'error'>): void {
  if (new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(id)) return
  const code = error.startsWith('Invalid') ? `${error}.Malformed` : 'InvalidParameterValue'
  throw new WireError(code, `Invalid id: "${id}" (expecting "${prefix}-...")`)
}

/** A filter that EC2 does not know is refused even where there is nothing to filter. */
function checkFilters<Item>(filters: readonly Filter[], kind: Kind<Item>): void {
  for (const {Name = ''} of filters) {
    if (Name === 'tag-key' || Name.startsWith('tag:') || Name in kind.filters) continue
    throw new WireError('InvalidParameterValue', `The filter '${Name}' is invalid`)
  }
}

function passes<Item extends Resource>(item: Item, filter: Filter, known: Kind<Item>['filters']): boolean {
  const {Name = '', Values = []} = filter
  return valuesOf(item, Name, known).some(
    (value) => value !== undefined && Values.some((pattern) => matchesFilter(pattern, String(value))),
  )
}

function valuesOf<Item extends Resource>(item: Item, name: string, known: Kind<Item>['filters']) {
  if (name === 'tag-key') return Object.keys(item.tags)
  if (name.startsWith('tag:')) return [item.tags[name.slice(4)]]
  return known[name]?.(item) ?? []
}

/** Filters know `*` and `?`, and small letters from capitals. */
function matchesFilter(pattern: string, value: string): boolean {
  const escaped = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${escaped}$`, 's').test(value)
}

/** Filters of what the sandbox's resources never have: EC2 knows them, and nothing passes. */
export function neverSet<Item>(...names: readonly string[]): Kind<Item>['filters'] {
  return Object.fromEntries(names.map((name) => [name, () => []]))
}

export function tagList(tags: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({Key, Value}))
}
