import {z} from 'zod'
import {apiPart, arn, moment, shows, tags} from './scenario-parts.schema.js'

export const trailSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{2,127}$/, 'a trail name'),
  bucket: z.string(),
  keyPrefix: z.string().optional(),
  logging: z.boolean().optional().describe('Default true.'),
  multiRegion: z.boolean().optional().describe('Default true.'),
  organization: z.boolean().optional(),
  globalEvents: z.boolean().optional(),
  validation: z.boolean().optional().describe('Log file validation; default true.'),
  kmsKeyArn: arn.optional(),
  logGroupArn: arn.optional(),
  logRoleArn: arn.optional(),
  deliveryError: z.string().optional(),
  startedOn: moment,
  selectors: z.array(apiPart).optional().describe('Default: all management events.'),
  advancedSelectors: z.array(apiPart).optional().describe('In place of `selectors`.'),
  shows,
})

export const eventDataStoreSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f-]{36}$/, 'a UUID'),
  name: z.string(),
  status: z.enum(['ENABLED', 'PENDING_DELETION', 'STOPPED_INGESTION']).optional(),
  multiRegion: z.boolean().optional(),
  organization: z.boolean().optional(),
  retentionDays: z.number().int().positive().optional(),
  kmsKeyArn: arn.optional(),
  createdOn: moment,
  selectors: z.array(apiPart).optional(),
  tags: tags.optional(),
  shows,
})

export const eventSchema = z
  .strictObject({
    name: z.string().describe('Converse, ListFoundationModels, …'),
    source: z.string().optional().describe('Default bedrock.amazonaws.com.'),
    by: z.string().describe('user/NAME, role/NAME/SESSION or root.'),
    accessKeyId: z.string().optional(),
    minutesAgo: z.number().nonnegative().describe('When it happened last, from the start of the sandbox.'),
    times: z.number().int().positive().optional(),
    everyMinutes: z.number().positive().optional().describe('Between repetitions; default 60.'),
    readOnly: z.boolean().optional().describe('Default true.'),
    model: z.string().optional(),
    inferenceRegion: z.string().optional().describe('Where a cross-Region call was served.'),
    error: z.strictObject({code: z.string(), message: z.string()}).optional(),
    sourceIp: z.string().optional(),
    userAgent: z.string().optional(),
    vpcEndpoint: z.string().optional(),
    bearerToken: z.boolean().optional().describe('Signed in with a Bedrock API key.'),
    shows,
  })
  .describe('Events of the event history.')
