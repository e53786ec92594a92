import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'

export const alarmRowSchema = z.object({
  name: z.string(),
  arn: z.string(),
  state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
  sinceMs: z.number().nullable(),
  reason: z.string().nullable(),
  metric: z.string().nullable(),
  namespace: z.string().nullable(),
  dimensions: z.record(z.string(), z.string()),
  rule: z.string().nullable().describe('When it alarms, in one line; of a composite alarm its rule.'),
})
export type AlarmRow = Immutable<z.infer<typeof alarmRowSchema>>
export const alarmRowsSchema = z.array(alarmRowSchema)
