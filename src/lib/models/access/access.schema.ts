import {z} from 'zod'
import {answerShape, gateSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {accountFindingSchema, verdictWord} from '../availability/availability.schema.js'

export const modelAccessSchema = z.object({
  modelId: z.string(),
  name: z.string().nullable(),
  provider: z.string().nullable(),
  region: regionName,
  answer: verdictWord.describe('Whether this account and caller may use the model in this Region.'),
  agreement: z.string().nullable().describe('AVAILABLE, PENDING, NOT_AVAILABLE or ERROR; null when not read.'),
  authorization: z.string().nullable(),
  entitlement: z.string().nullable(),
  dataRetention: z.string().nullable().describe('Mode of the account in the Region; null when not read.'),
  findings: z.array(accountFindingSchema),
})
export type ModelAccess = Immutable<z.infer<typeof modelAccessSchema>>

export const accessResultSchema = z.object({
  ...answerShape,
  account: z.string().nullable(),
  regions: z.array(regionName),
  access: z.array(modelAccessSchema),
  gate: gateSchema.optional().describe('Present when models were named.'),
})
export type AccessResult = Immutable<z.infer<typeof accessResultSchema>>

export const accessRequestSchema = z.object({
  ...answerShape,
  modelId: z.string(),
  region: regionName,
  outcome: z
    .enum(['accepted', 'already-accepted', 'not-needed', 'would-accept'])
    .describe('not-needed: the model is not sold through AWS Marketplace; would-accept: --dry-run.'),
  agreement: z.string().describe('State of the agreement after the request.'),
  offer: z
    .object({
      offerId: z.string().nullable(),
      termsUrl: z.string().nullable(),
      refundPolicy: z.string().nullable(),
      duration: z.string().nullable(),
      rates: z.array(
        z.object({
          dimension: z.string().nullable(),
          price: z.string().nullable(),
          unit: z.string().nullable(),
          description: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
})
export type AccessRequestResult = Immutable<z.infer<typeof accessRequestSchema>>
