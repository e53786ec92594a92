import {z} from 'zod'
import {answerShape, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {importRowSchema} from '../imports.schema.js'

export const importsListSchema = z.object({
  ...answerShape,
  regions: z.array(regionName).describe('Whose imports were asked for.'),
  asOf: z.string().describe('ISO 8601: when they were read, by the clock of this machine.'),
  rows: z.array(importRowSchema).describe('Newest first unless sorted.'),
})
export type ImportsListResult = Immutable<z.infer<typeof importsListSchema>>
