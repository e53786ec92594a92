import {type CallPlace, ownArn} from '../../iam/legs/leg.js'
import {type Ask, action} from './ask.js'
import {type BucketPlace, bucketArn, type JobData, type JobType, objectsArn} from './service-role.js'

const OTHER_ACCOUNT = '000000000000'

/** Who may, and who must not, take the service role on. */
export function trustAsks(
  job: JobType,
  {
    place,
    role,
    elsewhere,
  }: {readonly place: CallPlace; readonly role: {readonly arn: string}; readonly elsewhere: string},
): readonly Ask[] {
  const assume = (what: string, expected: Ask['expected'], from: CallPlace, type: string, service?: string) => {
    const context = {'aws:SourceAccount': from.account, 'aws:SourceArn': ownArn(from, `${type}/abcdefghijkl`)}
    const asked = {action: 'sts:AssumeRole', resource: role.arn, context}
    return action(what, expected, asked, {who: 'service', ...(service !== undefined && {service})})
  }
  return [
    assume('Bedrock taking the role on for a job', 'ALLOW', place, job),
    assume('Bedrock for a job of another account', 'DENY', {...place, account: OTHER_ACCOUNT}, job),
    assume(`Bedrock for a job in ${elsewhere}`, 'DENY', {...place, region: elsewhere}, job),
    assume('Bedrock for work of another kind', 'DENY', place, 'agent'),
    assume('another service', 'DENY', place, job, 'ec2.amazonaws.com'),
  ]
}

/** What the service role reads and writes, and what it must not. */
export function dataAsks({readFrom, writeTo, kmsKey}: JobData, place: CallPlace): readonly Ask[] {
  const s3 = (what: string, expected: Ask['expected'], name: string, resource: string, owner = place.account): Ask => {
    const context = {'aws:RequestedRegion': place.region, 'aws:ResourceAccount': owner}
    return action(what, expected, {action: name, resource, context, owner}, {who: 'service-role'})
  }
  const file = (one: BucketPlace) => objectsArn(one, place, 'file.jsonl')
  const other = {bucket: 'another-bucket', prefix: ''}
  return [
    ...readFrom.flatMap((from) => [
      s3(`reading s3://${from.bucket}`, 'ALLOW', 's3:GetObject', file(from)),
      s3(`listing s3://${from.bucket}`, 'ALLOW', 's3:ListBucket', bucketArn(from, place)),
      s3('reading the bucket when another account owns it', 'DENY', 's3:GetObject', file(from), OTHER_ACCOUNT),
      s3(`deleting from s3://${from.bucket}`, 'DENY', 's3:DeleteObject', file(from)),
    ]),
    ...(writeTo ? [s3(`writing to s3://${writeTo.bucket}`, 'ALLOW', 's3:PutObject', file(writeTo))] : []),
    s3('reading another bucket', 'DENY', 's3:GetObject', file(other)),
    s3('writing to another bucket', 'DENY', 's3:PutObject', file(other)),
    ...(kmsKey ? keyAsks(kmsKey, writeTo !== null, place) : []),
  ]
}

function keyAsks(kmsKey: string, writes: boolean, place: CallPlace): readonly Ask[] {
  const use = (what: string, expected: Ask['expected'], name: string, service: string) =>
    action(
      what,
      expected,
      {action: name, resource: kmsKey, context: {'kms:ViaService': `${service}.${place.region}.amazonaws.com`}},
      {who: 'service-role'},
    )
  return [
    use('decrypting for S3', 'ALLOW', 'kms:Decrypt', 's3'),
    ...(writes ? [use('encrypting for S3', 'ALLOW', 'kms:GenerateDataKey', 's3')] : []),
    use('decrypting for another service', 'DENY', 'kms:Decrypt', 'secretsmanager'),
  ]
}
