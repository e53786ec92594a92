import {keepLast} from '../memo.js'
import type {BoardFacts} from '../state.js'
import {UNREAD} from './bound-jobs.js'
import type {JobRow} from './jobs.schema.js'

/** A job with where and when it was read. */
export interface BoardJob {
  /** Of its row in every frame. */
  readonly key: string
  readonly region: string
  readonly readAtMs: number
  readonly row: JobRow
}

/** Jobs of all Regions: live ones first, what could not be listed next, then what ended; each of them newest first. */
export const boardJobs: (state: Pick<BoardFacts, 'data'>) => readonly BoardJob[] = keepLast(
  ({data}) => [data.jobs],
  ({data}) =>
    [...data.jobs]
      .flatMap(([region, {atMs, rows}]) =>
        rows.map((row): BoardJob => ({key: `${region} ${row.kind} ${row.id}`, region, readAtMs: atMs, row})),
      )
      .toSorted((a, b) => rankOf(a.row) - rankOf(b.row) || timeOf(b.row) - timeOf(a.row) || (a.key < b.key ? -1 : 1)),
)

/** The job of a row, where it is still there. */
export function findJob(state: Pick<BoardFacts, 'data'>, key: string): BoardJob | undefined {
  return boardJobs(state).find((job) => job.key === key)
}

function rankOf({live, state}: JobRow): number {
  if (live) return 0
  return state === UNREAD ? 1 : 2
}

function timeOf({createdAtMs, endedAtMs}: JobRow): number {
  return endedAtMs ?? createdAtMs ?? 0
}
