import {type Reading, read, readPart} from '../../account/read.js'
import type {ReadItem, ReadValues} from '../../account/snapshot.schema.js'
import type {AuditContext} from '../audit-context.js'
import type {Judged} from '../check.js'
import {inEachRegion, missingOf, type Place, unknown} from '../judge-resource.js'

type Logging = NonNullable<ReadValues['bedrock:invocation-logging']>

/** A bucket that the invocation logging of a Region writes to. */
export interface LogBucket {
  /** Of the calls that are logged, not of the bucket. */
  readonly region: string
  readonly name: string
  readonly arn: string
  /** What the logs stand under, as `prefix/AWSLogs/…/REGION/`; two where both kinds of bodies come here. */
  readonly paths: readonly string[]
  readonly holds: readonly ('invocation logs' | 'large bodies')[]
  readonly found: Reading<ReadItem<'s3:buckets'>>
}

/** The log group that the invocation logging of a Region writes to. */
export interface PromptLogGroup {
  readonly region: string
  readonly name: string
  readonly arn: string
  readonly roleArn: string
  /** Null: there is no such group in the Region. */
  readonly found: Reading<ReadItem<'logs:log-groups'> | null>
}

/** Reads of a check that judges the places where prompts are logged. */
export const LOGGING = 'bedrock:invocation-logging'

/** Where logs go, and every policy that decides who writes and reads them there. */
export const LOG_POLICY_READS = [
  LOGGING,
  's3:buckets',
  'logs:log-groups',
  'logs:resource-policies',
  'iam:authorization-details',
  'kms:keys',
  'organizations:organization',
  'organizations:tree',
  'organizations:policies',
] as const

/** The buckets of one Region's logging, each once. */
export function logBuckets(context: AuditContext, region: string, {s3, cloudWatch}: Logging): readonly LogBucket[] {
  const {caller, partition} = context.snapshot
  const named = [
    ...(s3 ? [{...s3, holds: 'invocation logs' as const}] : []),
    ...(cloudWatch?.largeData ? [{...cloudWatch.largeData, holds: 'large bodies' as const}] : []),
  ]
  return [...new Set(named.map(({bucket}) => bucket))].map((name) => {
    const its = named.filter(({bucket}) => bucket === name)
    const paths = its.map(({prefix}) => pathUnder(prefix, caller.account, region))
    return {
      region,
      name,
      arn: `arn:${partition}:s3:::${name}`,
      paths: [...new Set(paths)],
      holds: [...new Set(its.map(({holds}) => holds))],
      found: findBucket(context, name),
    }
  })
}

export function promptLogGroup(context: AuditContext, region: string, logging: Logging): PromptLogGroup | undefined {
  if (logging.cloudWatch === null) return undefined
  const {caller, partition} = context.snapshot
  const {logGroup: name, roleArn} = logging.cloudWatch
  const groups = read(context.snapshot, 'logs:log-groups', region)
  const found =
    groups.state === 'unread'
      ? groups
      : ({state: 'read', value: groups.value.find((group) => group.name === name) ?? null} as const)
  return {region, name, arn: `arn:${partition}:logs:${region}:${caller.account}:log-group:${name}`, roleArn, found}
}

/** Every bucket that was read; of the others it is said that nothing can be told, or that there is nothing to judge. */
export function* inEachLogBucket(
  context: AuditContext,
  judge: (bucket: ReadItem<'s3:buckets'>, destination: LogBucket) => Iterable<Judged>,
): Iterable<Judged> {
  yield* inEachRegion(context, LOGGING, function* (logging, region) {
    for (const destination of logging === null ? [] : logBuckets(context, region, logging)) {
      const {found} = destination
      if (found.state === 'unread') yield unknown(bucketPlace(destination), [missingOf(found)])
      else if (isGone(found.value)) yield nothing(bucketPlace(destination))
      else yield* judge(found.value, destination)
    }
  })
}

/** The same for log groups. */
export function* inEachPromptLogGroup(
  context: AuditContext,
  judge: (group: ReadItem<'logs:log-groups'>, destination: PromptLogGroup) => Iterable<Judged>,
): Iterable<Judged> {
  yield* inEachRegion(context, LOGGING, function* (logging, region) {
    const destination = logging === null ? undefined : promptLogGroup(context, region, logging)
    if (destination === undefined) return
    const {found} = destination
    if (found.state === 'unread') yield unknown(groupPlace(destination), [missingOf(found)])
    else if (found.value === null) yield nothing(groupPlace(destination))
    else yield* judge(found.value, destination)
  })
}

export function bucketPlace({region, arn, name}: LogBucket): Place {
  return {region, resource: {type: 's3-bucket', id: arn, name}}
}

export function groupPlace({region, arn, name}: PromptLogGroup): Place {
  return {region, resource: {type: 'log-group', id: arn, name}}
}

/** Known not to exist, which LOG-03 finds. */
export function isGone({region}: ReadItem<'s3:buckets'>): boolean {
  return region.status === 'read' && region.value === null
}

/** What does not exist is found by LOG-03, once. */
function nothing(place: Place): Judged {
  return {...place, verdict: 'NOT_APPLICABLE', message: `There is no such ${place.resource.type}; LOG-03 tells of it.`}
}

/** Layout of the keys: Bedrock User Guide, model-invocation-logging (2026-10-01). */
function pathUnder(prefix: string | null, account: string, region: string): string {
  const start = prefix === null || prefix === '' ? '' : prefix.endsWith('/') ? prefix : `${prefix}/`
  return `${start}AWSLogs/${account}/BedrockModelInvocationLogs/${region}/`
}

function findBucket({snapshot}: AuditContext, name: string): LogBucket['found'] {
  const buckets = read(snapshot, 's3:buckets')
  if (buckets.state === 'unread') return buckets
  const bucket = buckets.value.find((one) => one.name === name)
  if (bucket === undefined) {
    const reason = `the snapshot does not hold the bucket ${name}`
    return {state: 'unread', status: 'skipped', action: 's3:ListBucket', code: 'NOT_COLLECTED', reason}
  }
  const region = readPart(bucket.region)
  // Whether it exists may stay hidden while the rest of it can be read.
  if (region.state === 'unread' && bucket.policy.status !== 'read' && bucket.encryption.status !== 'read') return region
  return {state: 'read', value: bucket}
}
