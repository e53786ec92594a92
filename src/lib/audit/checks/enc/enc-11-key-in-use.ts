import {read, readPart, regionsOf} from '../../../account/read.js'
import type {PartValue, ReadItem} from '../../../account/snapshot.schema.js'
import {parseArn} from '../../../core/arn.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {keyPolicyDefects} from '../../facts/key-policy.js'
import {configEvidence, isNowhere, judgeResource, missingOf, regionPlace, unknown} from '../../judge-resource.js'

const READ = 'kms:keys'
type Key = ReadItem<typeof READ>
type Detail = NonNullable<PartValue<Key['detail']>>

export const keyInUseCheck: Check = {
  id: 'ENC-11',
  family: 'ENC',
  severity: 'high',
  title: 'A key that Bedrock needs is usable, rotated and open to whom it must be',
  why: 'Whatever is encrypted with a key fails with it: a guardrail stops every call that names it, logs are lost without a word. A key policy for everybody makes the encryption worthless.',
  resource: 'kms-key',
  failsWhen:
    'a key in use does not exist, is disabled or pending deletion, does not rotate though it could, admits anybody, or does not admit the service that writes with it',
  reads: [READ, 'bedrock:invocation-logging', 's3:buckets', 'logs:log-groups', 'cloudtrail:trails'],
  references: [
    {
      title: 'Key states of AWS KMS keys',
      url: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html',
    },
    {
      title: 'Rotate AWS KMS keys',
      url: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html',
    },
    {
      title: 'Key policies in AWS KMS',
      url: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html',
    },
  ],
  judge: (context) => judgeAll(context),
}

function* judgeAll(context: AuditContext): Iterable<Judged> {
  for (const region of regionsOf(context.snapshot, READ)) {
    const reading = read(context.snapshot, READ, region)
    if (reading.state === 'read') for (const key of distinct(reading.value)) yield judgeKey(context, key, region)
    else if (!isNowhere(reading)) yield unknown(regionPlace(region, READ), [missingOf(reading)])
  }
}

/** The same key, named by ARN here and by alias there, with all its uses. */
function distinct(keys: readonly Key[]): readonly Key[] {
  const byArn = new Map<string, Key>()
  for (const key of keys) {
    const arn = key.detail.status === 'read' ? (key.detail.value?.arn ?? key.id) : key.id
    const known = byArn.get(arn)
    byArn.set(arn, known === undefined ? key : {...known, uses: [...known.uses, ...key.uses]})
  }
  return [...byArn.values()]
}

function judgeKey(context: AuditContext, key: Key, region: string): Judged {
  const detail = readPart(key.detail)
  const id = detail.state === 'read' ? (detail.value?.arn ?? key.id) : key.id
  const place = {region, resource: {type: 'kms-key', id, name: key.id}}
  const uses = key.uses.map(({resource}) => configEvidence(`${resource} uses it`, READ, region))
  if (detail.state === 'unread') return unknown(place, [missingOf(detail)], uses)
  const affected = affectedBy(key)
  if (detail.value === null) {
    const fix = {summary: 'Name a key that exists in each of these resources.', cli: []}
    return judgeResource(place, {defects: [`there is no such key${affected}`], fine: '', evidence: uses, fix})
  }
  const {state, manager} = detail.value
  if (manager.toUpperCase() === 'AWS') {
    const fine = 'AWS manages this key: its state, rotation and policy are not in your hands'
    return judgeResource(place, {defects: [], fine, evidence: uses})
  }
  const policy = readPart(key.policy)
  const rotation = rotationOf(key, detail.value)
  const ofPolicy = policy.state === 'read' ? keyPolicyDefects(context, key, detail.value.arn, region) : undefined
  const defects = [...stateDefects(detail.value), ...(ofPolicy?.defects ?? []), ...rotation.defects]
  return judgeResource(place, {
    defects: defects.map((defect, index) => (index === 0 ? `${defect}${affected}` : defect)),
    gaps: [...rotation.gaps, ...(policy.state === 'unread' ? [missingOf(policy)] : (ofPolicy?.gaps ?? []))],
    fine: `It is ${state} and ${rotation.text}, and its policy admits whom it must`,
    evidence: [configEvidence(`state ${state}, ${rotation.text}`, READ, region), ...uses],
    fix: fixOf(detail.value, rotation.defects.length > 0, region, (ofPolicy?.defects.length ?? 0) > 0),
  })
}

/** "; 3 resources would break: …", of which the first five are named; all of them stand in the evidence. */
function affectedBy({uses}: Key): string {
  const names = [...new Set(uses.map(({resource}) => resource))]
  if (names.length === 0) return ''
  const more = names.length > 5 ? ` and ${names.length - 5} more` : ''
  return ` (it is used by ${names.slice(0, 5).join(', ')}${more})`
}

const USABLE = new Set(['ENABLED', 'UPDATING'])

function stateDefects({state, enabled, deletionAt}: Detail): readonly string[] {
  const upper = state.toUpperCase()
  if (upper === 'PENDINGDELETION' || upper === 'PENDINGREPLICADELETION') {
    return [`it cannot be used, and will be deleted${deletionAt === null ? '' : ` on ${deletionAt.slice(0, 10)}`}`]
  }
  if (upper === 'DISABLED' || (upper === '' && !enabled)) return ['it is disabled']
  return USABLE.has(upper) ? [] : [`its state is ${state}, in which it cannot be used`]
}

interface Rotation {
  readonly defects: readonly string[]
  readonly gaps: readonly ReturnType<typeof missingOf>[]
  readonly text: string
}

/** Only symmetric encryption keys whose material KMS made rotate by themselves. */
function rotationOf(key: Key, {spec, usage, origin}: Detail): Rotation {
  const canRotate =
    (spec === null || spec === 'SYMMETRIC_DEFAULT') &&
    (usage === null || usage === 'ENCRYPT_DECRYPT') &&
    (origin === null || origin === 'AWS_KMS')
  if (!canRotate) return {defects: [], gaps: [], text: 'cannot rotate by itself'}
  const rotation = readPart(key.rotation)
  if (rotation.state === 'unread') return {defects: [], gaps: [missingOf(rotation)], text: 'rotation unread'}
  const {enabled, periodDays} = rotation.value
  if (!enabled) return {defects: ['its rotation is off'], gaps: [], text: 'rotation off'}
  return {defects: [], gaps: [], text: `rotates every ${periodDays ?? 365} days`}
}

function fixOf({arn, state}: Detail, rotates: boolean, region: string, policy: boolean) {
  const id = parseArn(arn)?.resource.replace(/^key\//, '') ?? arn
  const upper = state.toUpperCase()
  const cli = [
    ...(upper.startsWith('PENDING') ? [`aws kms cancel-key-deletion --region ${region} --key-id ${id}`] : []),
    ...(upper.startsWith('PENDING') || upper === 'DISABLED'
      ? [`aws kms enable-key --region ${region} --key-id ${id}`]
      : []),
    ...(rotates ? [`aws kms enable-key-rotation --region ${region} --key-id ${id}`] : []),
    ...(policy
      ? [
          `aws kms put-key-policy --region ${region} --key-id ${id} --policy-name default --policy file://key-policy.json`,
        ]
      : []),
  ]
  return {
    summary: 'Bring the key into the state its resources need, or move them to another key before it is gone.',
    cli,
    ...(rotates && {
      terraform: `resource "aws_kms_key" "this" {
  enable_key_rotation = true
}`,
    }),
  }
}
