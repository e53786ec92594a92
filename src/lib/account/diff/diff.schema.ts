import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

const side = z.object({
  file: z.string(),
  account: z.string(),
  takenAt: z.string(),
  complete: z.boolean(),
})

export const snapshotChangeSchema = z.object({
  kind: z.enum(['added', 'removed', 'changed', 'statement-added', 'statement-removed']),
  read: z.string(),
  region: z.string(),
  resource: z.string().describe('Its name, and its id or ARN where that is not the name.'),
  field: z.string().nullable().describe('Path in the resource; null when the whole resource came or went.'),
  before: z.string().nullable(),
  after: z.string().nullable(),
  words: z.string(),
})
export type SnapshotChange = Immutable<z.infer<typeof snapshotChangeSchema>>

export const notComparedSchema = z.object({
  kind: z
    .enum(['no-longer-read', 'newly-read', 'not-collected'])
    .describe('What is behind it may or may not have changed.'),
  read: z.string(),
  region: z.string(),
  resource: z.string().nullable(),
  field: z.string().nullable(),
  words: z.string(),
})
export type NotCompared = Immutable<z.infer<typeof notComparedSchema>>

export const accountDiffSchema = z.object({
  ...answerShape,
  before: side,
  after: side,
  changes: z.array(snapshotChangeSchema),
  notCompared: z.array(notComparedSchema).describe('Read in one snapshot only: no change, and no evidence of none.'),
  gate: gateSchema.optional().describe('With --fail-on-change alone.'),
})
export type AccountDiff = Immutable<z.infer<typeof accountDiffSchema>>
