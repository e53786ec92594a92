import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'

const metricPointSchema = z.object({
  step: z.number(),
  epoch: z.number().nullable().describe('As the file counts them; null where it does not.'),
  value: z.number().describe('The mean where a step has several rows.'),
})

export const metricSeriesSchema = z.object({
  name: z.string().describe('As the column of the file is called: training_loss, validation_loss, perplexity, …'),
  of: z.enum(['training', 'validation']),
  points: z.array(metricPointSchema).describe('By step, each once.'),
})
export type MetricSeries = Immutable<z.infer<typeof metricSeriesSchema>>
export type MetricPoint = MetricSeries['points'][number]

export const metricFileSchema = z.object({
  uri: z.string(),
  of: z.enum(['training', 'validation']),
  bytes: z.int(),
  modifiedAt: z.string(),
  rows: z.int().describe('Without the header; those that hold no step are left out.'),
})
export type MetricFile = Immutable<z.infer<typeof metricFileSchema>>
