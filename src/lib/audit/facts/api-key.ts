import type {ReadItem} from '../../account/snapshot.schema.js'
import type {AuditContext} from '../audit-context.js'
import type {Judged} from '../check.js'
import {type Place, regionPlace, unknown} from '../judge-resource.js'
import {gapsOfRead, judgeAccountRead} from './account-read.js'

/** A long-term API key of Bedrock: a service-specific credential of an IAM user. */
export type ApiKey = ReadItem<'iam:service-specific-credentials'>

/** The read that lists them. */
export const KEYS_READ = 'iam:service-specific-credentials'

const DAY_MS = 86_400_000

/** Credentials of CodeCommit or Keyspaces are of the same kind, and none of Bedrock's business. */
export function isBedrockKey({service}: ApiKey): boolean {
  return /^bedrock(-[a-z]+)*\.amazonaws\.com(\.cn)?$/i.test(service)
}

/** Whether the key opens anything on that day: switched on, and not run out. */
export function isUsable({status, expiresAt}: ApiKey, now: Date): boolean {
  return status.toLowerCase() === 'active' && (expiresAt === null || Date.parse(expiresAt) > now.getTime())
}

/** Days that have passed, and parts of one; null where the moment is not known. */
export function daysSince(moment: string | null, now: Date): number | null {
  return moment === null ? null : (now.getTime() - Date.parse(moment)) / DAY_MS
}

/** Judges each Bedrock key of the account; where some may not have been listed, that is UNKNOWN beside them. */
export function judgeKeys(
  context: AuditContext,
  judge: (key: ApiKey, context: AuditContext) => Judged,
): Iterable<Judged> {
  return judgeAccountRead(context, KEYS_READ, (keys) => {
    const gaps = gapsOfRead(context, KEYS_READ)
    const judged = keys.filter(isBedrockKey).map((key) => judge(key, context))
    return gaps.length > 0 ? [...judged, unknown(regionPlace('global', KEYS_READ), gaps)] : judged
  })
}

export function placeOfKey({id, user, alias}: ApiKey): Place {
  const name = alias === null ? `key of ${user}` : `${alias}, key of ${user}`
  return {region: 'global', resource: {type: 'service-specific-credential', id, name}}
}

/** Why the key is nobody's risk any more. */
export function unusableReason({status, expiresAt}: ApiKey): string {
  return status.toLowerCase() === 'active' ? `The key expired on ${expiresAt?.slice(0, 10)}` : `The key is ${status}`
}
