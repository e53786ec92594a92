import {z} from 'zod'

// The format of the fact files the catalog is compiled from. Every object is strict: a field nobody has thought about
// stops the compilation instead of vanishing.

const regions = z.array(z.string())
const confidence = z.enum(['high', 'medium', 'low'])
const amount = z.number().nonnegative().nullable()

const profileFact = z.strictObject({
  id: z.string(),
  kind: z.enum(['geo', 'global']),
  geography: z.string(),
  sourceRegions: regions.nullable(),
  destinationRegions: regions.nullable(),
  destinationScope: z.string().optional(),
  routes: z.record(z.string(), regions).optional(),
  sourcesWithoutRoute: regions.optional(),
  sourceRegionsOnModelCard: regions.optional(),
  sources: z.array(z.string()).min(1),
})

const modelFact = z.strictObject({
  modelId: z.string(),
  name: z.string().nullable(),
  provider: z.string(),
  inputModalities: z.array(z.string()).nullable(),
  outputModalities: z.array(z.string()).nullable(),
  contextTokens: z.number().int().nullable(),
  maxOutputTokens: z.number().int().nullable(),
  streaming: z.boolean().nullable(),
  tools: z.boolean().nullable(),
  toolsSource: z.string().nullable(),
  promptCaching: z.boolean().nullable(),
  batch: z.boolean().nullable(),
  fineTuning: z.array(z.string()),
  fineTuningRegions: regions,
  provisionedThroughput: z.array(z.strictObject({id: z.string(), regions})),
  contextVariants: z.array(z.string()),
  lifecycle: z.strictObject({
    status: z.enum(['ACTIVE', 'LEGACY', 'EOL', 'PREVIEW', 'UNLISTED']),
    statusAtSource: z.string().nullable(),
    legacyDate: z.string().nullable(),
    eolDate: z.string().nullable(),
    publicExtendedAccessDate: z.string().nullable(),
    launchDate: z.string().nullable(),
    eolNoSoonerThan: z.string().nullable(),
    lastListed: z.string().nullable(),
    source: z.string().nullable(),
  }),
  endpoints: z.array(z.enum(['bedrock-runtime', 'bedrock-mantle'])).nullable(),
  apis: z.array(z.string()).nullable(),
  serviceTiers: z.array(z.string()).nullable(),
  aliasOf: z.string().nullable(),
  onDemandRegions: regions,
  mantleRegions: regions,
  profiles: z.array(profileFact),
  sources: z.array(z.string()).min(1),
  asOf: z.string(),
  confidence,
  docsAvailability: z
    .strictObject({inRegion: regions, geo: regions, global: regions, asOf: z.string(), source: z.string()})
    .nullable(),
  govCloudRegions: regions,
  notes: z.string().optional(),
})

const priceFact = z.strictObject({
  modelId: z.string(),
  baseModelId: z.string().optional(),
  region: z.string(),
  routing: z.enum(['in-region', 'geo', 'global', 'in-region/geo', 'in-region (bedrock-mantle)']).optional(),
  tier: z.string(),
  inputPerMTok: amount,
  outputPerMTok: amount,
  cacheReadPerMTok: amount,
  cacheWritePerMTok: amount,
  cacheWrite1hPerMTok: amount.optional(),
  unit: z.string().optional(),
  pricePerUnit: amount.optional(),
  currency: z.literal('USD'),
  source: z.string(),
  asOf: z.string(),
  confidence,
  notes: z.string().optional(),
})

const regionFact = z.strictObject({
  region: z.string(),
  displayName: z.string(),
  botocoreName: z.string(),
  geography: z.string(),
  partition: z.string(),
  optIn: z.boolean().nullable(),
  endpoints: z.record(z.string(), z.boolean()),
  botocoreBedrock: z.boolean(),
  profilePrefixesSeen: z.array(z.string()),
  inDemandModelCount: z.number(),
  sources: z.array(z.string()).min(1),
  asOf: z.string(),
  confidence,
  note: z.string().optional(),
})

const featureFact = z.strictObject({
  feature: z.string(),
  regions: regions.nullable(),
  notIn: regions,
  unknown: regions,
  asOf: z.string().nullable(),
  source: z.string().nullable(),
  confidence,
  note: z.string().optional(),
  crossCheck: z.looseObject({source: z.string(), agrees: z.boolean()}).optional(),
  maintenance: z
    .looseObject({closedToNewCustomers: z.string(), restrictedActions: z.array(z.string()), source: z.string()})
    .optional(),
  modelTable: z.array(z.strictObject({id: z.string(), regions})).optional(),
  modelTableSource: z.string().optional(),
  modelTableRegions: regions.optional(),
  profiles: z
    .array(z.strictObject({sourceRegion: z.string(), profile: z.string(), destinationRegions: regions}))
    .optional(),
  baseModels: z.record(z.string(), z.string()).optional(),
  customizedOnOrAfter: z.string().optional(),
  architectures: z.array(z.string()).optional(),
  limits: z.looseObject({}).optional(),
  notSupported: z.array(z.string()).optional(),
  throughput: z.string().optional(),
})

const batchModelFact = z.strictObject({inRegion: regions, profile: regions, customModel: regions.optional()})
const quotaFact = z.object({default: z.number().positive()})

export const batchFile = z.looseObject({
  supportedModels: z.record(z.string(), batchModelFact),
  quotas: z.strictObject({
    minRecords: quotaFact,
    recordsPerFile: quotaFact,
    recordsPerJob: quotaFact,
    fileSizeGB: quotaFact,
    jobSizeGB: quotaFact,
    concurrentJobsPerModel: quotaFact,
  }),
})
export const modelsFile = z.array(modelFact)
export const pricesFile = z.array(priceFact)
export const regionsFile = z.strictObject({
  regions: z.array(regionFact),
  notes: z.array(z.string()),
  cnRegions: z.array(z.string()),
})
export const featuresFile = z.strictObject({features: z.array(featureFact), notes: z.array(z.string())})

export type BatchFile = z.infer<typeof batchFile>
export type ModelFact = z.infer<typeof modelFact>
export type ProfileFact = z.infer<typeof profileFact>
export type PriceFact = z.infer<typeof priceFact>
export type RegionsFile = z.infer<typeof regionsFile>
export type FeaturesFile = z.infer<typeof featuresFile>
export type FeatureFact = z.infer<typeof featureFact>
