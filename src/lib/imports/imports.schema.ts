import {z} from 'zod'
import {regionName} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'

export const importRowSchema = z.object({
  name: z.string().describe('Of the model; of the job where it names none.'),
  region: regionName,
  state: z
    .string()
    .describe(
      'InProgress, Completed, Failed as the service says; Deleted: the import completed and its model is gone.',
    ),
  architecture: z.string().nullable().describe('As the service names it, once the model is there.'),
  converse: z.boolean().nullable().describe('Whether Converse works with it; null where nobody says.'),
  createdAt: z.string().describe('ISO 8601: when the import began.'),
  endedAt: z.string().nullable(),
  seconds: z.number().nonnegative().nullable().describe('How long the import took, or has taken so far.'),
  jobName: z.string().nullable(),
  jobArn: z.string().nullable(),
  modelArn: z.string().nullable(),
})
export type ImportRow = Immutable<z.infer<typeof importRowSchema>>

export const importFailureSchema = z.object({
  message: z.string().describe('In the words of the service.'),
  kind: z.enum(['model', 'place', 'access', 'size', 'service', 'unknown']),
  remedy: z.string().nullable().describe('What to do; null where the message is not known.'),
})
export type ImportFailure = Immutable<z.infer<typeof importFailureSchema>>

export const unitCostSchema = z.object({
  currency: z.string(),
  unitsPerCopy: z
    .number()
    .nullable()
    .describe('Custom Model Units of one copy; null before the import: all amounts are then for one unit.'),
  version: z.string().describe('Of the Custom Model Unit: v1.0, v2.0.'),
  perWindow: z.number().nullable().describe('Five minutes of one copy in which it was called; idle ones cost nothing.'),
  perHour: z.number().nullable().describe('An hour of one copy, called in each of its five minutes.'),
  storagePerMonth: z.number().nullable().describe('For as long as the model is kept, called or not.'),
  source: z.string(),
  asOf: z.string(),
})
export type UnitCost = Immutable<z.infer<typeof unitCostSchema>>
