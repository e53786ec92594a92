import {read, regionsOf} from '../../account/read.js'
import type {ReadItem} from '../../account/snapshot.schema.js'
import {decideAction} from '../../iam/account/decide-action.js'
import {YES} from '../../iam/truth.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {underKnownControls} from './known-controls.js'
import {admitsAnybody} from './stranger-access.js'

type Key = ReadItem<'kms:keys'>

/** What lets a stranger read with the key, or take it over. */
const GRANTING = [
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:CreateGrant',
  'kms:PutKeyPolicy',
  'kms:DisableKey',
  'kms:ScheduleKeyDeletion',
  'kms:DescribeKey',
]

/** A service that writes with the key by its own name, not on behalf of a caller. */
export interface KeyService {
  readonly service: string
  /** What it writes to. */
  readonly resource: string
  readonly sourceArn: string
  readonly encryptionContext: Readonly<Record<string, string>>
}

/** What is wrong with the policy of a key that was read: it admits anybody, or not the services that need it. */
export function keyPolicyDefects(
  context: AuditContext,
  key: Key,
  arn: string,
  region: string,
): {readonly defects: readonly string[]; readonly gaps: readonly Missing[]} {
  const {policies} = context
  const set = policies.resourcePolicies(key.id) ?? policies.resourcePolicies(arn)
  if (set === null) return {defects: [], gaps: []}
  if (set.policies.some(({refused}) => refused)) {
    return {
      defects: [],
      gaps: [{action: 'kms:GetKeyPolicy', code: 'REFUSED_POLICY', reason: 'KMS would refuse its key policy'}],
    }
  }
  const open = GRANTING.filter((action) => admitsAnybody(set, action, arn) === YES)
  const wildcard = open.length > 0 ? [`its policy lets anybody call ${open.slice(0, 3).join(', ')}`] : []
  const services = servicesOf(context, key, region).map((service) => ({
    service,
    decision: decideService(context, service, arn),
  }))
  const shutOut = services.filter(({decision}) => decision === 'DENY').map(({service}) => service)
  // What else an agent's call may carry is not documented: only its logs and trails are held open.
  const unclear = services.flatMap(({service, decision}) =>
    decision === 'UNKNOWN' && !service.sourceArn.includes(':agent/') ? [service] : [],
  )
  return {
    defects: [
      ...wildcard,
      ...shutOut.map(({service, resource}) => `its policy does not let ${service} write to ${resource} with it`),
    ],
    gaps: unclear.map(({service}) => {
      const reason = `whether its policy admits ${service} depends on what is not known`
      return {action: 'kms:GetKeyPolicy', code: 'UNDECIDED', reason}
    }),
  }
}

/** Whether a service may make data keys, as it does for what it writes. */
export function decideService(
  {policies, iam, snapshot}: AuditContext,
  {service, sourceArn, encryptionContext}: KeyService,
  keyArn: string,
) {
  const {outcome} = decideAction(
    policies,
    underKnownControls(policies.serviceActor(service)),
    'kms:GenerateDataKey',
    keyArn,
    iam,
    {
      'aws:SourceAccount': snapshot.caller.account,
      'aws:SourceArn': sourceArn,
      'aws:PrincipalOrgID': null,
      'aws:SourceVpce': null,
      'aws:SourceVpc': null,
      'aws:RequestedRegion': keyArn.split(':')[3] ?? '',
      ...encryptionContext,
    },
  )
  return outcome
}

/** Services that AWS documents to need a statement of their own in the key policy. Others use the rights of callers. */
function servicesOf(context: AuditContext, {uses}: Key, region: string): readonly KeyService[] {
  return uses.flatMap(({read: by, resource}): readonly KeyService[] => {
    switch (by) {
      case 's3:buckets':
        return bucketServices(context, resource)
      case 'logs:log-groups':
        return [logGroupService(resource, region)]
      case 'bedrock-agent:agents':
        return [agentService(context, resource, region)]
      case 'cloudtrail:trails':
        return [trailService(resource)]
      default:
        return []
    }
  })
}

/** Bedrock as it writes invocation logs of a Region. */
export function bedrockDelivery({snapshot}: AuditContext, bucket: string, region: string): KeyService {
  const {account} = snapshot.caller
  return {
    service: 'bedrock.amazonaws.com',
    resource: bucket,
    sourceArn: `arn:${snapshot.partition}:bedrock:${region}:${account}:*`,
    encryptionContext: {'kms:ViaService': `s3.${region}.amazonaws.com`},
  }
}

/** CloudWatch Logs as it encrypts a group. */
export function logGroupService(groupArn: string, region: string): KeyService {
  const arn = groupArn.replace(/:\*$/, '')
  return {
    service: `logs.${region}.amazonaws.com`,
    resource: arn.slice(arn.indexOf(':log-group:') + ':log-group:'.length),
    sourceArn: arn,
    encryptionContext: {'kms:EncryptionContext:aws:logs:arn': arn},
  }
}

/** Bedrock as it encrypts sessions with an agent (User Guide, encryption-agents). */
function agentService({snapshot}: AuditContext, id: string, region: string): KeyService {
  const arn = `arn:${snapshot.partition}:bedrock:${region}:${snapshot.caller.account}:agent/${id.replace(/^.*:agent\//, '')}`
  return {
    service: 'bedrock.amazonaws.com',
    resource: arn.slice(arn.lastIndexOf(':') + 1),
    sourceArn: arn,
    encryptionContext: {'kms:EncryptionContext:aws:bedrock:arn': arn},
  }
}

function trailService(arn: string): KeyService {
  return {
    service: 'cloudtrail.amazonaws.com',
    resource: arn.slice(arn.lastIndexOf('/') + 1),
    sourceArn: arn,
    encryptionContext: {'kms:EncryptionContext:aws:cloudtrail:arn': arn},
  }
}

/** A bucket takes invocation logs of any Region that names it. */
function bucketServices(context: AuditContext, name: string): readonly KeyService[] {
  return regionsOf(context.snapshot, 'bedrock:invocation-logging').flatMap((region) => {
    const logging = read(context.snapshot, 'bedrock:invocation-logging', region)
    const {s3, cloudWatch} = (logging.state === 'read' ? logging.value : null) ?? {s3: null, cloudWatch: null}
    const isNamed = s3?.bucket === name || cloudWatch?.largeData?.bucket === name
    return isNamed ? [bedrockDelivery(context, name, region)] : []
  })
}
