import {z} from 'zod'
import {cache, call, guardrails, quantity, tierName, volume} from '../fields.schema.js'

export const inferenceShape = {
  kind: z.literal('inference').describe('Requests to one model: a chat, a classification, a batch of prompts.'),
  ...call,
  tier: tierName.default('standard').describe('Service tier; `batch` is batch inference.'),
  requests: volume.describe('How many: 200k/month, 3/s, 1200/hour.'),
  inputTokens: quantity.describe('Of one request, whatever of it is cached.'),
  outputTokens: quantity.describe('Of one answer.'),
  cache: cache.optional(),
  guardrails: guardrails.optional(),
}
