import {z} from 'zod'
import {regionName} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'
import {METER_IDS} from './meters.js'

// The project's own shape of the bundled facts. `null` is unknown and stays unknown; every record keeps its source,
// date and confidence. Files under data/catalog are written by scripts/compile-catalog.ts and checked against this.

const provenance = {
  asOf: z.string().describe('ISO date on which the source was true, or the source’s own words when it is undated.'),
  sources: z.array(z.string()).min(1),
  confidence: z.enum(['high', 'medium', 'low']),
}

const catalogProfileSchema = z.object({
  id: z.string(),
  kind: z.enum(['geo', 'global']),
  geography: z
    .string()
    .nullable()
    .describe('Id of a geography: us, eu, apac, jp, au, ca, in, us-gov; null for Global.'),
  routes: z
    .record(regionName, z.array(regionName).nullable())
    .describe(
      'Source Region → every Region that may process; null: not seen. Global: null, the service chooses. Empty: no source Region was seen, which does not mean that there is none.',
    ),
  disputedSources: z
    .array(regionName)
    .describe('Source Regions that AWS documentation lists and API snapshots do not.'),
  sources: z.array(z.string()).min(1).describe('What listed this profile; its date is the model’s.'),
})

export const catalogModelSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  provider: z.string(),
  listNames: z
    .array(z.string())
    .describe('What the AWS Price List calls the model where that is not its name: names and words of usage types.'),
  aliasOf: z.string().nullable(),
  contextVariants: z.array(z.string()).describe('Ids of the same model with a fixed context, such as `…:0:300k`.'),
  inputModalities: z.array(z.string()).nullable(),
  outputModalities: z.array(z.string()).nullable(),
  contextTokens: z.number().int().positive().nullable(),
  maxOutputTokens: z.number().int().positive().nullable(),
  streaming: z.boolean().nullable(),
  tools: z.boolean().nullable(),
  promptCaching: z.boolean().nullable(),
  batch: z.boolean().nullable(),
  customizations: z.array(z.string()),
  customizationRegions: z.array(regionName),
  serviceTiers: z.array(z.string()).nullable(),
  apis: z.array(z.string()).nullable(),
  endpoints: z.array(z.enum(['bedrock-runtime', 'bedrock-mantle'])).nullable(),
  lifecycle: z.object({
    status: z
      .enum(['ACTIVE', 'LEGACY', 'EOL', 'PREVIEW', 'UNLISTED'])
      .describe('In the file: as of compiledOn. From an opened catalog: moved on by the dates that have come since.'),
    launched: z.string().nullable(),
    legacy: z.string().nullable(),
    extendedAccess: z.string().nullable(),
    endOfLife: z.string().nullable(),
    endOfLifeNoSoonerThan: z.string().nullable(),
    lastListed: z.string().nullable(),
    source: z.string().nullable(),
  }),
  inRegion: z.array(regionName).describe('The bare model id works on bedrock-runtime there.'),
  inRegionDisputed: z
    .array(regionName)
    .describe(
      'AWS documentation says In-Region there, API snapshots do not. Mantle Regions are not among them: that column of the documentation counts both endpoints.',
    ),
  geoDisputed: z
    .array(regionName)
    .describe('AWS documentation says a geographic profile works from there; no profile with that source was seen.'),
  govCloud: z
    .array(regionName)
    .describe('GovCloud Regions that AWS documentation names for the model, whatever the routing mode.'),
  mantle: z.array(regionName).describe('Offered on the bedrock-mantle endpoint there.'),
  provisioned: z.array(z.object({id: z.string(), regions: z.array(regionName)})),
  profiles: z.array(catalogProfileSchema),
  minimumDataRetention: z
    .enum(['none', 'default', 'aws_review', 'provider_data_share'])
    .nullable()
    .describe('Lowest account data-retention mode under which the model answers; null: no requirement known.'),
  gated: z.boolean().describe('Access is decided per account by AWS (sales-gated).'),
  note: z.string().nullable(),
  ...provenance,
})

export const catalogRegionSchema = z.object({
  name: regionName,
  displayName: z.string(),
  partition: z.string(),
  /** Ids of every geography the Region belongs to, narrowest first: ap-northeast-1 → jp, apac. */
  geographies: z.array(z.string()),
  optIn: z.boolean().nullable(),
  endpoints: z.array(z.string()).describe('bedrock, bedrock-runtime, bedrock-agent, bedrock-mantle, bedrock-fips, ...'),
  note: z.string().nullable(),
  ...provenance,
})

