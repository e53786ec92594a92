import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {priceOriginSchema} from '../estimate/estimate.schema.js'

export const pricedRowSchema = z.object({
  route: z.string().nullable().describe('in-region, geo, global, mantle; null: the price is not by route.'),
  profile: z.string().nullable().describe('The inference profile that is priced, where it is one alone.'),
  tier: z.string().describe('standard, batch, flex, priority, reserved, …; `standard:input>N` for longer prompts.'),
  meter: z.string().describe('What is counted.'),
  kind: z.string().describe('input, output, cacheRead, cacheWrite, cacheWrite1h; unit for all but tokens.'),
  variant: z.string().nullable(),
  region: z.string().nullable().describe('`*`: any Region; null: the group of Regions is not known.'),
  amount: z.number(),
  currency: z.string().describe('ISO 4217.'),
  unit: z.string().describe('What the amount is for, such as `1M tokens`.'),
  sku: z.string().nullable(),
  offer: z.string().nullable().describe('Service code of the Price List; null for what comes from elsewhere.'),
  asOf: z.string(),
  sources: z.array(z.string()),
  confidence: z.enum(['high', 'medium', 'low']),
  note: z.string().nullable(),
})

export const disagreementSchema = z.object({
  route: z.string(),
  kind: z.string(),
  region: z.string().describe('Where our price holds.'),
  ours: z.number(),
  ourSources: z.array(z.string()),
  theirs: z.number(),
  theirId: z.string().describe('The entry of the other list.'),
})

export const secondOpinionSchema = z.object({
  source: z.string(),
  agree: z.number().int().describe('Prices that are the same, or within 1 %.'),
  disagreements: z.array(disagreementSchema).describe('More than 1 % apart. Never used as a price.'),
})

export const unparsedProductsSchema = z.object({
  offer: z.string(),
  region: z.string(),
  usageType: z.string(),
  name: z.string().nullable(),
  reason: z.string(),
  products: z.number().int(),
})

export const pricesSchema = z.object({
  ...answerShape,
  prices: priceOriginSchema,
  id: z.string().nullable().describe('Base model, or what is billed beside models; null: none was asked for.'),
  name: z.string().nullable(),
  regions: z.array(z.string()).describe('Regions that were asked for; empty: all.'),
  rows: z.array(pricedRowSchema),
  secondOpinion: secondOpinionSchema.nullable().describe('null: the other list does not have the model.'),
  unparsed: z
    .array(unparsedProductsSchema)
    .nullable()
    .describe('What the lists that were read hold and this tool does not understand; null: not asked for.'),
})

export type PricedRow = Immutable<z.infer<typeof pricedRowSchema>>
export type Disagreement = Immutable<z.infer<typeof disagreementSchema>>
export type SecondOpinion = Immutable<z.infer<typeof secondOpinionSchema>>
export type UnparsedProduct = Immutable<z.infer<typeof unparsedProductsSchema>>
export type PricesResult = Immutable<z.infer<typeof pricesSchema>>
