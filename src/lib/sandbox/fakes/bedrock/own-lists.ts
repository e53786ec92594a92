import type {RequestContext} from '../../handler.js'
import {invalid} from './refusals.js'

/** What the lists of an account's own models have in common. */
interface OwnListInput {
  readonly creationTimeAfter?: Date | undefined
  readonly creationTimeBefore?: Date | undefined
  readonly nameContains?: string | undefined
  readonly statusEquals?: string | undefined
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
  readonly sortOrder?: string | undefined
}

interface Listed {
  readonly arn: string
  readonly name: string
  readonly createdAt: number
  readonly status?: string | undefined
}

/**
 * A filtered page; newest first unless `Ascending` is asked for. What is there from the first page to the last is in
 * one of them, whatever is made or changes its state between them.
 */
export function ownPage<Item extends Listed>(all: Iterable<Item>, input: OwnListInput, context: RequestContext) {
  const {
    creationTimeAfter: after,
    creationTimeBefore: before,
    nameContains,
    maxResults = 100,
    nextToken,
    ...rest
  } = input
  const sign = input.sortOrder === 'Ascending' ? 1 : -1
  const scope = JSON.stringify([context.operation, after, before, nameContains, rest])
  const sorted = [...all].sort((a, b) => sign * (a.createdAt - b.createdAt))
  const wanted = sorted
    .slice(nextToken === undefined ? 0 : startOf(sorted, nextToken, scope, sign))
    .filter(({createdAt}) => (!after || createdAt >= after.getTime()) && (!before || createdAt <= before.getTime()))
    .filter(({name}) => nameContains === undefined || name.toLowerCase().includes(nameContains.toLowerCase()))
    .filter(({status}) => input.statusEquals === undefined || status === input.statusEquals)
  const items = wanted.slice(0, maxResults)
  const last = items.at(-1)
  const next = last && wanted.length > maxResults ? tokenAt(last, scope) : undefined
  return {items, next}
}

function tokenAt({arn, createdAt}: Listed, scope: string): string {
  return Buffer.from(JSON.stringify([scope, arn, createdAt])).toString('base64')
}

/** Behind the item that the page before ended with; where that is gone, behind those of its time. */
function startOf(sorted: readonly Listed[], token: string, scope: string, sign: number): number {
  const [arn, createdAt] = readToken(token, scope)
  const last = sorted.findIndex((item) => item.arn === arn)
  if (last >= 0) return last + 1
  const later = sorted.findIndex((item) => sign * (item.createdAt - createdAt) > 0)
  return later < 0 ? sorted.length : later
}

function readToken(token: string, scope: string): readonly [string, number] {
  const wrong = invalid('The provided nextToken is invalid.')
  try {
    const [of, arn, createdAt] = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as readonly unknown[]
    if (of === scope && typeof arn === 'string' && typeof createdAt === 'number') return [arn, createdAt]
  } catch {
    throw wrong
  }
  throw wrong
}

/** The one with this ARN, the last part of this ARN, or this name. */
export function findOwn<Item extends {readonly arn: string; readonly name: string}>(
  all: ReadonlyMap<string, Item>,
  identifier: string,
): Item | undefined {
  return (
    all.get(identifier) ??
    [...all.values()].find(({arn, name}) => name === identifier || arn.endsWith(`/${identifier}`))
  )
}
