import {z} from 'zod'
import {answerShape, gateSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {lockFileSchema} from './lock-file.schema.js'

export const lockChangeSchema = z.object({
  kind: z.enum([
    'phase',
    'date-announced',
    'date-moved',
    'date-withdrawn',
    'route-added',
    'route-gone',
    'destination-added',
    'destination-removed',
  ]),
  modelId: z.string(),
  region: regionName.nullable().describe('The source Region; null for what is not regional.'),
  id: z.string().nullable().describe('The id of the route, where one changed.'),
  before: z.string().nullable(),
  after: z.string().nullable(),
  words: z.string(),
})
export type LockChange = Immutable<z.infer<typeof lockChangeSchema>>

export const lockResultSchema = z.object({
  ...answerShape,
  file: z.string(),
  outcome: z
    .enum(['written', 'unchanged', 'would-write', 'not-written', 'checked'])
    .describe('not-written: a Region could not be read, and half a lock file would be a wrong one.'),
  lock: lockFileSchema.describe('What was written or would be; for --check, what is true now.'),
  changes: z.array(lockChangeSchema).describe('What differs from the file as it was.'),
  undecided: z.array(z.string()).describe('What the facts at hand cannot compare, and why.'),
  gate: gateSchema.optional().describe('With --check alone.'),
})
export type LockResult = Immutable<z.infer<typeof lockResultSchema>>
