import {z} from 'zod'
import {arn, moment} from './scenario-parts.schema.js'

const seconds = z.number().nonnegative()

const outcome = z.strictObject({
  jobs: z.string().min(1).optional().describe('Names of jobs; * matches any run of characters. Default: every job.'),
  status: z.literal('Failed'),
  message: z.string().min(1).max(2048),
  afterShare: z.number().min(0).max(1).optional().describe('Of the copying, before it fails; default none of it.'),
})

/** How imports, and the models they made, go in a Region. The first outcome that fits counts. */
export const importsSchema = z.strictObject({
  configSeconds: seconds.optional().describe('Until config.json has been read; default 5.'),
  copySeconds: seconds.optional().describe('From then on, and what the size adds; default 60.'),
  megabytesPerSecond: z.number().positive().optional().describe('Default 50.'),
  listDelaySeconds: seconds.optional().describe('From Create on until List shows a job or a model; default 1.'),
  outcomes: z.array(outcome).optional(),
  loadSeconds: seconds
    .optional()
    .describe('Until a model that nobody called for a while answers; default 30, and 2 for each GB of weights.'),
  idleMinutes: z.number().positive().optional().describe('Without a call until a model is unloaded; default 5.'),
})

const trainingName = z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, 'a name of a training job')

/** A training job of SageMaker. */
export const trainingJobSchema = z.strictObject({
  name: trainingName,
  status: z.enum(['InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped']),
  failureReason: z.string().max(1024).optional(),
  roleArn: arn,
  outputUri: z.string().startsWith('s3://'),
  compression: z.enum(['GZIP', 'NONE']).optional().describe('Default GZIP: one model.tar.gz.'),
  artefact: z
    .string()
    .startsWith('s3://')
    .optional()
    .describe('Default: where SageMaker puts it below outputUri; given for what is elsewhere.'),
  kmsKeyArn: arn.optional(),
  instanceType: z.string().optional().describe('Default ml.g5.12xlarge.'),
  createdOn: moment,
  endedOn: moment.optional(),
})
