import * as Flags from '@oclif/core/flags'
import {CALL_READ_ACTIONS} from './iam-flags.js'
import {actions} from './permissions.js'

interface Placed {
  readonly helpGroup?: string
}

/** Tags, in the words of what is tagged. */
export function tagFlag(what: string, placed: Placed = {}) {
  return Flags.string({
    description: `tag of ${what}, repeatable`,
    helpValue: 'KEY=VALUE',
    multiple: true,
    multipleNonGreedy: true,
    ...placed,
  })
}

/** A key of KMS, in the words of what it is for. */
export function keyFlag(description: string, placed: Placed = {}) {
  return Flags.string({description, helpValue: 'ARN', ...placed})
}

/** The account that the data of a job is in. */
export function ownerFlag(buckets: 'bucket' | 'buckets', placed: Placed = {}) {
  return Flags.string({
    description: `account that owns the ${buckets}; this one unless given`,
    helpValue: 'ACCOUNT',
    ...placed,
  })
}

/** Where in a VPC one job, or several, runs. */
export function vpcFlags(jobs: 'one' | 'several', placed: Placed = {}) {
  const [the, a] = jobs === 'one' ? ['the job', 'a job'] : ['the jobs', 'jobs']
  const ids = {helpValue: 'ID', multiple: true, multipleNonGreedy: true, delimiter: ',', ...placed} as const
  return {
    subnet: Flags.string({description: `run ${the} in a VPC: a subnet of it, repeatable`, ...ids}),
    'security-group': Flags.string({description: `security group of ${a} in a VPC, repeatable`, ...ids}),
  } as const
}

/** IAM actions of what is looked at before a job is made: role, caller, buckets, keys, network, quotas. */
export const JOB_PREFLIGHT_ACTIONS = actions(
  CALL_READ_ACTIONS.filter((action) => /^(?:iam|organizations|sts):/.test(action)),
  [
    'ec2:DescribeRouteTables',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcEndpoints',
    'kms:DescribeKey',
    'kms:GetKeyPolicy',
    'kms:GetKeyRotationStatus',
    's3:GetBucketOwnershipControls',
    's3:GetBucketPolicy',
    's3:GetBucketPolicyStatus',
    's3:GetBucketPublicAccessBlock',
    's3:GetBucketVersioning',
    's3:GetEncryptionConfiguration',
    's3:GetLifecycleConfiguration',
    's3:GetObject',
    's3:ListBucket',
    'servicequotas:ListServiceQuotas',
  ],
)
