import {z} from 'zod'
import {answerShape, originSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

const fact = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable()

export const shownPriceSchema = z.object({
  profileId: z.string().nullable(),
  region: z.string().nullable().describe('Source Region; `*`: any; null: the group of Regions is not known.'),
  routing: z.string().nullable(),
  tier: z.string(),
  unit: z.string(),
  usd: z.object({
    input: z.number().nullable(),
    output: z.number().nullable(),
    cacheRead: z.number().nullable(),
    cacheWrite: z.number().nullable(),
    cacheWrite1h: z.number().nullable(),
    unit: z.number().nullable(),
  }),
  asOf: z.string(),
  sources: z.array(z.string()),
})

export const shownProfileSchema = z.object({
  id: z.string(),
  kind: z.enum(['geo', 'global']),
  geography: z.string().nullable(),
  routes: z
    .record(regionName, z.array(regionName).nullable())
    .describe('Source Region → destinations; null: not known, or Global: any commercial Region.'),
  disputedSources: z.array(regionName),
})

export const showModelSchema = z.object({
  ...answerShape,
  asked: z.string(),
  matchedBy: z.enum(['id', 'alias', 'context-variant', 'name', 'arn', 'profile', 'resource']),
  modelId: z.string().nullable().describe('The base model; null for an imported model, which has none.'),
  name: z.string().nullable(),
  provider: z.string().nullable(),
  resource: z
    .object({
      kind: z.string(),
      arn: z.string(),
      name: z.string().nullable(),
      status: z.string().nullable(),
      createdAt: z.string().nullable(),
      modelArns: z.array(z.string()),
      details: z.record(z.string(), z.string()),
    })
    .nullable()
    .describe('The account resource or inference profile that was asked for, as the service describes it.'),
  lifecycle: z
    .object({
      status: z.string(),
      phase: z.string().describe('From the dates, today: ACTIVE, LEGACY, EXTENDED_ACCESS, EOL, PREVIEW or UNKNOWN.'),
      launched: z.string().nullable(),
      legacy: z.string().nullable(),
      extendedAccess: z.string().nullable(),
      endOfLife: z.string().nullable(),
      endOfLifeNoSoonerThan: z.string().nullable(),
      source: z.string().nullable(),
    })
    .nullable(),
  facts: z
    .array(z.object({name: z.string(), value: fact.describe('null: not known.'), source: z.string(), asOf: z.string()}))
    .describe('What the catalog knows of the model, each with its source and date.'),
  inRegion: z.array(regionName),
  inRegionDisputed: z.array(regionName),
  mantle: z.array(regionName),
  provisioned: z.array(z.object({id: z.string(), regions: z.array(regionName)})),
  profiles: z.array(shownProfileSchema),
  aliases: z.array(z.string()),
  live: z
    .array(
      z.object({
        region: regionName,
        offered: z.boolean(),
        inRegion: z.boolean(),
        status: z.string().nullable(),
        endOfLife: z.string().nullable(),
        profiles: z.array(z.object({id: z.string(), destinations: z.array(regionName).nullable()})),
        origin: originSchema,
      }),
    )
    .describe('The Regions asked about, as they were read; empty offline.'),
  prices: z.array(shownPriceSchema),
  confidence: z.enum(['high', 'medium', 'low']).nullable(),
  sources: z.array(z.string()),
  asOf: z.string().nullable(),
})
export type ShowModelResult = Immutable<z.infer<typeof showModelSchema>>
