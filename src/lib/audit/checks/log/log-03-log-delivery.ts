import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {bucketDelivery, type Delivery, groupDelivery, roleDelivery, together} from '../../facts/log-delivery.js'
import {
  bucketPlace,
  groupPlace,
  isGone,
  LOG_POLICY_READS,
  LOGGING,
  type LogBucket,
  logBuckets,
  type PromptLogGroup,
  promptLogGroup,
} from '../../facts/log-destinations.js'
import type {Fix} from '../../finding.schema.js'
import {inEachRegion, judgeResource, missingOf, regionPlace} from '../../judge-resource.js'

export const logDeliveryCheck: Check = {
  id: 'LOG-03',
  family: 'LOG',
  severity: 'high',
  title: 'Invocation logs arrive where they are sent',
  why: 'Bedrock answers calls whether or not their logs arrive. A deleted bucket, a role without trust or a key that shuts Bedrock out is noticed only when the logs are needed.',
  resource: 's3-bucket or log-group',
  failsWhen:
    'the bucket, log group or role is missing, or not of this account and Region; a bucket policy, key policy, trust or permission stops Bedrock; or logs go to CloudWatch alone without a bucket for large bodies',
  unknownWhen: 'a policy decides by what is not known of the delivery',
  reads: LOG_POLICY_READS,
  references: [
    {
      title: 'Monitor model invocation using CloudWatch Logs and Amazon S3',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html',
    },
  ],
  judge: (context) => judgeAll(context),
}

function* judgeAll(context: AuditContext): Iterable<Judged> {
  yield* inEachRegion(context, LOGGING, function* (logging, region) {
    if (logging === null) return
    const buckets = logBuckets(context, region, logging)
    const group = promptLogGroup(context, region, logging)
    if (buckets.length === 0 && group === undefined) {
      yield judgeResource(regionPlace(region), {defects: ['logging is on without a destination'], fine: ''})
    }
    for (const bucket of buckets) yield judgeBucket(context, bucket)
    if (group !== undefined) yield judgeGroup(context, group, buckets.length > 0)
  })
}

function judgeBucket(context: AuditContext, destination: LogBucket): Judged {
  const {found, holds, region, name} = destination
  const delivery: Delivery =
    found.state === 'unread'
      ? {defects: [], gaps: [missingOf(found)]}
      : isGone(found.value)
        ? {defects: ['there is no such bucket: whoever makes one of this name gets the logs'], gaps: []}
        : bucketDelivery(context, found.value, destination)
  return judgeResource(bucketPlace(destination), {
    ...delivery,
    fine: `Bedrock can write ${holds.join(' and ')} to it`,
    evidence: [{kind: 'simulated', text: `bedrock.amazonaws.com writing to ${name}`, read: 's3:buckets', region}],
    fix: bucketFix(context, destination),
  })
}

function bucketFix({snapshot}: AuditContext, {name, arn, paths, region}: LogBucket): Fix {
  const {account} = snapshot.caller
  const statement = {
    Sid: 'BedrockInvocationLogs',
    Effect: 'Allow',
    Principal: {Service: 'bedrock.amazonaws.com'},
    Action: 's3:PutObject',
    Resource: paths.map((path) => `${arn}/${path.slice(0, path.lastIndexOf(`${region}/`))}*`),
    Condition: {
      StringEquals: {'aws:SourceAccount': account},
      ArnLike: {'aws:SourceArn': `arn:${snapshot.partition}:bedrock:${region}:${account}:*`},
    },
  }
  return {
    summary:
      'Have the bucket in this account and Region, let Bedrock write to it, and let it call kms:GenerateDataKey with its key.',
    cli: [`aws s3api put-bucket-policy --bucket ${name} --policy file://bucket-policy.json`],
    policyDiff: {policy: arn, remove: [], add: [JSON.stringify(statement)]},
  }
}

function judgeGroup(context: AuditContext, destination: PromptLogGroup, hasBucket: boolean): Judged {
  const {found, name, region, roleArn} = destination
  const largeBodies = {
    defects: hasBucket ? [] : ['there is no bucket for large bodies, which are not logged then'],
    gaps: [],
  }
  const delivery =
    found.state === 'unread'
      ? together([roleDelivery(context, destination), {defects: [], gaps: [missingOf(found)]}, largeBodies])
      : found.value === null
        ? together([
            {defects: [`there is no such log group in ${region}`], gaps: []},
            roleDelivery(context, destination),
            largeBodies,
          ])
        : together([groupDelivery(context, found.value, destination), largeBodies])
  return judgeResource(groupPlace(destination), {
    ...delivery,
    fine: `Bedrock can write to it as ${roleArn.slice(roleArn.lastIndexOf('/') + 1)}`,
    evidence: [{kind: 'simulated', text: `${roleArn} writing to ${name}`, read: 'iam:authorization-details', region}],
    fix: groupFix(context, destination),
  })
}

function groupFix({snapshot}: AuditContext, {name, arn, region, roleArn}: PromptLogGroup): Fix {
  const {account} = snapshot.caller
  const role = roleArn.slice(roleArn.lastIndexOf('/') + 1)
  const trust = {
    Effect: 'Allow',
    Principal: {Service: 'bedrock.amazonaws.com'},
    Action: 'sts:AssumeRole',
    Condition: {
      StringEquals: {'aws:SourceAccount': account},
      ArnLike: {'aws:SourceArn': `arn:${snapshot.partition}:bedrock:${region}:${account}:*`},
    },
  }
  const permission = {
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: `${arn}:log-stream:aws/bedrock/modelinvocations`,
  }
  const document = (statement: object) => JSON.stringify({Version: '2012-10-17', Statement: [statement]})
  return {
    summary: 'Have the log group, a role that Bedrock can take on and write with, and a bucket for large bodies.',
    cli: [
      `aws logs create-log-group --region ${region} --log-group-name '${name}'`,
      `aws iam update-assume-role-policy --role-name ${role} --policy-document '${document(trust)}'`,
      `aws iam put-role-policy --role-name ${role} --policy-name bedrock-logs --policy-document '${document(permission)}'`,
    ],
    policyDiff: {policy: roleArn, remove: [], add: [JSON.stringify(permission)]},
  }
}
