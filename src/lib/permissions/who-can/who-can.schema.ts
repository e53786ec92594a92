import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {callSchema, OUTCOMES, policyPlace, principalSchema} from '../call/call.schema.js'

const whoSchema = z.object({
  principal: principalSchema,
  outcome: z.enum(OUTCOMES).describe('The best of all ways to call the model.'),
  through: z.array(z.string()).describe('Ids by which it can, or may, be called; empty when it cannot.'),
  leg: z.string().nullable().describe('What decided: the leg that is denied or not known; null when all are allowed.'),
  because: z
    .array(z.object({...policyPlace, role: z.string()}))
    .describe('Statements that grant or deny; for a layer without an allow the layer.'),
  open: z.array(z.string()).describe('What keeps the verdict from being definite.'),
  lastUsedAt: z.string().nullable().describe('Of roles, in whatever service; null: never, or not known.'),
})

export const iamWhoCanSchema = z.object({
  ...answerShape,
  account: z.string(),
  takenAt: z.string(),
  calls: z.array(callSchema).describe('The ways to call the model that were judged.'),
  counts: z.object({allow: z.number().int(), unknown: z.number().int(), deny: z.number().int()}),
  all: z.boolean().describe('False: those who cannot are left out.'),
  principals: z.array(whoSchema),
  notes: z.array(z.string()),
})
export type IamWhoCan = Immutable<z.infer<typeof iamWhoCanSchema>>
export type WhoCan = IamWhoCan['principals'][number]
