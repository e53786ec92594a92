import type {Interfaces} from '@oclif/core'
import * as Flags from '@oclif/core/flags'
import {CALL_READ_ACTIONS} from './iam-flags.js'
import {actions, OFFER_ACTIONS, PRICE_ACTIONS, REFERENCE_ACTIONS, REGION_ACTIONS} from './permissions.js'

const repeatable = {multiple: true, multipleNonGreedy: true, delimiter: ','} as const

/** Flags that say what jobs a pile of records becomes; `batch plan` and `batch submit FILE` share them. */
export const batchPlanFlags = {
  model: Flags.string({description: 'the model of the jobs: any id, ARN or display name', helpGroup: 'JOBS'}),
  role: Flags.string({
    description: 'service role that the jobs run with',
    helpValue: 'NAME|ARN',
    helpGroup: 'JOBS',
  }),
  staging: Flags.string({
    description: 'where the records are uploaded for the service to read',
    helpValue: 's3://BUCKET/PREFIX',
    helpGroup: 'JOBS',
  }),
  results: Flags.string({
    description: 'where the service puts answers; `results` beside the staging unless given',
    helpValue: 's3://BUCKET/PREFIX',
    helpGroup: 'JOBS',
  }),
  route: Flags.option({options: ['in-region', 'geo', 'global'] as const})({
    description: 'how the model is reached; the one that leaves the Region least unless given',
    helpGroup: 'JOBS',
  }),
  api: Flags.option({options: ['invoke', 'converse'] as const})({
    description: 'how bodies are worded; settled by the model and the records when not given',
    helpGroup: 'JOBS',
  }),
  group: Flags.string({
    description: 'name of the group; after the file, with a digest of its records, unless given',
    helpGroup: 'JOBS',
  }),
  'max-jobs': Flags.integer({description: 'so many jobs open at once, at most', min: 1, helpGroup: 'JOBS'}),
  'timeout-hours': Flags.integer({
    description: 'hours after which a job expires; 24 to 168',
    min: 24,
    max: 168,
    helpGroup: 'JOBS',
  }),
  'kms-key': Flags.string({
    description: 'key that results are encrypted with; as the bucket does unless given',
    helpValue: 'ARN',
    helpGroup: 'JOBS',
  }),
  'bucket-owner': Flags.string({
    description: 'account that owns the buckets; this one unless given',
    helpValue: 'ACCOUNT',
    helpGroup: 'JOBS',
  }),
  subnet: Flags.string({
    description: 'run the jobs in a VPC: a subnet of it, repeatable',
    helpValue: 'ID',
    helpGroup: 'JOBS',
    ...repeatable,
  }),
  'security-group': Flags.string({
    description: 'security group of jobs in a VPC, repeatable',
    helpValue: 'ID',
    helpGroup: 'JOBS',
    ...repeatable,
  }),
  tag: Flags.string({
    description: 'tag of the jobs, repeatable',
    helpValue: 'KEY=VALUE',
    helpGroup: 'JOBS',
    multiple: true,
    multipleNonGreedy: true,
  }),
  'skip-rejected': Flags.boolean({
    description: 'leave records out that would be refused, instead of stopping at them',
    default: false,
    helpGroup: 'JOBS',
  }),
  project: Flags.string({
    description: 'project file; bedrockctl.yaml of this folder or above unless given',
    helpValue: 'FILE',
    helpGroup: 'JOBS',
  }),
  threads: Flags.integer({
    description: 'threads that check a file of this machine; by its size when not given',
    min: 1,
    helpGroup: 'JOBS',
  }),
} as const

export type BatchPlanFlags = Interfaces.InferredFlags<typeof batchPlanFlags>

/** IAM actions of the reads behind a plan: prices, quotas, jobs, and all that the preflight looks at. */
export const BATCH_PLAN_ACTIONS = actions(
  CALL_READ_ACTIONS.filter((action) => /^(?:iam|organizations|sts):/.test(action)),
  OFFER_ACTIONS,
  PRICE_ACTIONS,
  REFERENCE_ACTIONS,
  REGION_ACTIONS,
  [
    'bedrock:GetAccountDataRetention',
    'bedrock:GetFoundationModelAvailability',
    'bedrock:GetUseCaseForModelAccess',
    'bedrock:ListModelInvocationJobs',
    'bedrock:ListTagsForResource',
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
