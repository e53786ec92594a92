import {z} from 'zod'
import {answerShape, gateSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {moneySchema, priceOriginSchema} from '../../cost/estimate/estimate.schema.js'
import {commitmentName} from '../capacity.schema.js'

const checkSchema = z.object({
  id: z.enum(['model', 'units', 'units-of-model', 'commitment']),
  verdict: z.enum(['ok', 'blocker', 'unknown']),
  said: z.string(),
  fix: z.string().nullable(),
})

export const capacityCreateSchema = z.object({
  ...answerShape,
  gate: gateSchema.describe('No check is a blocker, and what was waited for came into service.'),
  outcome: z
    .enum(['would-create', 'refused', 'created', 'exists', 'in-service', 'failed', 'timed-out'])
    .describe('exists: the same was made before. in-service, failed, timed-out: it was waited for.'),
  name: z.string(),
  region: regionName,
  modelId: z.string().describe('As Bedrock takes it: with the suffix of its context, or a custom model.'),
  baseModelId: z.string(),
  units: z.number().int(),
  commitment: commitmentName,
  endsOn: z
    .string()
    .nullable()
    .describe('About when it can be deleted: whether AWS counts months or days is not published.'),
  hourly: moneySchema.nullable(),
  committed: moneySchema.nullable().describe('What the whole term costs.'),
  prices: priceOriginSchema,
  checks: z.array(checkSchema),
  arn: z.string().nullable(),
  state: z.string().nullable(),
  next: z.array(z.string()),
})
export type CapacityCreateResult = Immutable<z.infer<typeof capacityCreateSchema>>
export type CreateCheck = CapacityCreateResult['checks'][number]
