import {z} from 'zod'
import {apiPart, arn, moment, policyDocument, shows, tags} from './scenario-parts.schema.js'

const encryption = z.strictObject({
  algorithm: z.enum(['AES256', 'aws:kms', 'aws:kms:dsse']),
  kmsKeyArn: z.string().optional(),
  bucketKey: z.boolean().optional(),
})

const lifecycleRule = z.strictObject({
  id: z.string(),
  prefix: z.string().optional(),
  enabled: z.boolean().optional(),
  expireDays: z.number().int().positive().optional(),
  noncurrentExpireDays: z.number().int().positive().optional(),
})

const repeatedLine = z.strictObject({
  line: z.string().describe('`{index}` in it stands for 1, 2, 3 and on.'),
  count: z.number().int().positive().max(100_000),
})

const tensors = z.strictObject({
  tensors: z
    .record(
      z.string().min(1),
      z.string().regex(/^(BF16|F16|F32) [1-9]\d{0,6}(x[1-9]\d{0,6}){0,3}$/, 'such as BF16 64x16'),
    )
    .describe('Of a safetensors file of any size: type and shape by name; every weight is zero.'),
})

const objectSchema = z.strictObject({
  key: z.string().min(1).max(1024),
  contentType: z.string().optional(),
  content: z
    .union([z.string(), repeatedLine, tensors])
    .describe('Its text, a line that is repeated, or the tensors of a model.'),
})

export const bucketSchema = z.strictObject({
  name: z.string().regex(/^(?:[a-z0-9.-]|\$\{(?:region|account)\}){3,63}$/, 'a bucket name'),
  createdOn: moment,
  policy: policyDocument.optional(),
  publicAccessBlock: z
    .union([z.enum(['all', 'none']), apiPart])
    .optional()
    .describe('Default all four on; none: no configuration at all, as old buckets have it.'),
  encryption: z
    .union([z.literal('none'), encryption])
    .optional()
    .describe('Default SSE-S3; none: an old bucket.'),
  versioning: z.enum(['Enabled', 'Suspended']).optional(),
  ownership: z
    .enum(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter', 'none'])
    .optional()
    .describe('Default BucketOwnerEnforced.'),
  grants: z.array(z.strictObject({group: z.string(), permission: z.string()})).optional(),
  accessLog: z.strictObject({bucket: z.string(), prefix: z.string()}).optional(),
  lifecycle: z.array(lifecycleRule).optional(),
  tags: tags.optional(),
  objects: z.array(objectSchema).optional().describe('What is in it from the start.'),
  shows,
})

const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a UUID')

export const kmsKeySchema = z.strictObject({
  id: uuid,
  aliases: z.array(z.string().startsWith('alias/')).optional(),
  description: z.string().optional(),
  createdOn: moment,
  manager: z.enum(['CUSTOMER', 'AWS']).optional(),
  state: z.enum(['Enabled', 'Disabled', 'PendingDeletion']).optional(),
  deletionOn: moment.optional(),
  rotation: z.boolean().optional().describe('Default true.'),
  policy: policyDocument.optional().describe('Default: the account, and through it IAM.'),
  tags: tags.optional(),
  shows,
})

export const logGroupSchema = z.strictObject({
  name: z.string().regex(/^[.\-_/#A-Za-z0-9]{1,512}$/, 'a log group name'),
  createdOn: moment,
  retentionDays: z.number().int().positive().optional().describe('Default: never expires.'),
  kmsKeyArn: arn.optional(),
  class: z.enum(['STANDARD', 'INFREQUENT_ACCESS']).optional(),
  storedBytes: z.number().int().nonnegative().optional(),
  dataProtection: z.record(z.string(), z.unknown()).optional(),
  metricFilters: z
    .array(z.strictObject({name: z.string(), pattern: z.string(), namespace: z.string(), metric: z.string()}))
    .optional(),
  tags: tags.optional(),
  shows,
})

export const logPolicySchema = z.strictObject({name: z.string(), policy: policyDocument, updatedOn: moment.optional()})
