import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'

/** The same model from the same Region, for less. */
export const cheaperChoiceSchema = z.object({
  workload: z.string(),
  call: z.string().describe('What to call: the inference profile where the route has one.'),
  route: z.string(),
  tier: z.string(),
  month: z.object({currency: z.string(), amount: z.number()}),
  saves: z.number().describe('Of the month: 0.5 is half of it.'),
  changes: z.array(z.string()).describe('What is different besides the cost.'),
})

export type CheaperChoice = Immutable<z.infer<typeof cheaperChoiceSchema>>
