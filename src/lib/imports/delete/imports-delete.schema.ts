import {z} from 'zod'
import {answerShape, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {unitCostSchema} from '../imports.schema.js'

export const importsDeleteSchema = z.object({
  ...answerShape,
  outcome: z
    .enum(['would-delete', 'deleted', 'already-deleted'])
    .describe('already-deleted: it was imported once, and is not there any more.'),
  model: z.object({name: z.string(), arn: z.string(), region: regionName}),
  cost: unitCostSchema.nullable().describe('What it costs while it is kept; null where nothing tells.'),
  s3Uri: z.string().nullable().describe('Its files, which stay.'),
})
export type ImportsDeleteResult = Immutable<z.infer<typeof importsDeleteSchema>>
