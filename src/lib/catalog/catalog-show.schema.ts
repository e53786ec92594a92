import {z} from 'zod'
import {answerShape, isoDate} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'

const count = z.number().int().nonnegative()

const catalogCoverageSchema = z.object({
  subject: z.enum(['models', 'profiles', 'regions', 'prices', 'features']),
  item: z.string().describe('What is counted: a status, a field that is known, a kind of record.'),
  known: count,
  of: count,
})

const catalogSourceSchema = z.object({
  name: z.string(),
  newest: z
    .string()
    .nullable()
    .describe('ISO date or month in its name, else the newest date among its records; null: undated.'),
  ageDays: z.number().int().nullable(),
  models: count,
  profiles: count,
  regions: count,
  prices: count,
  features: count,
})

const catalogCachePartSchema = z.object({
  part: z.enum(['models', 'prices', 'quotas']),
  simulated: z.boolean().describe('Kept of what a sandbox said; only a sandbox is answered from it.'),
  file: z.string(),
  state: z.enum(['used', 'absent', 'ignored']),
  reason: z.string().nullable().describe('Why it is ignored.'),
  writtenAt: z.string().nullable(),
  oldest: z.string().nullable().describe('ISO 8601: the oldest read that it holds.'),
  ageHours: z.number().int().nullable().describe('Whole hours since the oldest read.'),
  account: z.string().nullable(),
  regions: count,
  records: count,
})

export const catalogShowSchema = z.object({
  ...answerShape,
  compiledOn: isoDate,
  ageDays: z.number().int().describe('Days since compiledOn.'),
  coverage: z.array(catalogCoverageSchema),
  cache: z.array(catalogCachePartSchema).describe('What catalog refresh kept; it beats the bundle offline.'),
  sources: z.array(catalogSourceSchema).describe('The source with most records first.'),
})

export type CatalogCoverage = Immutable<z.infer<typeof catalogCoverageSchema>>
export type CatalogSource = Immutable<z.infer<typeof catalogSourceSchema>>
export type CatalogCachePart = Immutable<z.infer<typeof catalogCachePartSchema>>
export type CatalogShowResult = Immutable<z.infer<typeof catalogShowSchema>>
