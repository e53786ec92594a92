import type {LookRows} from '../follow/look.js'
import type {ProgressRow, Records} from '../progress/progress.schema.js'

/** What is different from the look before. */
export type WatchChange =
  | {
      readonly kind: 'state'
      readonly name: string
      readonly arn: string | null
      /** null at the first look, and for what could not be read. */
      readonly from: string | null
      readonly to: string | null
      readonly message: string | null
    }
  | {
      readonly kind: 'progress'
      readonly name: string
      readonly records: Records
      readonly recordsPerSecond: number | null
      readonly endsAt: string | null
    }

/** Changes of state of each job, then the progress of the whole where its counts changed. */
export function watchChanges(before: LookRows | undefined, now: LookRows): readonly WatchChange[] {
  const known = new Map(rowsOf(before).map((row) => [keyOf(row), row.state]))
  const states = rowsOf(now).flatMap((row): readonly WatchChange[] => {
    const from = known.get(keyOf(row)) ?? null
    if (known.has(keyOf(row)) && from === row.state) return []
    return [{kind: 'state', name: row.name, arn: row.arn, from, to: row.state, message: row.message}]
  })
  const {name, pace, records} = now.summary
  if (before !== undefined && sameCounts(before.summary.records, records)) return states
  const {endsAt = null, recordsPerSecond = null} = pace ?? {}
  return [...states, {kind: 'progress', name, records, recordsPerSecond, endsAt}]
}

function rowsOf(rows: LookRows | undefined): readonly ProgressRow[] {
  if (rows === undefined) return []
  return rows.members.length === 0 ? [rows.summary] : rows.members
}

function keyOf({name, round, shard}: ProgressRow): string {
  return shard === null ? name : `${round}/${shard}`
}

function sameCounts(a: Records, b: Records): boolean {
  return a.succeeded === b.succeeded && a.failed === b.failed && a.pending === b.pending && a.total === b.total
}
