import type {Interfaces} from '@oclif/core'
import * as Flags from '@oclif/core/flags'
import {CALL_READ_ACTIONS} from './iam-flags.js'
import {actions, PRICE_ACTIONS, REGION_ACTIONS} from './permissions.js'

const JOB = {helpGroup: 'JOB'} as const
const repeatable = {multiple: true, multipleNonGreedy: true} as const

/** Flags that say what a customization job is made with. */
export const customizationCreateFlags = {
  'base-model': Flags.string({
    description: 'model that is customised: id with or without the suffix of its context, or ARN of a custom model',
    required: true,
    ...JOB,
  }),
  type: Flags.option({
    options: ['fine-tuning', 'continued-pre-training', 'distillation', 'reinforcement'] as const,
    required: true,
  })({description: 'kind of customization', ...JOB}),
  data: Flags.string({
    description: 'training data: an object of S3, or a file that is uploaded to --staging',
    helpValue: 's3://…|FILE',
    required: true,
    ...JOB,
  }),
  validation: Flags.string({description: 'validation data, as --data', helpValue: 's3://…|FILE', ...JOB}),
  staging: Flags.string({
    description: 'where files are uploaded for the service to read',
    helpValue: 's3://BUCKET/PREFIX',
    ...JOB,
  }),
  results: Flags.string({
    description: 'where the service puts metrics',
    helpValue: 's3://BUCKET/PREFIX',
    required: true,
    ...JOB,
  }),
  role: Flags.string({
    description: 'service role that the job runs with',
    helpValue: 'NAME|ARN',
    required: true,
    ...JOB,
  }),
  name: Flags.string({
    description: 'name of the job; after the base, with a digest of the request, unless given',
    ...JOB,
  }),
  'model-name': Flags.string({description: 'name of the model that comes of it; that of the job unless given', ...JOB}),
  hyperparameter: Flags.string({
    description: 'hyperparameter of the base, repeatable; --dry-run shows all with their ranges',
    helpValue: 'NAME=VALUE',
    ...repeatable,
    ...JOB,
  }),
  teacher: Flags.string({description: 'model that teaches a distillation: id, or ARN of a profile', ...JOB}),
  'max-tokens': Flags.integer({description: 'longest answer of the teacher, in tokens', min: 1, ...JOB}),
  grader: Flags.string({
    description: 'Lambda function that grades reinforcement fine-tuning',
    helpValue: 'ARN',
    ...JOB,
  }),
  'kms-key': Flags.string({
    description: 'key that the model is encrypted with; one of AWS unless given',
    helpValue: 'ARN',
    ...JOB,
  }),
  subnet: Flags.string({
    description: 'run the job in a VPC: a subnet of it, repeatable',
    helpValue: 'ID',
    delimiter: ',',
    ...repeatable,
    ...JOB,
  }),
  'security-group': Flags.string({
    description: 'security group of a job in a VPC, repeatable',
    helpValue: 'ID',
    delimiter: ',',
    ...repeatable,
    ...JOB,
  }),
  tag: Flags.string({
    description: 'tag of the job and its model, repeatable',
    helpValue: 'KEY=VALUE',
    ...repeatable,
    ...JOB,
  }),
} as const

export type CustomizationCreateFlags = Interfaces.InferredFlags<typeof customizationCreateFlags>

/** IAM actions behind a job that is made: prices, quotas, names, all that is looked at before, uploads, the job. */
export const CUSTOMIZATION_CREATE_ACTIONS = actions(
  CALL_READ_ACTIONS.filter((action) => /^(?:iam|organizations|sts):/.test(action)),
  PRICE_ACTIONS,
  REGION_ACTIONS,
  [
    'bedrock:CreateModelCustomizationJob',
    'bedrock:GetCustomModel',
    'bedrock:GetModelCustomizationJob',
    'bedrock:ListCustomModels',
    'bedrock:ListModelCustomizationJobs',
    'bedrock:TagResource',
    'ec2:DescribeRouteTables',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcEndpoints',
    'iam:PassRole',
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
    's3:ListBucketMultipartUploads',
    's3:ListMultipartUploadParts',
    's3:PutObject',
    'servicequotas:ListServiceQuotas',
  ],
)
