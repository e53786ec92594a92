import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'

// What happened to a group, one JSON object a line, in the order in which it happened. A line is written and flushed
// before (`asked`) and after (`created`) what it tells; the state of a group is the fold of its lines and nothing else.

const shard = {at: z.iso.datetime(), round: z.int().positive(), shard: z.int().positive()}
const count = z.int().nonnegative().nullable()

export const journalEventSchema = z.discriminatedUnion('kind', [
  z.object({kind: z.literal('round-added'), at: z.iso.datetime(), round: z.int().positive(), planSha256: z.string()}),
  z.object({kind: z.literal('upload-started'), ...shard, uploadId: z.string(), partBytes: z.int().positive()}),
  z
    .object({kind: z.literal('upload-ended'), ...shard})
    .describe('What was begun of it is removed from S3, as it gets no job.'),
  z.object({kind: z.literal('uploaded'), ...shard, etag: z.string(), bytes: z.int().nonnegative()}),
  z.object({kind: z.literal('job-asked'), ...shard, name: z.string(), token: z.string()}),
  z.object({kind: z.literal('job-created'), ...shard, arn: z.string()}),
  z
    .object({kind: z.literal('job-refused'), ...shard, code: z.string(), said: z.string()})
    .describe('Refused for good, such as by a validation: waiting does not help.'),
  z.object({
    kind: z.literal('job-ended'),
    ...shard,
    arn: z.string(),
    state: z.string(),
    said: z.string().nullable(),
    total: count,
    processed: count,
    succeeded: count,
    failed: count,
  }),
  z
    .object({
      kind: z.literal('answered'),
      ...shard,
      total: z.int().nonnegative(),
      succeeded: z.int().nonnegative(),
      failed: z.int().nonnegative(),
    })
    .describe('A shard on demand: every record was asked, and the answers lie in S3.'),
  z
    .object({kind: z.literal('stop-asked'), ...shard, arn: z.string().nullable()})
    .describe('Without an ARN no job was made yet: the shard is left out for good, and its records count as missing.'),
])
export type JournalEvent = Immutable<z.infer<typeof journalEventSchema>>
