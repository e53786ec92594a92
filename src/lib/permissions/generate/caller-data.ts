import type {CallPlace} from '../../iam/legs/leg.js'
import {type Ask, action} from './ask.js'
import {bucketArn, type JobData, objectsArn} from './service-role.js'
import {allow, type Statement} from './statement.js'

const UPLOAD = ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject']
const LIST = ['s3:ListBucket', 's3:ListBucketMultipartUploads']
const USE_KEY = ['kms:Decrypt', 'kms:GenerateDataKey']

/** What whoever makes batch jobs does in the buckets: put records where jobs read, and read what they wrote. */
export function callerDataStatements({kmsKey, readFrom, writeTo}: JobData, place: CallPlace): readonly Statement[] {
  const own = {StringEquals: {'aws:ResourceAccount': place.account}}
  const buckets = [...new Set([...readFrom, ...(writeTo ? [writeTo] : [])].map((one) => bucketArn(one, place)))]
  const via = {StringEquals: {'kms:ViaService': `s3.${place.region}.amazonaws.com`}}
  return [
    allow(
      'UploadRecords',
      UPLOAD,
      readFrom.map((from) => objectsArn(from, place)),
      own,
    ),
    ...(writeTo ? [allow('ReadAnswers', ['s3:GetObject'], [objectsArn(writeTo, place)], own)] : []),
    allow('ListBuckets', LIST, buckets, own),
    ...(kmsKey ? [allow('UseKey', USE_KEY, [kmsKey], via)] : []),
  ]
}

/** What the caller may do in the buckets, and what not. */
export function callerDataAsks({kmsKey, readFrom, writeTo}: JobData, place: CallPlace): readonly Ask[] {
  const s3 = (what: string, expected: Ask['expected'], name: string, resource: string) => {
    const context = {'aws:RequestedRegion': place.region, 'aws:ResourceAccount': place.account}
    return action(what, expected, {action: name, resource, context, owner: place.account})
  }
  const other = {bucket: 'another-bucket', prefix: ''}
  return [
    ...readFrom.flatMap((from) => [
      ...UPLOAD.map((name) =>
        s3(`the caller putting records into s3://${from.bucket}`, 'ALLOW', name, objectsArn(from, place, 'file.jsonl')),
      ),
      ...LIST.map((name) => s3(`the caller listing s3://${from.bucket}`, 'ALLOW', name, bucketArn(from, place))),
      s3(
        `the caller deleting from s3://${from.bucket}`,
        'DENY',
        's3:DeleteObject',
        objectsArn(from, place, 'file.jsonl'),
      ),
    ]),
    ...(writeTo
      ? [
          s3(
            `the caller reading answers in s3://${writeTo.bucket}`,
            'ALLOW',
            's3:GetObject',
            objectsArn(writeTo, place, 'file.jsonl'),
          ),
        ]
      : []),
    s3('the caller writing to another bucket', 'DENY', 's3:PutObject', objectsArn(other, place, 'file.jsonl')),
    ...(kmsKey ? USE_KEY.map((name) => keyAsk(name, kmsKey, place)) : []),
  ]
}

function keyAsk(name: string, kmsKey: string, {region}: CallPlace): Ask {
  const context = {'kms:ViaService': `s3.${region}.amazonaws.com`}
  return action('the caller using the key by way of S3', 'ALLOW', {action: name, resource: kmsKey, context})
}
