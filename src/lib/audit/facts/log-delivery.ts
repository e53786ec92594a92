import {readPart} from '../../account/read.js'
import type {ReadItem} from '../../account/snapshot.schema.js'
import {parseArn} from '../../core/arn.js'
import {decideAction} from '../../iam/account/decide-action.js'
import {AWS_NETWORK} from '../../iam/caller-context.js'
import type {ContextValues} from '../../iam/request-context.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {missingOf} from '../judge-resource.js'
import {findKey} from './customer-key.js'
import {bedrockDelivery, decideService, type KeyService, logGroupService} from './key-policy.js'
import {underKnownControls} from './known-controls.js'
import type {LogBucket, PromptLogGroup} from './log-destinations.js'

const BEDROCK = 'bedrock.amazonaws.com'

/** What keeps a delivery from arriving, and what keeps that from being known. */
export interface Delivery {
  readonly defects: readonly string[]
  readonly gaps: readonly Missing[]
}

const ARRIVES: Delivery = {defects: [], gaps: []}

export function together(parts: readonly Delivery[]): Delivery {
  return {defects: parts.flatMap(({defects}) => defects), gaps: parts.flatMap(({gaps}) => gaps)}
}

function defect(text: string): Delivery {
  return {defects: [text], gaps: []}
}

/** Bedrock writing a record to a bucket that exists: where it is, its policy and its key. */
export function bucketDelivery(
  context: AuditContext,
  bucket: ReadItem<'s3:buckets'>,
  {region, arn, name, paths}: LogBucket,
): Delivery {
  const home = readPart(bucket.region)
  const away = home.state === 'read' && home.value !== null && home.value !== region
  return together([
    home.state === 'unread' ? {defects: [], gaps: [missingOf(home)]} : ARRIVES,
    away ? defect(`it is in ${home.value}, and logs go to buckets of their own Region only`) : ARRIVES,
    bucketPolicy(context, bucket, {region, arn, paths}),
    bucketKey(context, bucket, bedrockDelivery(context, name, region)),
  ])
}

function bucketPolicy(
  context: AuditContext,
  {policy}: ReadItem<'s3:buckets'>,
  {region, arn, paths}: Pick<LogBucket, 'region' | 'arn' | 'paths'>,
): Delivery {
  const {policies, iam} = context
  const reading = readPart(policy)
  if (reading.state === 'unread') {
    // S3 answers so to everybody but the owner of the bucket.
    if (/METHOD_?NOT_?ALLOWED/i.test(reading.code)) return defect('it belongs to another account')
    return {defects: [], gaps: [missingOf(reading)]}
  }
  const outcomes = paths.map((path) => {
    const object = `${arn}/${path}2026/01/01/00/record.json.gz`
    return decideAction(
      policies,
      underKnownControls(policies.serviceActor(BEDROCK)),
      's3:PutObject',
      object,
      iam,
      sourceOf(context, region),
    )
  })
  if (outcomes.some(({denial}) => denial === 'explicit'))
    return defect('a Deny in its policy keeps Bedrock from writing')
  if (outcomes.some(({outcome}) => outcome === 'DENY')) return defect('its policy does not let Bedrock write the logs')
  if (outcomes.every(({outcome}) => outcome === 'ALLOW')) return ARRIVES
  const reason = 'whether its policy lets Bedrock write depends on what is not known'
  return {defects: [], gaps: [{action: 's3:GetBucketPolicy', code: 'UNDECIDED', reason}]}
}

/** What Bedrock's own calls carry: no network of the account, and the source that confused-deputy conditions ask for. */
function sourceOf({snapshot}: AuditContext, region: string): ContextValues {
  return {
    ...AWS_NETWORK,
    'aws:SourceAccount': snapshot.caller.account,
    'aws:SourceArn': `arn:${snapshot.partition}:bedrock:${region}:${snapshot.caller.account}:*`,
    'aws:PrincipalOrgID': null,
    'aws:PrincipalArn': null,
    'aws:RequestedRegion': region,
    // Endpoints of AWS take no older version.
    's3:TlsVersion': {oneOf: ['1.2', '1.3']},
  }
}

function bucketKey(context: AuditContext, bucket: ReadItem<'s3:buckets'>, service: KeyService): Delivery {
  const reading = readPart(bucket.encryption)
  if (reading.state === 'unread') return {defects: [], gaps: [missingOf(reading)]}
  const {value} = reading
  if (value === null || !value.algorithm.toLowerCase().startsWith('aws:kms')) return ARRIVES
  const home = bucket.region.status === 'read' ? bucket.region.value : null
  if (value.kmsKey === null || /(^|:)alias\/aws\//.test(value.kmsKey)) {
    const reason = 'whether Bedrock can write with the key aws/s3, whose policy nobody can change, is not documented'
    return {defects: [], gaps: [{action: 'kms:GetKeyPolicy', code: 'UNDOCUMENTED', reason}]}
  }
  return keyDelivery(context, value.kmsKey, home ?? service.sourceArn.split(':')[3] ?? '', service)
}

