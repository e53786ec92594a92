import {readPart} from '../../../account/read.js'
import type {ReadItem} from '../../../account/snapshot.schema.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {kindOfKey, whereCustomerKeys} from '../../facts/customer-key.js'
import {bucketPlace, inEachLogBucket, LOGGING, type LogBucket} from '../../facts/log-destinations.js'
import type {Missing} from '../../finding.schema.js'
import {configEvidence, judgeResource, missingOf, unknown} from '../../judge-resource.js'

type Bucket = ReadItem<'s3:buckets'>

export const logBucketKeyCheck: Check = {
  id: 'ENC-01',
  family: 'ENC',
  severity: 'high',
  title: 'Buckets with invocation logs encrypt with a customer key',
  why: 'The buckets hold prompts and completions in full, the one for large bodies too. Under a key of AWS everybody with s3:GetObject reads them; a customer key adds a second lock with a log of its own.',
  resource: 's3-bucket',
  failsWhen: 'its default encryption is none, SSE-S3, or SSE-KMS with a key that AWS manages',
  unknownWhen: 'the bucket or its key cannot be looked at',
  needs: 'encryption.customerKeys',
  reads: [LOGGING, 's3:buckets', 'kms:keys'],
  references: [
    {
      title: 'Specifying server-side encryption with AWS KMS (SSE-KMS)',
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html',
    },
    {
      title: 'Monitor model invocation using CloudWatch Logs and Amazon S3',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html',
    },
  ],
  judge: (context) =>
    whereCustomerKeys(context, function* () {
      for (const judged of inEachLogBucket(context, (bucket, to) => [judgeBucket(context, bucket, to)])) {
        yield judged.verdict === 'NOT_APPLICABLE' ? unknown(judged, [NO_BUCKET]) : judged
      }
    }),
}

/** Whoever makes the bucket decides how it encrypts. */
const NO_BUCKET: Missing = {action: 's3:ListBucket', code: 'NOT_FOUND', reason: 'there is no such bucket'}

interface Encryption {
  readonly defects: readonly string[]
  readonly gaps: readonly Missing[]
  readonly text: string
}

function judgeBucket(context: AuditContext, bucket: Bucket, destination: LogBucket): Judged {
  const {defects, gaps, text} = encryptionOf(context, bucket, destination.region)
  const {name, holds, region} = destination
  return judgeResource(bucketPlace(destination), {
    defects,
    gaps,
    fine: `It holds ${holds.join(' and ')} under ${text}`,
    evidence: [configEvidence(`default encryption of ${name}: ${text}`, 's3:buckets', region)],
    fix: {
      summary:
        'Set default encryption to SSE-KMS with a customer key whose policy lets Bedrock call kms:GenerateDataKey.',
      cli: [
        `aws s3api put-bucket-encryption --bucket ${name} --server-side-encryption-configuration '{"Rules":[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws:kms","KMSMasterKeyID":"<KEY ARN>"},"BucketKeyEnabled":true}]}'`,
      ],
      terraform: `resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = "${name}"

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.logs.arn
    }
  }
}`,
    },
  })
}

function encryptionOf(context: AuditContext, {encryption, region}: Bucket, logged: string): Encryption {
  const reading = readPart(encryption)
  if (reading.state === 'unread') return {defects: [], gaps: [missingOf(reading)], text: 'unread encryption'}
  const {value} = reading
  if (value === null) return found('no default encryption', 'it has no default encryption of its own')
  if (!value.algorithm.toLowerCase().startsWith('aws:kms')) {
    return found(value.algorithm, `it encrypts with ${value.algorithm}, a key of S3`)
  }
  if (value.kmsKey === null) return found(`${value.algorithm} with aws/s3`, 'its key is aws/s3, which AWS manages')
  const text = `${value.algorithm} with ${value.kmsKey}`
  const home = region.status === 'read' && region.value !== null ? region.value : logged
  const key = kindOfKey(context, home, value.kmsKey)
  switch (key.kind) {
    case 'customer':
      return {defects: [], gaps: [], text}
    case 'aws':
      return found(text, `its key ${value.kmsKey} is one that AWS manages`)
    case 'gone':
      return found(text, `its key ${value.kmsKey} does not exist`)
    case 'unread':
      return {defects: [], gaps: [key.missing], text}
    case 'unlisted': {
      const reason = `the snapshot does not hold the key ${value.kmsKey}`
      return {defects: [], gaps: [{action: 'kms:DescribeKey', code: 'NOT_COLLECTED', reason}], text}
    }
  }
}

function found(text: string, defect: string): Encryption {
  return {defects: [defect], gaps: [], text}
}
