import {read} from '../../account/read.js'
import type {ReadId, ReadValues} from '../../account/snapshot.schema.js'
import type {AuditContext} from '../audit-context.js'
import type {Judged} from '../check.js'
import type {Missing} from '../finding.schema.js'
import {missingOf, regionPlace, unknown} from '../judge-resource.js'

/**
 * Judges what a read that belongs to no Region gives; where it was not read, or not to its end, the answer about the
 * account is UNKNOWN. The aspect is the read, so that several such answers stand side by side.
 */
export function* judgeAccountRead<Id extends ReadId>(
  {snapshot}: AuditContext,
  id: Id,
  judge: (value: ReadValues[Id]) => Iterable<Judged>,
): Iterable<Judged> {
  const reading = read(snapshot, id)
  if (reading.state === 'unread') {
    yield unknown(regionPlace('global', id), [missingOf(reading)])
    return
  }
  yield* judge(reading.value)
}

/** The same for a read of the organisation; an account that is in none has nothing to read, and nothing to judge. */
export function* judgeOrganizationRead<Id extends ReadId>(
  context: AuditContext,
  id: Id,
  judge: (value: ReadValues[Id]) => Iterable<Judged>,
): Iterable<Judged> {
  const isRead = read(context.snapshot, id).state === 'read'
  if (isRead || context.policies.organization !== null) yield* judgeAccountRead(context, id, judge)
}

/** What failed inside a read of the account that gave a value all the same, such as a page of a list. */
export function gapsOfRead({snapshot}: AuditContext, id: ReadId): readonly Missing[] {
  const entries = snapshot.reads[id] ?? []
  return entries.flatMap((entry) =>
    entry.status === 'read' ? entry.gaps.map(({action, code, reason}) => ({action, code, reason})) : [],
  )
}
