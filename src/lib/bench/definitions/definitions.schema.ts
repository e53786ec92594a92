import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

const definitionSchema = z.object({
  metric: z.string().describe('As in results and assertions.'),
  unit: z.string(),
  title: z.string(),
  text: z.string(),
})
export type Definition = Immutable<z.infer<typeof definitionSchema>>

export const benchMetricsSchema = z.object({...answerShape, definitions: z.array(definitionSchema)})
/** What the numbers of a bench mean. */
export type BenchMetrics = Immutable<z.infer<typeof benchMetricsSchema>>
