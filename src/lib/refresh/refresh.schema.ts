import {z} from 'zod'
import {answerShape, regionName} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'

const count = z.number().int().nonnegative()

export const refreshChangeSchema = z.object({
  kind: z.enum([
    'model-added',
    'model-gone',
    'model-changed',
    'profile-added',
    'profile-gone',
    'destinations-changed',
    'price-added',
    'price-gone',
    'price-changed',
    'quota-added',
    'quota-gone',
    'quota-changed',
  ]),
  region: regionName,
  id: z.string().describe('Model id, profile id, or quota code.'),
  detail: z
    .string()
    .nullable()
    .describe(
      'What of it: `status`, `end of life`, `in-region/geo batch input`, `guardrail-text-unit topic`, the name of the quota.',
    ),
  before: z.union([z.string(), z.number(), z.array(regionName)]).nullable(),
  after: z
    .union([z.string(), z.number(), z.array(regionName)])
    .nullable()
    .describe(
      'Prices: in USD, or the currency the detail ends in, for the unit of the meter; null where there is none.',
    ),
})

export const refreshPartSchema = z.object({
  part: z.enum(['models', 'prices', 'quotas']),
  file: z.string(),
  state: z
    .enum(['written', 'dry-run', 'kept', 'unavailable'])
    .describe('kept: nothing could be read, the file is as it was. unavailable: the partition has no such service.'),
  regions: z.array(regionName).describe('Read in this run.'),
  kept: z
    .array(z.object({region: regionName, readAt: z.string()}))
    .describe('Regions of which the cache still holds an earlier read.'),
  records: count.describe(
    'Read in this run: models and profiles, prices of one model, routing, tier, meter and variant, or quotas.',
  ),
  comparedWith: z.array(z.enum(['cache', 'bundle'])).describe('Empty: there was nothing to compare with.'),
  ignored: z.string().nullable().describe('Why the cache that was there is neither compared with nor kept.'),
})

export const unparsedPriceSchema = z.object({
  offer: z.string().describe('Service code of the Price List.'),
  usageType: z.string().describe('Without the abbreviation of its Region.'),
  name: z.string().nullable().describe('Name of the model in the list.'),
  reason: z.string(),
  products: count,
})

export const refreshSchema = z.object({
  ...answerShape,
  account: z.string(),
  partition: z.string(),
  dryRun: z.boolean().describe('Nothing was written.'),
  interrupted: z.boolean().describe('Stopped on the way: what is whole was kept.'),
  regions: z.array(regionName).describe('Regions asked for that the account has enabled.'),
  notEnabled: z.array(regionName),
  parts: z.array(refreshPartSchema),
  changes: z.array(refreshChangeSchema),
  unparsed: z.array(unparsedPriceSchema).describe('Products of the Price List that are not understood as a price.'),
})

export type RefreshChange = Immutable<z.infer<typeof refreshChangeSchema>>
export type RefreshPart = Immutable<z.infer<typeof refreshPartSchema>>
export type UnparsedProducts = Immutable<z.infer<typeof unparsedPriceSchema>>
export type RefreshResult = Immutable<z.infer<typeof refreshSchema>>
