import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'
import {preflightSchema} from '../../jobs/preflight/preflight.schema.js'

// A plan is what `submit` does, to the byte. It names the input and its digest; it holds no prompt.

const count = z.int().nonnegative()
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in hex')
const s3Prefix = z
  .string()
  .regex(/^s3:\/\/[a-z0-9][-.a-z0-9]{1,61}[a-z0-9](?:\/[-!_*'().a-z0-9A-Z]+)*\/?$/, 'is no S3 URI that Bedrock takes')

/** Name of a group: the beginning of the names of its jobs, hence their letters. */
export const groupName = z
  .string()
  .regex(/^[a-zA-Z0-9](?:-?[a-zA-Z0-9])*$/, 'takes letters, digits and single hyphens between them')
  .max(40)

export const limitSchema = z.object({
  value: z.number(),
  source: z.string().describe('`Service Quotas L-…` for an applied quota, the document for a default.'),
  asOf: z.string(),
})
export const limitsSchema = z.object({
  minRecords: limitSchema.describe('Records that a job must have.'),
  recordsPerFile: limitSchema,
  recordsPerJob: limitSchema,
  fileBytes: limitSchema,
  jobBytes: limitSchema,
  openJobs: limitSchema.describe('Jobs of the model that may be submitted or in progress at once.'),
})
export type BatchLimit = Immutable<z.infer<typeof limitSchema>>
export type BatchLimits = Immutable<z.infer<typeof limitsSchema>>

const shardSchema = z.object({
  number: z.int().positive().describe('From 1; part of the names of object and job.'),
  records: z.int().positive(),
  bytes: z.int().positive(),
  sha256: sha256.describe('Of the bytes of its object.'),
  segments: z
    .array(z.tuple([count, count]))
    .min(1)
    .describe('Byte ranges [start, end) of the input, whole lines, in order; the object is these bytes in a row.'),
})
export type PlanShard = Immutable<z.infer<typeof shardSchema>>

const moneySchema = z.object({
  currency: z.string(),
  input: z.string().nullable().describe('Decimal; null where no batch price is known.'),
  outputAtMost: z.string().nullable().describe('Decimal: if every answer takes all the tokens it may.'),
  inputTokens: count,
  outputTokensAtMost: count.nullable().describe('null where a record sets no limit.'),
  counted: z.string().describe('How the input tokens were come by, with the error of that way.'),
  source: z.string(),
  asOf: z.string(),
})

export const planFileSchema = z.strictObject({
  kind: z.literal('bedrockctl-batch-plan'),
  schemaVersion: z.literal(1),
  group: groupName,
  round: z.int().positive().describe('1 for the whole pile; more for what is tried again.'),
  way: z.literal('on-demand').optional().describe('Its one shard is answered record by record; absent: by batch jobs.'),
  createdAt: z.iso.datetime(),
  account: z.string().regex(/^\d{12}$/),
  bucketOwner: z
    .string()
    .regex(/^\d{12}$/)
    .optional()
    .describe('Account of the buckets, where it is another one.'),
  region: z.string(),
  modelId: z.string().describe('As the job names it: a model, an inference profile, or the ARN of one.'),
  baseModelId: z.string(),
  api: z.enum(['InvokeModel', 'Converse']),
  roleArn: z.string(),
  input: z
    .strictObject({
      name: z.string().describe('Absolute path, or s3:// URI.'),
      bytes: count,
      revision: z.string().describe('Changes when the content does: the ETag of an object, size and time of a file.'),
      records: count.describe('Of the whole input; those left out are not counted.'),
      rejected: count,
    })
    .describe('The pile of records that all rounds share.'),
  staging: s3Prefix.describe('Where shards are put.'),
  results: s3Prefix.describe('Where the service puts answers.'),
  kmsKeyId: z.string().nullable(),
  timeoutHours: z.int().min(24).max(168).nullable(),
  vpc: z.strictObject({subnetIds: z.array(z.string()), securityGroupIds: z.array(z.string())}).nullable(),
  tags: z.record(z.string(), z.string()),
  maxOpenJobs: z.int().positive().describe('Jobs of the group that are open at once.'),
  limits: limitsSchema,
  shards: z.array(shardSchema).min(1),
  price: moneySchema,
  preflight: z.array(preflightSchema),
})
export type PlanFile = Immutable<z.infer<typeof planFileSchema>>
