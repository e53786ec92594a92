import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

const count = z.int().nonnegative()
const roleOfFile = z.enum(['training', 'validation'])
const limit = count.nullable()

const findingSchema = z.object({
  code: z.string().describe('Stable; scripts match on it.'),
  severity: z.enum(['error', 'warning', 'note']).describe('An error makes the job fail, or train on something else.'),
  file: roleOfFile.nullable().describe('null: the data set as a whole.'),
  path: z.string().nullable().describe('Where in the row, without indices; null for the row as a whole.'),
  text: z.string().describe('What is wrong, in the words of the first one.'),
  fix: z.string(),
  count: z.int().positive(),
  lines: z
    .array(z.object({line: z.int().positive(), row: z.string().nullable()}))
    .describe('The first ones; lines count from 1. `row` is the clipped text, with --show-rows.'),
  fixable: z.boolean().describe('--fix repairs all of them.'),
})
export type DatasetFinding = Immutable<z.infer<typeof findingSchema>>

const tokensSchema = z.object({low: count, mean: count, high: count})

const fileSchema = z.object({
  role: roleOfFile,
  name: z.string(),
  bytes: count,
  rows: count.describe('Lines that are not blank.'),
  wrongRows: count.describe('Rows about which something must be mended.'),
  inputCharacters: count,
  outputCharacters: count,
  tokens: tokensSchema.describe('Of text, estimated from the characters; media are not in it.'),
  longest: z.object({line: z.int().positive(), tokens: count}).nullable(),
  histogram: z
    .array(z.object({least: count, beyond: count, rows: count}))
    .describe('Rows by their estimated tokens, from `least` up to, but not including, `beyond`.'),
  images: count,
  videos: count,
  documents: count,
})
export type DatasetFile = Immutable<z.infer<typeof fileSchema>>

const priceSchema = z.object({
  epochs: z.number().positive(),
  epochsFrom: z.string().describe('Where the number of epochs comes from.'),
  region: z
    .string()
    .nullable()
    .describe('Whose price it is: the Region asked for, else the first that takes such jobs.'),
  tokens: count.describe('Of the training file, by the mean of the estimate.'),
  amount: z.string().nullable().describe('tokens × epochs × rate, a decimal; null where no price is known.'),
  currency: z.string().nullable(),
  storagePerMonth: z.string().nullable().describe('For one custom model.'),
  source: z.string().nullable(),
  asOf: z.string().nullable(),
  said: z.string().describe('What is in it and what is not, or why there is none.'),
})
export type TrainingPrice = Immutable<z.infer<typeof priceSchema>>

const copySchema = z.object({
  role: roleOfFile,
  file: z.string(),
  rows: count,
  bytes: count,
  repaired: z.record(z.string(), count).describe('Rows that were changed, by the codes of what was wrong.'),
  dropped: z.record(z.string(), count).describe('Lines that were left out, by the code of why.'),
  wrong: count.describe('Rows in it that still must be mended.'),
})
export type PreparedCopy = Immutable<z.infer<typeof copySchema>>

export const customizationCheckSchema = z.object({
  ...answerShape,
  base: z.object({
    id: z.string(),
    region: z.string().nullable(),
    type: z.string().describe('As CreateModelCustomizationJob names it.'),
  }),
  format: z.object({id: z.string(), name: z.string()}).describe('What rows were held against.'),
  limits: z.object({
    leastRows: limit,
    mostRows: limit,
    together: z.boolean().describe('Whether training and validation count together.'),
    mostValidationRows: limit,
    inputTokens: limit,
    outputTokens: limit,
    rowTokens: limit,
    lineBytes: limit,
    rowsFrom: z
      .string()
      .describe('Where the bound on rows comes from: a quota that was applied, or what is documented.'),
    asOf: z.string(),
  }),
  tokenRule: z.string(),
  files: z.array(fileSchema),
  findings: z.array(findingSchema).describe('Errors first.'),
  media: z
    .object({named: count.describe('Different ones.'), checked: count, unread: count})
    .describe('`checked`: looked at in S3, with --check-media.'),
  price: priceSchema.nullable().describe('null where the base has no customization of that type.'),
  copies: z.array(copySchema),
  rejects: z.object({file: z.string(), lines: count, bytes: count}).nullable(),
  gate: gateSchema,
})
export type CustomizationCheck = Immutable<z.infer<typeof customizationCheckSchema>>
