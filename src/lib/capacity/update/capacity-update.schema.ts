import {z} from 'zod'
import {answerShape, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

export const capacityUpdateSchema = z.object({
  ...answerShape,
  outcome: z.enum(['would-update', 'updating', 'unchanged']),
  kind: z.enum(['provisioned', 'deployment']),
  name: z.string(),
  arn: z.string(),
  region: regionName,
  modelArn: z.string().describe('What it serves until the change is done.'),
  change: z.object({
    name: z.string().nullable().describe('New name; null: it stays.'),
    modelArn: z.string().nullable().describe('New model; null: it stays.'),
  }),
})
export type CapacityUpdateResult = Immutable<z.infer<typeof capacityUpdateSchema>>
