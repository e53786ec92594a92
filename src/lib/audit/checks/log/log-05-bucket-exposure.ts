import {type Reading, readPart} from '../../../account/read.js'
import type {PartValue, ReadItem} from '../../../account/snapshot.schema.js'
import {NO_POLICIES} from '../../../iam/policy-layers.js'
import {NO, YES} from '../../../iam/truth.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {bucketPlace, inEachLogBucket, LOGGING, type LogBucket} from '../../facts/log-destinations.js'
import {admitsAnybody} from '../../facts/stranger-access.js'
import {plainHttpGap} from '../../facts/tls-only.js'
import type {Fix, Missing} from '../../finding.schema.js'
import {configEvidence, judgeResource, missingOf} from '../../judge-resource.js'

const READ = 's3:buckets'
type Bucket = ReadItem<typeof READ>

export const bucketExposureCheck: Check = {
  id: 'LOG-05',
  family: 'LOG',
  severity: 'high',
  title: 'Buckets with invocation logs are closed to the public and to plain HTTP',
  why: 'The logs hold prompts and completions in full. One public grant, or one transfer without TLS, gives away what users typed.',
  resource: 's3-bucket',
  failsWhen:
    'it is public, one of the four settings of block public access is off, or calls without TLS are not denied',
  reads: [LOGGING, READ],
  references: [
    {
      title: 'Blocking public access to your Amazon S3 storage',
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html',
    },
    {
      title: 'Security best practices for Amazon S3',
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html',
    },
  ],
  judge: (context) => inEachLogBucket(context, (bucket, destination) => [judgeBucket(context, bucket, destination)]),
}

interface Aspect {
  readonly defects: readonly string[]
  readonly gaps: readonly Missing[]
}

function judgeBucket(context: AuditContext, bucket: Bucket, destination: LogBucket): Judged {
  const block = readPart(bucket.publicAccessBlock)
  const aspects = [
    judgePublic(context, bucket, block, destination),
    judgeBlock(bucket, block),
    judgeTransport(context, bucket, destination),
  ]
  const text = block.state === 'read' ? blockText(block.value) : 'unread'
  return judgeResource(bucketPlace(destination), {
    defects: aspects.flatMap(({defects}) => defects),
    gaps: aspects.flatMap(({gaps}) => gaps),
    fine: 'Public access is blocked, and calls without TLS are denied',
    evidence: [configEvidence(`block public access: ${text}`, READ, destination.region)],
    fix: fixOf(destination),
  })
}

type Block = Reading<PartValue<Bucket['publicAccessBlock']>>

/** A public policy does nothing while RestrictPublicBuckets holds it back. */
function judgePublic(
  {policies}: AuditContext,
  {policyIsPublic}: Bucket,
  block: Block,
  {arn, paths}: LogBucket,
): Aspect {
  if (block.state === 'read' && block.value?.restrictBuckets) return NOTHING
  const reading = readPart(policyIsPublic)
  const set = policies.resourcePolicies(arn) ?? NO_POLICIES
  const probes = [
    ...paths.flatMap((path) => OBJECT_ACTIONS.map((action) => admitsAnybody(set, action, `${arn}/${recordIn(path)}`))),
    admitsAnybody(set, 's3:ListBucket', arn),
  ]
  const isPublic = probes.includes(YES) || (reading.state === 'read' && reading.value)
  if (isPublic) {
    return block.state === 'read' ? found('its policy makes it public') : {defects: [], gaps: [missingOf(block)]}
  }
  // The policy itself tells, where what S3 makes of it was not read.
  const isOpen = reading.state === 'unread' && (set.unread.length > 0 || probes.some((probe) => probe !== NO))
  return isOpen ? {defects: [], gaps: [missingOf(reading)]} : NOTHING
}

const NOTHING: Aspect = {defects: [], gaps: []}
const OBJECT_ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']

function found(defect: string): Aspect {
  return {defects: [defect], gaps: []}
}

function recordIn(path: string): string {
  return `${path}2026/01/01/00/record.json.gz`
}

function judgeBlock({ownership}: Bucket, block: Block): Aspect {
  if (block.state === 'unread') return {defects: [], gaps: [missingOf(block)]}
  const off = settingsOff(block.value)
  if (off.length === 0) return {defects: [], gaps: []}
  const owner = readPart(ownership)
  // Only where the owner of the bucket owns every object do ACLs count for nothing.
  const aclsCount = owner.state === 'read' && owner.value !== 'BucketOwnerEnforced' && block.value?.ignoreAcls !== true
  const acls = aclsCount ? ', and its ACLs can open it' : ''
  const what = off.length === SETTINGS.length ? 'is off' : `lacks ${off.join(', ')}`
  return {defects: [`block public access ${what}${acls}`], gaps: []}
}

const SETTINGS = [
  ['blockAcls', 'BlockPublicAcls'],
  ['ignoreAcls', 'IgnorePublicAcls'],
  ['blockPolicy', 'BlockPublicPolicy'],
  ['restrictBuckets', 'RestrictPublicBuckets'],
] as const

function settingsOff(block: PartValue<Bucket['publicAccessBlock']>): readonly string[] {
  return SETTINGS.filter(([member]) => block === null || !block[member]).map(([, name]) => name)
}

function blockText(block: PartValue<Bucket['publicAccessBlock']>): string {
  const off = settingsOff(block)
  return off.length === 0 ? 'on' : block === null ? 'not configured' : `off: ${off.join(', ')}`
}

function judgeTransport({policies, snapshot}: AuditContext, {policy}: Bucket, {arn, paths}: LogBucket): Aspect {
  const reading = readPart(policy)
  if (reading.state === 'unread') return {defects: [], gaps: [missingOf(reading)]}
  const set = policies.resourcePolicies(arn) ?? NO_POLICIES
  if (set.policies.some(({refused}) => refused)) {
    return {
      defects: [],
      gaps: [{action: 's3:GetBucketPolicy', code: 'REFUSED_POLICY', reason: 'S3 would refuse its policy'}],
    }
  }
  const keys = paths.map(recordIn)
  const gap = plainHttpGap(set, arn, snapshot.caller.account, keys)
  return {defects: gap === null ? [] : [`it does not deny calls without TLS ${gap}`], gaps: []}
}

function fixOf({name, arn}: LogBucket): Fix {
  const deny = {
    Sid: 'DenyPlainHttp',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, `${arn}/*`],
    Condition: {Bool: {'aws:SecureTransport': 'false'}},
  }
  return {
    summary: 'Turn all four settings of block public access on, and deny calls without TLS in the bucket policy.',
    cli: [
      `aws s3api put-public-access-block --bucket ${name} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
      `aws s3api put-bucket-ownership-controls --bucket ${name} --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'`,
      `aws s3api put-bucket-policy --bucket ${name} --policy file://bucket-policy.json`,
    ],
    terraform: `resource "aws_s3_bucket_public_access_block" "logs" {
  bucket                  = "${name}"
  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}`,
    policyDiff: {policy: arn, remove: [], add: [JSON.stringify(deny)]},
  }
}
