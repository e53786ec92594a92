import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {runSummarySchema} from '../metrics/summary.schema.js'

export const benchReportSchema = z.object({
  ...answerShape,
  runs: z.array(runSummarySchema),
  file: z.string().nullable().describe('Where the report was written; null: it is the answer.'),
})
/** Runs as one report. */
export type BenchReport = Immutable<z.infer<typeof benchReportSchema>>
