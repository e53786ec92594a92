import {z} from 'zod'
import {answerShape, gateSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

export const customizationDeleteSchema = z.object({
  ...answerShape,
  gate: gateSchema.describe('Nothing serves the model any more.'),
  name: z.string(),
  arn: z.string().nullable().describe('null where there is no such model.'),
  region: regionName.nullable(),
  outcome: z.enum(['would-delete', 'deleted', 'gone', 'refused']).describe('gone: there is none of that name.'),
  servedBy: z.array(
    z.object({name: z.string(), arn: z.string(), kind: z.enum(['deployment', 'provisioned-throughput'])}),
  ),
  next: z.array(z.string()),
})
export type CustomizationDeleteResult = Immutable<z.infer<typeof customizationDeleteSchema>>
