import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

const measured = z.object({
  value: z.number(),
  low: z.number().nullable().describe('95 % interval; null where there is none.'),
  high: z.number().nullable(),
})

const sideSchema = z.object({run: z.string(), target: z.string()})

export const comparisonRowSchema = z.object({
  level: z.string(),
  metric: z.string(),
  unit: z.string(),
  better: z.enum(['less', 'more']),
  base: sideSchema,
  other: sideSchema,
  baseValue: measured,
  otherValue: measured,
  change: measured.nullable().describe('Relative to the base: 0.1 is 10 % more. null: the base is 0.'),
  verdict: z
    .enum(['better', 'worse', 'no-difference', 'unknown'])
    .describe('no-difference: the interval holds 0, made as wide as all that is compared at once demands.'),
})
export type ComparisonRow = Immutable<z.infer<typeof comparisonRowSchema>>

export const benchCompareSchema = z.object({
  ...answerShape,
  runs: z.array(z.object({id: z.string(), name: z.string().nullable(), startedAt: z.string(), verdict: z.string()})),
  differences: z
    .array(z.string())
    .describe('What the runs do not have alike, and what therefore moves their numbers apart.'),
  rows: z.array(comparisonRowSchema),
  unmatched: z.array(z.string()).describe('Targets and levels that only one side has.'),
})
export type BenchCompareResult = Immutable<z.infer<typeof benchCompareSchema>>
