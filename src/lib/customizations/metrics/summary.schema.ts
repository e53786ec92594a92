import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'

const placed = z.object({step: z.number(), value: z.number()})

export const metricSummarySchema = z.object({
  name: z.string(),
  of: z.enum(['training', 'validation']),
  points: z.int(),
  first: placed,
  last: placed,
  least: placed,
  most: placed,
})
export type MetricSummary = Immutable<z.infer<typeof metricSummarySchema>>
