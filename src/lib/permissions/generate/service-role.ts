import {formatArn, parseArn} from '../../core/arn.js'
import {usageError} from '../../core/errors.js'
import {type CallPlace, ownArn} from '../../iam/legs/leg.js'
import {allow, type PolicyText, policyText, type Statement} from './statement.js'

/** A bucket, and the beginning of the keys in it. */
export interface BucketPlace {
  readonly bucket: string
  /** Without a slash at the end; empty: the whole bucket. */
  readonly prefix: string
}

export type JobType = 'model-invocation-job' | 'model-import-job' | 'model-customization-job'

/** What a job reads and writes. */
export interface JobData {
  readonly readFrom: readonly BucketPlace[]
  readonly writeTo: BucketPlace | null
  /** ARN of the key that buckets are encrypted with. */
  readonly kmsKey: string | null
}

export const BEDROCK = 'bedrock.amazonaws.com'

/** Bedrock alone takes the role on, and only for jobs of this kind in this account and Region. */
export function trustPolicy(job: JobType, place: CallPlace): PolicyText {
  return policyText([
    {
      Sid: 'BedrockForItsJobs',
      Effect: 'Allow',
      Principal: {Service: BEDROCK},
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: {'aws:SourceAccount': place.account},
        ArnLike: {'aws:SourceArn': ownArn(place, `${job}/*`)},
      },
    },
  ])
}

/** Reading and writing the data of a job, in buckets of this account alone. */
export function dataStatements({readFrom, writeTo, kmsKey}: JobData, place: CallPlace): readonly Statement[] {
  const own = {StringEquals: {'aws:ResourceAccount': place.account}}
  const buckets = [...readFrom, ...(writeTo ? [writeTo] : [])]
  const via = {StringEquals: {'kms:ViaService': `s3.${place.region}.amazonaws.com`}}
  return [
    allow(
      'ReadData',
      ['s3:GetObject'],
      readFrom.map((from) => objectsArn(from, place)),
      own,
    ),
    allow(
      'ListBuckets',
      ['s3:ListBucket'],
      buckets.map((one) => bucketArn(one, place)),
      own,
    ),
    ...(writeTo ? [allow('WriteResults', ['s3:PutObject'], [objectsArn(writeTo, place)], own)] : []),
    ...(kmsKey
      ? [allow('UseKey', writeTo ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'], [kmsKey], via)]
      : []),
  ]
}

export function bucketArn({bucket}: Pick<BucketPlace, 'bucket'>, {partition}: CallPlace): string {
  return formatArn({partition, service: 's3', region: '', account: '', resource: bucket})
}

export function objectsArn(place: BucketPlace, {partition}: CallPlace, name = '*'): string {
  const resource = [place.bucket, ...(place.prefix === '' ? [] : [place.prefix]), name].join('/')
  return formatArn({partition, service: 's3', region: '', account: '', resource})
}

/** `s3://bucket/prefix`. Wildcards would widen the policy. */
export function parseBucketPlace(text: string, flag: string): BucketPlace {
  const found = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([^*?$"\\]*))?$/.exec(text)
  if (found?.[1] === undefined) {
    throw usageError('BAD_BUCKET', `${flag} does not understand "${text}".`, {
      hint: `Write ${flag} s3://bucket/prefix, without wildcards; a bucket's name has 3 to 63 characters.`,
    })
  }
  return {bucket: found[1], prefix: (found[2] ?? '').replace(/\/+$/, '')}
}

export function parseKey(text: string): string {
  const arn = parseArn(text)
  if (arn?.service === 'kms' && /^key\/[\w-]+$/.test(arn.resource)) return text
  throw usageError('BAD_KEY', `--kms-key does not understand "${text}".`, {
    hint: 'Give the ARN of a key; policies cannot name an alias.',
  })
}