/** A service making data keys with a key: the state of the key, and its policy. */
function keyDelivery(context: AuditContext, name: string, region: string, service: KeyService): Delivery {
  const key = findKey(context, region, name)
  if (key === undefined) {
    const reason = `the snapshot does not hold the key ${name}`
    return {defects: [], gaps: [{action: 'kms:DescribeKey', code: 'NOT_COLLECTED', reason}]}
  }
  const detail = readPart(key.detail)
  if (detail.state === 'unread') return {defects: [], gaps: [missingOf(detail)]}
  if (detail.value === null) return defect(`its key ${name} does not exist`)
  const {state, arn} = detail.value
  if (!/^(enabled|updating)$/i.test(state)) return defect(`its key ${name} is ${state}`)
  const policy = readPart(key.policy)
  if (policy.state === 'unread') return {defects: [], gaps: [missingOf(policy)]}
  const outcome = decideService(context, service, arn)
  if (outcome === 'ALLOW') return ARRIVES
  if (outcome === 'DENY') return defect(`the policy of its key ${name} does not let ${service.service} use it`)
  const reason = `whether the policy of ${name} lets ${service.service} use it depends on what is not known`
  return {defects: [], gaps: [{action: 'kms:GetKeyPolicy', code: 'UNDECIDED', reason}]}
}

/** Bedrock taking the role on and writing to a log group that exists. */
export function groupDelivery(
  context: AuditContext,
  group: ReadItem<'logs:log-groups'>,
  destination: PromptLogGroup,
): Delivery {
  const service = logGroupService(destination.arn, destination.region)
  const key = group.kmsKeyArn === null ? ARRIVES : keyDelivery(context, group.kmsKeyArn, destination.region, service)
  return together([roleDelivery(context, destination), key])
}

export function roleDelivery(context: AuditContext, {region, arn, roleArn}: PromptLogGroup): Delivery {
  const {policies, snapshot} = context
  if (policies.principals.state === 'unread') return {defects: [], gaps: [missingOf(policies.principals)]}
  const account = parseArn(roleArn)?.account
  if (account !== snapshot.caller.account) return defect(`the role ${roleArn} is not of this account`)
  const role = policies.find(roleArn)
  if (role === undefined) return defect(`the role ${nameOf(roleArn)} does not exist`)
  const trust = decideAction(
    policies,
    underKnownControls(policies.serviceActor(BEDROCK)),
    'sts:AssumeRole',
    role.arn,
    context.iam,
    sourceOf(context, region),
  )
  const trusted =
    trust.outcome === 'ALLOW'
      ? ARRIVES
      : trust.outcome === 'DENY'
        ? defect(`the role ${role.name} does not trust Bedrock`)
        : undecided(`the role ${role.name} trusts Bedrock`)
  const may = WRITES.map((action) => mayWrite(context, role.arn, action, {region, arn}))
  const refused = WRITES.filter((_, index) => may[index] === 'DENY')
  const open = WRITES.filter((_, index) => may[index] === 'UNKNOWN')
  return together([
    trusted,
    refused.length > 0 ? defect(`the role ${role.name} may not call ${refused.join(' and ')} on it`) : ARRIVES,
    ...open.map((action) => undecided(`the role ${role.name} may call ${action}`)),
  ])
}

const WRITES = ['logs:CreateLogStream', 'logs:PutLogEvents']

function mayWrite(
  context: AuditContext,
  roleArn: string,
  action: string,
  {region, arn}: Pick<PromptLogGroup, 'region' | 'arn'>,
): 'ALLOW' | 'DENY' | 'UNKNOWN' {
  const {policies, iam} = context
  const role = policies.find(roleArn)
  if (role === undefined) return 'DENY'
  const actor = underKnownControls(policies.actor(role, undefined, {...AWS_NETWORK, 'aws:RequestedRegion': region}))
  const stream = `${arn}:log-stream:aws/bedrock/modelinvocations`
  // A stream is made in its group, which policies name in either form.
  const forms = action === 'logs:CreateLogStream' ? [stream, `${arn}:*`, arn] : [stream]
  const decisions = forms.map((resource) => decideAction(policies, actor, action, resource, iam))
  if (decisions.some(({denial}) => denial === 'explicit')) return 'DENY'
  const outcomes = decisions.map(({outcome}) => outcome)
  return outcomes.includes('ALLOW') ? 'ALLOW' : outcomes.includes('UNKNOWN') ? 'UNKNOWN' : 'DENY'
}

function undecided(what: string): Delivery {
  const reason = `whether ${what} depends on what is not known`
  return {defects: [], gaps: [{action: 'iam:GetAccountAuthorizationDetails', code: 'UNDECIDED', reason}]}
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}