export const geographySchema = z.object({
  id: z.string(),
  name: z.string(),
  regions: z.array(regionName),
})

export const catalogFeatureSchema = z.object({
  id: z.string().describe('kebab-case: knowledge-base-query, agentcore-gateway, ...'),
  name: z.string(),
  offered: z.array(regionName),
  notOffered: z.array(regionName),
  models: z
    .array(z.object({id: z.string(), regions: z.array(regionName)}))
    .describe('Models the feature takes and where, as its own table says; empty: the feature has no such table.'),
  routes: z
    .array(z.object({source: regionName, profile: z.string(), destinations: z.array(regionName)}))
    .describe('Cross-Region profiles of the feature itself (data automation).'),
  closedToNewCustomers: z.string().nullable().describe('ISO date from which AWS takes no new customers.'),
  note: z.string().nullable(),
  ...provenance,
})

const amount = z.number().nonnegative().nullable()

export const catalogPriceSchema = z.object({
  modelId: z
    .string()
    .describe('Base model, or what is billed beside models: `guardrails`, `custom-model-import`, `knowledge-bases`.'),
  profileId: z
    .string()
    .nullable()
    .describe('The inference profile that is priced; null: the bare model or not tied to one.'),
  region: z.string().nullable().describe('Source Region; `*`: any Region; null: the group of Regions is not known.'),
  routing: z.enum(['in-region', 'geo', 'global', 'mantle']).nullable().describe('null: the price is not by route.'),
  tier: z
    .string()
    .describe('standard, batch, flex, priority, reserved, provisioned, …; `standard:input>N` for longer prompts.'),
  meter: z.enum(METER_IDS).describe('What is counted; `tokens` has five prices, every other meter one.'),
  variant: z
    .string()
    .nullable()
    .describe('What else the price depends on: a commitment, a size and quality, a guardrail policy, a version.'),
  unit: z.string().describe('What the price is for, such as `1M tokens`.'),
  currency: z.string().describe('ISO 4217. Amounts of two currencies are never added.'),
  amount: z.object({
    input: amount,
    output: amount,
    cacheRead: amount,
    cacheWrite: amount.describe('The shortest time to live: five minutes where there is a choice.'),
    cacheWrite1h: amount,
    unit: amount,
  }),
  skus: z
    .record(z.string(), z.string())
    .nullable()
    .describe('Price List SKU by kind of price: input, output, …, unit; null where the source does not name them.'),
  note: z.string().nullable(),
  ...provenance,
})

const batchModelSchema = z.object({
  modelId: z.string(),
  inRegion: z.array(regionName).describe('Regions where a job may name the model itself.'),
  profileSources: z.array(regionName).describe('Regions where a job may name an inference profile of the model.'),
  customModels: z
    .array(regionName)
    .nullable()
    .describe('Regions where a job may name a model customised from this one; null: nothing is said of them.'),
})

export const catalogBatchSchema = z.object({
  models: z.array(batchModelSchema).describe('Models the documentation lists. One that is not here is unknown.'),
  defaults: z
    .object({
      minRecords: z.int().positive(),
      recordsPerFile: z.int().positive(),
      recordsPerJob: z.int().positive(),
      fileGigabytes: z.number().positive(),
      jobGigabytes: z.number().positive(),
      jobGigabytesOf: z.record(z.string(), z.number().positive()).describe('By model id, where it is another.'),
      openJobs: z.int().positive(),
    })
    .describe('Quotas of a model as documented for a new account; applied ones beat them.'),
  ...provenance,
})

export type CatalogBatch = Immutable<z.infer<typeof catalogBatchSchema>>
export type CatalogProfile = Immutable<z.infer<typeof catalogProfileSchema>>
export type CatalogModel = Immutable<z.infer<typeof catalogModelSchema>>
export type CatalogRegion = Immutable<z.infer<typeof catalogRegionSchema>>
export type Geography = Immutable<z.infer<typeof geographySchema>>
export type CatalogFeature = Immutable<z.infer<typeof catalogFeatureSchema>>
export type CatalogPrice = Immutable<z.infer<typeof catalogPriceSchema>>
