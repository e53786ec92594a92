import {z} from 'zod'
import {answerShape, gateSchema, originSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

export const resolveModelSchema = z.object({
  ...answerShape,
  asked: z.string().describe('What was asked for, as typed.'),
  modelId: z.string().describe('The base model.'),
  from: regionName,
  id: z.string().nullable().describe('What to pass as modelId; null when no route meets what was asked.'),
  mode: z.enum(['in-region', 'geo', 'global']).nullable(),
  destinations: z
    .array(regionName)
    .nullable()
    .describe('Every Region that may process; null when not known, and for Global.'),
  passedOver: z
    .array(z.object({id: z.string().nullable(), mode: z.enum(['in-region', 'geo', 'global']), reason: z.string()}))
    .describe('Routes that came before in the order of preference, and why they were not taken.'),
  origin: originSchema,
  gate: gateSchema.describe('Whether there is an id to use.'),
})
export type ResolveModelResult = Immutable<z.infer<typeof resolveModelSchema>>
