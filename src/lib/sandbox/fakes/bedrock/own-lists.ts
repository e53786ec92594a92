import type {RequestContext} from '../../handler.js'
import {bedrockPage} from './refusals.js'

/** What the lists of an account's own models have in common. */
export interface OwnListInput {
  readonly creationTimeAfter?: Date | undefined
  readonly creationTimeBefore?: Date | undefined
  readonly nameContains?: string | undefined
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
  readonly sortOrder?: string | undefined
}

/** A filtered page; newest first unless `Ascending` is asked for. */
export function ownPage<Item extends {readonly name: string; readonly createdAt: number}>(
  all: Iterable<Item>,
  input: OwnListInput,
  context: RequestContext,
) {
  const {
    creationTimeAfter: after,
    creationTimeBefore: before,
    nameContains,
    maxResults = 100,
    nextToken,
    ...rest
  } = input
  const sign = input.sortOrder === 'Ascending' ? 1 : -1
  const wanted = [...all]
    .filter(({createdAt}) => (!after || createdAt >= after.getTime()) && (!before || createdAt <= before.getTime()))
    .filter(({name}) => nameContains === undefined || name.toLowerCase().includes(nameContains.toLowerCase()))
    .sort((a, b) => sign * (a.createdAt - b.createdAt))
  const scope = JSON.stringify([context.operation, after, before, nameContains, rest])
  return bedrockPage(wanted, {token: nextToken, size: maxResults, scope})
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
