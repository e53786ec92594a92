import {z} from 'zod'
import {capacityCreateSchema} from '../../capacity/create/capacity-create.schema.js'
import {answerShape, gateSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {priceLineSchema} from '../create/customization-create.schema.js'

export const customizationDeploySchema = z.object({
  ...answerShape,
  gate: gateSchema.describe('Nothing stands in the way, and what was waited for can be called.'),
  model: z.object({name: z.string(), arn: z.string(), baseModel: z.string().nullable()}),
  region: regionName,
  way: z.enum(['on-demand', 'provisioned-throughput']),
  why: z.string().describe('Why that way.'),
  name: z.string(),
  outcome: z
    .enum(['would-create', 'refused', 'created', 'exists', 'in-service', 'failed', 'timed-out'])
    .describe('exists: the same was made before. in-service, failed, timed-out: it was waited for.'),
  arn: z.string().nullable(),
  state: z.string().nullable(),
  message: z.string().nullable().describe('Why it failed, in the words of the service.'),
  price: z.array(priceLineSchema),
  provisioned: capacityCreateSchema
    .pick({units: true, commitment: true, endsOn: true, hourly: true, committed: true, checks: true})
    .nullable(),
  next: z.array(z.string()),
})
export type CustomizationDeployResult = Immutable<z.infer<typeof customizationDeploySchema>>
