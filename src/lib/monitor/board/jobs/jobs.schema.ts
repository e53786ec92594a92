import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'

/** Something that can be done about a row; offered only with --allow-actions. */
export const rowActionSchema = z.object({
  name: z.enum(['stop', 'collect', 'delete']),
  effect: z.string().describe('What it does, and what that saves or loses, in one line.'),
  confirm: z.string().describe('What must be typed to do it.'),
})
export type RowAction = Immutable<z.infer<typeof rowActionSchema>>

const tone = z.enum(['good', 'bad', 'warn']).nullable()
const count = z.number().nullable()

/** A shard of a group, or a phase of a job. */
export const jobPartSchema = z.object({
  name: z.string(),
  state: z.string(),
  tone,
  done: count,
  failed: count,
  total: count,
  startedAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable().describe('null while it runs: then its time goes on.'),
})
export type JobPart = Immutable<z.infer<typeof jobPartSchema>>

export const jobRowSchema = z.object({
  kind: z.enum(['batch', 'group', 'import', 'customization', 'evaluation', 'copy']),
  id: z.string().describe('Name of a group, ARN of a job.'),
  name: z.string(),
  model: z.string().nullable(),
  state: z.string().describe('As the service names it; "unread" where jobs of this kind could not be listed.'),
  tone,
  live: z.boolean().describe('It has not ended.'),
  at: z.string().nullable().describe('What a live job is at, where the state does not say: "training".'),
  done: count.describe('Records that were answered, steps that were trained.'),
  failed: count,
  total: count,
  unit: z.string().nullable().describe('What is counted: records, steps.'),
  createdAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
  etaMs: z.number().nullable().describe('Time left when it was read; null where nothing tells.'),
  etaIs: z
    .enum(['about', 'at-most'])
    .nullable()
    .describe('about: by what moved between looks. at-most: waiting is in it.'),
  perSecond: z.number().nullable().describe('Of the unit, by the same evidence as the time left.'),
  cost: z
    .object({
      low: z.string().nullable(),
      high: z.string().nullable(),
      currency: z.string(),
      how: z.string().describe('What it was computed from.'),
    })
    .nullable()
    .describe('So far; null where nothing is known of it.'),
  message: z.string().nullable().describe('Why it failed, or what it waits for.'),
  remedy: z.string().nullable().describe('What to do about the failure, where its message is known.'),
  next: z.array(z.string()).describe('Commands to go on with, best first.'),
  parts: z.array(jobPartSchema).describe('Shards of a group, phases of a job; the live ones where there are too many.'),
  partsLeftOut: z.number().int().describe('Shards beyond those.'),
  metrics: z
    .array(z.object({name: z.string(), points: z.array(z.tuple([z.number(), z.number()]))}))
    .describe('Of a training, by step, thinned out.'),
  facts: z.array(z.tuple([z.string(), z.string()])).describe('What a description of it says further: name and value.'),
  actions: z.array(rowActionSchema),
})
export type JobRow = Immutable<z.infer<typeof jobRowSchema>>
export const jobRowsSchema = z.array(jobRowSchema)
