import {type Reading, read, readPart} from '../../account/read.js'
import type {PartValue, ReadItem} from '../../account/snapshot.schema.js'
import {parseArn} from '../../core/arn.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {missingOf} from '../judge-resource.js'

export type Guardrail = ReadItem<'bedrock:guardrails'>
export type GuardrailDetail = PartValue<Guardrail['draft']>

/** How something names a guardrail. */
export interface GuardrailReference {
  readonly id: string
  /** `DRAFT` or a number; null when none is named. */
  readonly version: string | null
  readonly region: string
  readonly account: string
}

/** From `ID`, `ID:VERSION`, an ARN or `ARN:VERSION`; undefined for a text that can name no guardrail. */
export function guardrailReference(
  text: string,
  place: Pick<GuardrailReference, 'region' | 'account'>,
  version?: string,
): GuardrailReference | undefined {
  const arn = parseArn(text)
  if (arn !== undefined && arn.service !== 'bedrock') return undefined
  const name = arn === undefined ? text : /^guardrail\/(.+)$/.exec(arn.resource)?.[1]
  const [, id, suffix] = /^([a-z0-9]+)(?::(DRAFT|\d+))?$/i.exec(name ?? '') ?? []
  if (id === undefined) return undefined
  return {
    id,
    version: suffix?.toUpperCase() ?? (version ? version : null),
    region: arn?.region ?? place.region,
    account: arn?.account ?? place.account,
  }
}

export type FoundGuardrail =
  | {readonly kind: 'found'; readonly guardrail: Guardrail}
  /** The Region was read, and it is not there. */
  | {readonly kind: 'absent'}
  | {readonly kind: 'unread'; readonly missing: Missing}

export function findGuardrail(context: AuditContext, {id, region, account}: GuardrailReference): FoundGuardrail {
  const own = context.snapshot.caller.account
  if (account !== own) {
    const reason = `guardrail ${id} belongs to account ${account}, and is not in the snapshot of ${own}`
    return {kind: 'unread', missing: {action: 'bedrock:GetGuardrail', code: 'OTHER_ACCOUNT', reason}}
  }
  const list = read(context.snapshot, 'bedrock:guardrails', region)
  if (list.state === 'unread') return {kind: 'unread', missing: missingOf(list)}
  const guardrail = list.value.find((one) => one.id === id || one.arn.endsWith(`/${id}`))
  return guardrail ? {kind: 'found', guardrail} : {kind: 'absent'}
}

export interface GuardrailVersion {
  readonly version: string
  readonly status: string
  readonly detail: Reading<GuardrailDetail>
}

/** Null: the guardrail has no such version. */
export function guardrailVersion(guardrail: Guardrail, version: string): Reading<GuardrailVersion | null> {
  if (version === 'DRAFT') {
    const {status} = guardrail
    return {state: 'read', value: {version, status, detail: readPart(guardrail.draft)}}
  }
  const list = readPart(guardrail.versions)
  if (list.state === 'unread') return list
  const found = list.value.find((one) => one.version === version)
  return {state: 'read', value: found ? {version, status: found.status, detail: readPart(found.detail)} : null}
}
