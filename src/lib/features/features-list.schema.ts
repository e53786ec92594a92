import {z} from 'zod'
import {answerShape, gateSchema, originSchema, regionName} from '../core/answer.schema.js'
import type {Immutable} from '../core/immutable.js'

export const coverageWord = z
  .enum(['offered', 'not-offered', 'unknown'])
  .describe('unknown: the source names the Region in neither list, or there is no table.')
export type Coverage = z.infer<typeof coverageWord>

export const featureCoverageSchema = z.object({
  id: z.string(),
  name: z.string(),
  regions: z.array(z.object({region: regionName, answer: coverageWord})),
  routes: z
    .array(z.object({source: regionName, profile: z.string(), destinations: z.array(regionName)}))
    .describe('Cross-Region profiles of the feature itself: from these Regions it may process elsewhere.'),
  closedToNewCustomers: z.string().nullable().describe('ISO date from which AWS takes no new customers.'),
  note: z.string().nullable(),
  asOf: z.string(),
  sources: z.array(z.string()),
  confidence: z.enum(['high', 'medium', 'low']),
})
export type FeatureCoverage = Immutable<z.infer<typeof featureCoverageSchema>>

export const coincidenceSchema = z.object({
  region: regionName,
  displayName: z.string().nullable(),
  answer: z.enum(['yes', 'no', 'unknown']).describe('Whether the model can be called and every feature is offered.'),
  callable: z.enum(['yes', 'no', 'unknown']),
  route: z
    .object({kind: z.enum(['in-region', 'geo', 'global']), id: z.string(), geography: z.string().nullable()})
    .nullable()
    .describe('The narrowest route: In-Region before geographic before Global.'),
  features: z.array(
    z.object({
      id: z.string(),
      answer: coverageWord,
      reason: z.string().nullable().describe('When the answer is about this model rather than the feature.'),
    }),
  ),
  origin: originSchema.nullable(),
})
export type Coincidence = Immutable<z.infer<typeof coincidenceSchema>>

export const featuresListSchema = z.object({
  ...answerShape,
  regions: z.array(regionName),
  features: z.array(featureCoverageSchema),
  sameAs: z
    .object({
      modelId: z.string(),
      modelName: z.string().nullable(),
      regions: z.array(coincidenceSchema).describe('Best first.'),
    })
    .nullable()
    .describe('Where the model and the features coincide; null without --same-as.'),
  gate: gateSchema.optional().describe('Present with --fail-if-missing.'),
})
export type FeaturesListResult = Immutable<z.infer<typeof featuresListSchema>>
