import type {ImportLook} from './watch-import.js'

/** What is different from the look before. */
export interface WatchChange {
  readonly kind: 'state'
  readonly name: string
  readonly arn: string | null
  /** null at the first look. */
  readonly from: string | null
  readonly to: string
  readonly seconds: number | null
  readonly message: string | null
}

/** The state, where it is another one; the service tells of nothing else. */
export function watchChanges(before: ImportLook | undefined, {failure, row}: ImportLook): readonly WatchChange[] {
  const {jobArn: arn, name, seconds, state: to} = row
  const from = before?.row.state ?? null
  return from === to ? [] : [{kind: 'state', name, arn, from, to, seconds, message: failure?.message ?? null}]
}
