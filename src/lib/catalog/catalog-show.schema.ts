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

export const catalogShowSchema = z.object({
  ...answerShape,
  compiledOn: isoDate,
  ageDays: z.number().int().describe('Days since compiledOn.'),
  coverage: z.array(catalogCoverageSchema),
  sources: z.array(catalogSourceSchema).describe('The source with most records first.'),
})

export type CatalogCoverage = Immutable<z.infer<typeof catalogCoverageSchema>>
export type CatalogSource = Immutable<z.infer<typeof catalogSourceSchema>>
export type CatalogShowResult = Immutable<z.infer<typeof catalogShowSchema>>
