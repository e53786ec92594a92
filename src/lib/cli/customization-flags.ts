import type {Interfaces} from '@oclif/core'
import * as Flags from '@oclif/core/flags'
import {JOB_PREFLIGHT_ACTIONS, keyFlag, tagFlag, vpcFlags} from './job-flags.js'
import {actions, PRICE_ACTIONS, REGION_ACTIONS} from './permissions.js'

const JOB = {helpGroup: 'JOB'} as const

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
    multiple: true,
    multipleNonGreedy: true,
    ...JOB,
  }),
  teacher: Flags.string({description: 'model that teaches a distillation: id, or ARN of a profile', ...JOB}),
  'max-tokens': Flags.integer({description: 'longest answer of the teacher, in tokens', min: 1, ...JOB}),
  grader: Flags.string({
    description: 'Lambda function that grades reinforcement fine-tuning',
    helpValue: 'ARN',
    ...JOB,
  }),
  'kms-key': keyFlag('key that the model is encrypted with; one of AWS unless given', JOB),
  ...vpcFlags('one', JOB),
  tag: tagFlag('the job and its model', JOB),
} as const

export type CustomizationCreateFlags = Interfaces.InferredFlags<typeof customizationCreateFlags>

/** IAM actions behind a job that is made: prices, quotas, names, all that is looked at before, uploads, the job. */
export const CUSTOMIZATION_CREATE_ACTIONS = actions(JOB_PREFLIGHT_ACTIONS, PRICE_ACTIONS, REGION_ACTIONS, [
  'bedrock:CreateModelCustomizationJob',
  'bedrock:GetCustomModel',
  'bedrock:GetModelCustomizationJob',
  'bedrock:ListCustomModels',
  'bedrock:ListModelCustomizationJobs',
  'bedrock:TagResource',
  'iam:PassRole',
  's3:ListBucketMultipartUploads',
  's3:ListMultipartUploadParts',
  's3:PutObject',
])
