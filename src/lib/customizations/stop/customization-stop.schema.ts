import {z} from 'zod'
import {answerShape, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

const stopItemSchema = z.object({
  target: z.string().describe('As it was typed.'),
  name: z.string(),
  arn: z.string(),
  region: regionName,
  state: z.string().describe('Before.'),
  outcome: z.enum(['would-stop', 'stopping', 'stopped', 'already-stopping', 'already-ended']),
})
export type StopItem = Immutable<z.infer<typeof stopItemSchema>>

export const customizationStopSchema = z.object({
  ...answerShape,
  dryRun: z.boolean(),
  jobs: z.array(stopItemSchema),
  next: z.array(z.string()),
})
export type CustomizationStopResult = Immutable<z.infer<typeof customizationStopSchema>>
