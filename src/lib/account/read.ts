import type {AccountSnapshot, Part, ReadId, ReadValues, UnreadStatus} from './snapshot.schema.js'

/** What a judge gets: the value, or why there is none. Nothing unread can pass for an empty list. */
export type Reading<Value> =
  | {readonly state: 'read'; readonly value: Value}
  | {
      readonly state: 'unread'
      readonly status: UnreadStatus
      /** IAM action that was, or would have been, called. */
      readonly action: string
      readonly code: string
      readonly reason: string
    }

/** Where the reads stand that belong to no Region. */
export const GLOBAL = 'global'

/** What a snapshot says about one read; `region` is left out for reads that belong to none. */
export function read<Id extends ReadId>(snapshot: AccountSnapshot, id: Id, region = GLOBAL): Reading<ReadValues[Id]> {
  const entry = snapshot.reads[id]?.find((one) => one.region === region)
  if (entry !== undefined) return readPart(entry as Part<ReadValues[Id]>)
  return {
    state: 'unread',
    status: 'skipped',
    action: id,
    code: 'NOT_COLLECTED',
    reason: `The snapshot does not hold ${id} of ${region}.`,
  }
}

/** The same for a part of a value that took a call of its own. */
export function readPart<Value>(part: Part<Value>): Reading<Value> {
  return part.status === 'read'
    ? {state: 'read', value: part.value}
    : {state: 'unread', status: part.status, action: part.action, code: part.code, reason: part.reason}
}

/** Regions in which a read was tried, in the order of the snapshot. */
export function regionsOf(snapshot: AccountSnapshot, id: ReadId): readonly string[] {
  return (snapshot.reads[id] ?? []).map(({region}) => region)
}
