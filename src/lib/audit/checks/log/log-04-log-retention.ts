import {readPart} from '../../../account/read.js'
import type {PartValue, ReadItem} from '../../../account/snapshot.schema.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type Period, periodOf} from '../../facts/lifecycle-period.js'
import {
  bucketPlace,
  groupPlace,
  inEachLogBucket,
  inEachPromptLogGroup,
  LOGGING,
  type LogBucket,
  type PromptLogGroup,
} from '../../facts/log-destinations.js'
import type {Missing} from '../../finding.schema.js'
import {configEvidence, judgeResource, missingOf} from '../../judge-resource.js'

type Bucket = ReadItem<'s3:buckets'>
type Group = ReadItem<'logs:log-groups'>

export const logRetentionCheck: Check = {
  id: 'LOG-04',
  family: 'LOG',
  severity: 'medium',
  title: 'Logs with prompts are kept for the declared time, and not for ever',
  why: 'Prompts hold what people typed. Kept without end they are a growing risk and cost; deleted too early they are missing when an incident is looked into.',
  resource: 's3-bucket or log-group',
  failsWhen:
    'a log group never expires, no lifecycle rule expires the logs in a bucket, or the time is not between logging.retentionDays.min and max',
  reads: [LOGGING, 'logs:log-groups', 's3:buckets'],
  references: [
    {
      title: 'Change log data retention in CloudWatch Logs',
      url: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html',
    },
    {
      title: 'Expiring objects',
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html',
    },
  ],
  judge: (context) => judgeAll(context),
}

function* judgeAll(context: AuditContext): Iterable<Judged> {
  yield* inEachLogBucket(context, (bucket, destination) => [judgeBucket(context, bucket, destination)])
  // A Region whose logging was not read has said so already.
  for (const judged of inEachPromptLogGroup(context, (group, destination) => [judgeGroup(context, group, destination)]))
    if (judged.resource.type !== 'region') yield judged
}

function judgeGroup(context: AuditContext, {retentionDays}: Group, destination: PromptLogGroup): Judged {
  const days = targetDays(context)
  const {name, region} = destination
  return judgeResource(groupPlace(destination), {
    defects:
      retentionDays === null ? ['its log events never expire'] : outOfRange(context, retentionDays, retentionDays),
    fine: `Log events are kept for ${retentionDays} days`,
    evidence: [configEvidence(`retention ${retentionDays ?? 'never expires'}`, 'logs:log-groups', region)],
    fix: {
      summary: 'Set a retention that fits what is declared; CloudWatch Logs takes certain numbers of days only.',
      cli: [`aws logs put-retention-policy --region ${region} --log-group-name '${name}' --retention-in-days ${days}`],
      terraform: `resource "aws_cloudwatch_log_group" "bedrock" {
  name              = "${name}"
  retention_in_days = ${days}
}`,
    },
  })
}

function judgeBucket(context: AuditContext, bucket: Bucket, destination: LogBucket): Judged {
  const {name, region, paths} = destination
  const lifecycle = readPart(bucket.lifecycle)
  const found = lifecycle.state === 'read' ? judgeRules(context, bucket, lifecycle.value, paths) : undefined
  const days = targetDays(context)
  return judgeResource(bucketPlace(destination), {
    defects: found?.defects ?? [],
    gaps: lifecycle.state === 'unread' ? [missingOf(lifecycle)] : (found?.gaps ?? []),
    fine: `Logs expire after ${found?.days} days`,
    evidence: [configEvidence(`lifecycle of ${name}: ${found?.text ?? 'unread'}`, 's3:buckets', region)],
    fix: {
      summary: 'Add an enabled rule that expires everything under the prefix of the logs, older versions included.',
      cli: [
        `aws s3api put-bucket-lifecycle-configuration --bucket ${name} --lifecycle-configuration '{"Rules":[{"ID":"expire-logs","Status":"Enabled","Filter":{"Prefix":""},"Expiration":{"Days":${days}},"NoncurrentVersionExpiration":{"NoncurrentDays":1}}]}'`,
      ],
      terraform: `resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = "${name}"

  rule {
    id     = "expire-logs"
    status = "Enabled"

    filter {}

    expiration {
      days = ${days}
    }

    noncurrent_version_expiration {
      noncurrent_days = 1
    }
  }
}`,
    },
  })
}

interface RuleJudgement {
  readonly defects: readonly string[]
  readonly gaps: readonly Missing[]
  readonly days: number
  readonly text: string
}

function judgeRules(
  context: AuditContext,
  {versioning}: Bucket,
  rules: PartValue<Bucket['lifecycle']>,
  paths: readonly string[],
): RuleJudgement {
  const periods = paths.map((path) => periodOf(rules, path, context.now))
  const found = {
    days: Math.max(...periods.map(({wholeDays}) => wholeDays ?? 0)),
    text: periods.map(describe).join('; '),
  }
  const plain = unique(periods.flatMap((period) => plainDefects(context, period)))
  const versioned = unique(periods.flatMap((period) => versionDefects(context, period)))
  const state = readPart(versioning)
  if (state.state === 'read') return {...found, defects: state.value === null ? plain : versioned, gaps: []}
  if (plain.length > 0 && versioned.length > 0) return {...found, defects: plain, gaps: []}
  return {...found, defects: [], gaps: plain.length + versioned.length > 0 ? [missingOf(state)] : []}
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}

const NEVER = 'no enabled lifecycle rule expires all of its logs'

function plainDefects(context: AuditContext, {wholeDays, shortestDays}: Period): readonly string[] {
  if (wholeDays === null) return [NEVER]
  return outOfRange(context, shortestDays ?? wholeDays, wholeDays)
}

/** Versions outlive the expiry of an object: where they are kept, a rule must expire them too. */
function versionDefects(context: AuditContext, {wholeDays, shortestDays, noncurrentDays}: Period): readonly string[] {
  if (wholeDays === null) return [NEVER]
  if (noncurrentDays === null) return ['its objects have versions, which no lifecycle rule expires']
  return outOfRange(context, (shortestDays ?? wholeDays) + noncurrentDays, wholeDays + noncurrentDays)
}

/** From the first log that goes to the last. */
function outOfRange({project}: AuditContext, least: number, most: number): readonly string[] {
  const {min, max} = project.logging.retentionDays
  if (least === 0) return ['a lifecycle rule of a date that is past expires logs at once']
  if (min !== undefined && least < min) return [`it keeps logs for ${least} days, and ${min} are declared as the least`]
  if (max !== undefined && most > max) return [`it keeps logs for ${most} days, and ${max} are declared as the most`]
  return []
}

function describe({path, wholeDays, noncurrentDays}: Period): string {
  const versions = noncurrentDays === null ? '' : `, versions ${noncurrentDays} days later`
  return wholeDays === null ? `nothing expires ${path}` : `${path} expires after ${wholeDays} days${versions}`
}

function targetDays({project}: AuditContext): number {
  const {min, max} = project.logging.retentionDays
  return min ?? max ?? 365
}
