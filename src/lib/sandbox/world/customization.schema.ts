import {z} from 'zod'

const seconds = z.number().nonnegative()
const names = z.string().min(1).describe('* matches any run of characters. Default: every one.')

const outcome = z.strictObject({
  jobs: names.optional(),
  phase: z.enum(['validation', 'dataProcessing', 'training']).describe('In which it fails.'),
  message: z.string().optional(),
  afterShare: z.number().min(0).max(1).optional().describe('Of the training that is done first; default none.'),
})

const escrowed = z.strictObject({
  s3Uri: z.string().startsWith('s3://customer-escrow-'),
  baseModel: z.string().describe('Id of the Nova model it was trained from, with its context.'),
  failure: z.string().optional().describe('Why no model can be made of it.'),
})

/** How customization jobs and custom models go in a Region. The first outcome that fits counts. */
export const customizationSchema = z.strictObject({
  validationSeconds: seconds.optional().describe('Default 2.'),
  dataProcessingSeconds: seconds.optional().describe('Default 2.'),
  queueSeconds: seconds.optional().describe('From data processing on until training starts; default 1.'),
  trainingSeconds: seconds.optional().describe('Default: what the tokens need, at least 5.'),
  tokensPerSecond: z.number().positive().optional().describe('Tokens of the data, once an epoch; default 5,000.'),
  stoppingSeconds: seconds.optional().describe('Default 1.'),
  listDelaySeconds: seconds.optional().describe('From Create on until List shows what was made; default 1.'),
  outcomes: z.array(outcome).optional(),
  escrow: z.array(escrowed).optional().describe('What SageMaker trained: the only source of CreateCustomModel.'),
  creatingSeconds: seconds.optional().describe('Of CreateCustomModel; default 2.'),
})

const failure = z.strictObject({
  of: z.enum(['deployment', 'deployment-update', 'provisioned', 'provisioned-update']),
  names: names.optional(),
  message: z.string().optional(),
})

/** How deployments of custom models and provisioned throughput go in a Region. The first failure that fits counts. */
export const servingSchema = z.strictObject({
  deployingSeconds: seconds.optional().describe('Default 2.'),
  provisioningSeconds: seconds.optional().describe('Default 2.'),
  updatingSeconds: seconds.optional().describe('Default 2.'),
  listDelaySeconds: seconds.optional().describe('From Create on until List shows what was made; default 1.'),
  committedUnits: z
    .int()
    .nonnegative()
    .optional()
    .describe('Model units that AWS let this account commit to, all together; default none, as in a new account.'),
  failures: z.array(failure).optional(),
})
