import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'

/** Something that can be done about a row; offered only with --allow-actions. */
export const rowActionSchema = z.object({
  name: z.enum(['stop', 'collect', 'delete']),
  effect: z.string().describe('What it does, and what that saves or loses, in one line.'),
  confirm: z.string().describe('What must be typed to do it.'),
})
export type RowAction = Immutable<z.infer<typeof rowActionSchema>>

export const jobRowSchema = z.object({
  kind: z.enum(['batch', 'group', 'import', 'customization', 'evaluation', 'copy']),
  id: z.string().describe('Name of a group, ARN of a job.'),
  name: z.string(),
  model: z.string().nullable(),
  state: z.string().describe('As the service names it.'),
  tone: z.enum(['good', 'bad', 'warn']).nullable(),
  live: z.boolean().describe('It has not ended.'),
  done: z.number().nullable(),
  failed: z.number().nullable(),
  total: z.number().nullable(),
  unit: z.string().nullable().describe('What is counted: records, steps, bytes.'),
  createdAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
  etaMs: z.number().nullable().describe('Time left; null where nothing tells.'),
  cost: z.object({low: z.string(), high: z.string(), currency: z.string()}).nullable(),
  message: z.string().nullable().describe('Why it failed, or what it waits for.'),
  facts: z.array(z.tuple([z.string(), z.string()])).describe('What a description of it says further: name and value.'),
  actions: z.array(rowActionSchema),
})
export type JobRow = Immutable<z.infer<typeof jobRowSchema>>
export const jobRowsSchema = z.array(jobRowSchema)
