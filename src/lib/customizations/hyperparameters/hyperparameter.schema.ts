import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'

export const hyperparameterRowSchema = z.object({
  name: z.string(),
  value: z.string().nullable().describe('What the job is made with; null: it is not sent, and the service decides.'),
  from: z.enum(['given', 'default', 'service']).describe('default: not sent, and this is what the service takes.'),
  range: z.string().nullable().describe('1 to 5; null where none is published.'),
  problem: z.string().nullable(),
})
export type HyperparameterRow = Immutable<z.infer<typeof hyperparameterRowSchema>>
