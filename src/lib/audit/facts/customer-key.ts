import {read, readPart} from '../../account/read.js'
import type {ReadItem} from '../../account/snapshot.schema.js'
import {parseArn} from '../../core/arn.js'
import type {AuditContext} from '../audit-context.js'
import type {Judged} from '../check.js'
import type {Evidence, Fix, Missing} from '../finding.schema.js'
import {judgeResource, missingOf, type Place, regionPlace} from '../judge-resource.js'

type Key = ReadItem<'kms:keys'>

/** What a key that a resource names turns out to be. */
export type KeyKind =
  | {readonly kind: 'customer' | 'aws' | 'gone'}
  /** The list of keys was read and does not hold it. */
  | {readonly kind: 'unlisted'}
  | {readonly kind: 'unread'; readonly missing: Missing}

/** Finds a key by what a resource calls it: ARN, id or alias. */
export function findKey({snapshot}: AuditContext, region: string, name: string): Key | undefined {
  const keys = read(snapshot, 'kms:keys', parseArn(name)?.region ?? region)
  if (keys.state === 'unread') return undefined
  return (
    keys.value.find(({id}) => id === name) ??
    keys.value.find(({detail}) => detail.status === 'read' && detail.value?.arn === name)
  )
}

export function kindOfKey(context: AuditContext, region: string, name: string): KeyKind {
  // AWS keeps aliases that begin with aws/ for its own keys.
  if (/(^|:)alias\/aws\//.test(name)) return {kind: 'aws'}
  const found = kindInSnapshot(context, region, name)
  const own = context.snapshot.caller.account
  // Keys that AWS manages work in their own account only: what is used across accounts is a customer's.
  const isForeign = (parseArn(name)?.account ?? own) !== own
  return isForeign && (found.kind === 'unread' || found.kind === 'unlisted') ? {kind: 'customer'} : found
}

function kindInSnapshot(context: AuditContext, region: string, name: string): KeyKind {
  const keys = read(context.snapshot, 'kms:keys', parseArn(name)?.region ?? region)
  if (keys.state === 'unread') return {kind: 'unread', missing: missingOf(keys)}
  const key = findKey(context, region, name)
  if (key === undefined) return {kind: 'unlisted'}
  const detail = readPart(key.detail)
  if (detail.state === 'unread') return {kind: 'unread', missing: missingOf(detail)}
  if (detail.value === null) return {kind: 'gone'}
  return {kind: detail.value.manager.toUpperCase() === 'AWS' ? 'aws' : 'customer'}
}

/** Where customer keys are not asked for, the answer of a check that asks for them. */
export function* whereCustomerKeys(context: AuditContext, judge: () => Iterable<Judged>): Iterable<Judged> {
  if (context.project.encryption.customerKeys) {
    yield* judge()
    return
  }
  const message = 'bedrockctl.yaml does not ask for customer keys (encryption.customerKeys is false).'
  yield {...regionPlace('global'), verdict: 'NOT_APPLICABLE', message}
}

/** A resource whose `kmsKeyArn` takes keys of customers only: what names no key is under one of AWS. */
export function judgeNamedKey(
  context: AuditContext,
  place: Place,
  key: string | null,
  {read: readId, fix}: {readonly read: NonNullable<Evidence['read']>; readonly fix: Fix},
): Judged {
  const isAws = key !== null && kindOfKey(context, place.region, key).kind === 'aws'
  const text = key === null ? 'no KMS key: a key that AWS owns' : `KMS key ${key}`
  const defects =
    key === null ? ['it is under a key that AWS owns'] : isAws ? [`its key ${key} is one that AWS manages`] : []
  return judgeResource(place, {
    defects,
    fine: `It is under the key ${key}`,
    evidence: [{kind: 'config', text, read: readId, region: place.region}],
    fix,
  })
}
