import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

const count = z.int().nonnegative()

const strays = z.object({
  count,
  first: z
    .array(
      z.object({
        source: z.string().describe('s3:// URI of the output.'),
        line: z.int().positive().describe('From 1.'),
        why: z.string(),
      }),
    )
    .describe('The first of them.'),
})

const manifestSchema = z.object({
  total: count.nullable(),
  processed: count.nullable(),
  succeeded: count.nullable(),
  failed: count.nullable(),
  inputTokens: count.nullable(),
  outputTokens: count.nullable(),
})
export type Manifest = Immutable<z.infer<typeof manifestSchema>>

const jobSchema = z.object({
  name: z.string(),
  arn: z.string().nullable().describe('null where no job was made.'),
  round: z.int().positive(),
  shard: z.int().positive().nullable(),
  state: z.string().nullable().describe('null where it could not be read.'),
  files: count.describe('Outputs of it that were found.'),
  lines: count,
  succeeded: count,
  failed: count,
  manifest: manifestSchema.nullable().describe('What the service counted; null where it wrote none.'),
  differences: z.array(z.string()).describe('Where the manifest counts other than what was read.'),
})
export type CollectedJob = Immutable<z.infer<typeof jobSchema>>

const outcomeSchema = z.object({
  outcome: z.enum(['answered', 'failed', 'missing', 'without-id']),
  class: z.string().nullable().describe('throttled, timeout, validation, content-filter, model-error, other, missing.'),
  code: z.union([z.number(), z.string()]).nullable().describe('As the service gave it.'),
  said: z.string().nullable().describe('What the service said of the first.'),
  records: count,
})
export type Outcome = Immutable<z.infer<typeof outcomeSchema>>

const tokensSchema = z.object({
  input: count,
  output: count,
  source: z.enum(['manifests', 'answers', 'manifests and answers']),
  uncounted: count.describe('Answers of jobs without a manifest that do not tell their tokens.'),
})
export type CollectedTokens = Immutable<z.infer<typeof tokensSchema>>

const costSchema = z.object({
  amount: z.number().nullable().describe('null where a price or a count is not known.'),
  currency: z.string().nullable(),
  source: z.string().nullable(),
  asOf: z.string().nullable(),
  why: z.string().nullable().describe('Why the amount is not known.'),
})
export type CollectedCost = Immutable<z.infer<typeof costSchema>>

export const batchCollectSchema = z.object({
  ...answerShape,
  gate: gateSchema.optional().describe('Absent where an output could not be read: what is missing may lie in it.'),
  group: z.string().nullable(),
  region: z.string(),
  input: z.object({
    name: z.string(),
    origin: z
      .enum(['plan', 'shards', 'jobs'])
      .describe('The input of the plan, its shards in S3, or what the jobs name.'),
  }),
  records: count,
  answered: count,
  outcomes: z.array(outcomeSchema).describe('What became of the records; the records of all of them make the whole.'),
  firstMissing: z.array(z.string()).describe('Ids of the first records that no output names.'),
  repeatedIds: count.describe('Records whose id an earlier record has: they are not in the result.'),
  repeatedLines: count.describe('Lines of outputs that say of a record what another line of the same round says.'),
  confused: count.describe('Answers that were left out because two ids look alike to the join; run it again.'),
  foreign: strays.describe('Lines with an id that no record has.'),
  unparsable: strays.describe('Lines that are no answers.'),
  jobs: z.array(jobSchema),
  tokens: tokensSchema.nullable(),
  cost: costSchema,
  out: z
    .object({
      file: z.string().nullable().describe('null: standard output.'),
      format: z.enum(['jsonl', 'csv', 'parquet']),
      bytes: count,
    })
    .nullable()
    .describe('null where there was nothing to write.'),
  failedFile: z.string().nullable(),
  notes: z.array(z.string()),
})
export type BatchCollect = Immutable<z.infer<typeof batchCollectSchema>>
