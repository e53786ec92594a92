import type {Interfaces} from '@oclif/core'
import * as Flags from '@oclif/core/flags'
import {JOB_PREFLIGHT_ACTIONS, keyFlag, ownerFlag, tagFlag, vpcFlags} from './job-flags.js'
import {actions, OFFER_ACTIONS, PRICE_ACTIONS, REFERENCE_ACTIONS, REGION_ACTIONS} from './permissions.js'

const JOBS = {helpGroup: 'JOB'} as const

/** Flags that say what jobs a pile of records becomes; `batch plan` and `batch submit FILE` share them. */
export const batchPlanFlags = {
  model: Flags.string({description: 'the model of the jobs: any id, ARN or display name', ...JOBS}),
  role: Flags.string({
    description: 'service role that the jobs run with',
    helpValue: 'NAME|ARN',
    ...JOBS,
  }),
  staging: Flags.string({
    description: 'where the records are uploaded for the service to read',
    helpValue: 's3://BUCKET/PREFIX',
    ...JOBS,
  }),
  results: Flags.string({
    description: 'where the service puts answers; `results` beside the staging unless given',
    helpValue: 's3://BUCKET/PREFIX',
    ...JOBS,
  }),
  route: Flags.option({options: ['in-region', 'geo', 'global'] as const})({
    description: 'how the model is reached; the one that leaves the Region least unless given',
    ...JOBS,
  }),
  api: Flags.option({options: ['invoke', 'converse'] as const})({
    description: 'how bodies are worded; settled by the model and the records when not given',
    ...JOBS,
  }),
  group: Flags.string({
    description: 'name of the group; after the file, with a digest of its records, unless given',
    ...JOBS,
  }),
  'max-jobs': Flags.integer({description: 'so many jobs open at once, at most', min: 1, ...JOBS}),
  'timeout-hours': Flags.integer({
    description: 'hours after which a job expires; 24 to 168',
    min: 24,
    max: 168,
    ...JOBS,
  }),
  'kms-key': keyFlag('key that results are encrypted with; as the bucket does unless given', JOBS),
  'bucket-owner': ownerFlag('buckets', JOBS),
  ...vpcFlags('several', JOBS),
  tag: tagFlag('the jobs', JOBS),
  'skip-rejected': Flags.boolean({
    description: 'leave records out that would be refused, instead of stopping at them',
    default: false,
    ...JOBS,
  }),
  project: Flags.string({
    description: 'project file; bedrockctl.yaml of this folder or above unless given',
    helpValue: 'FILE',
    ...JOBS,
  }),
  threads: Flags.integer({
    description: 'threads that check a file of this machine; by its size when not given',
    min: 1,
    ...JOBS,
  }),
} as const

export type BatchPlanFlags = Interfaces.InferredFlags<typeof batchPlanFlags>

/** IAM actions of the reads behind a plan: prices, quotas, jobs, and all that the preflight looks at. */
export const BATCH_PLAN_ACTIONS = actions(
  JOB_PREFLIGHT_ACTIONS,
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
  ],
)
