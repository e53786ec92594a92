import {z} from 'zod'
import type {Immutable} from '../../core/immutable.js'

const milliseconds = z.number().nonnegative().max(3_600_000)

const factor = z.number().positive().max(1000)

const jitterSchema = z.strictObject({
  kind: z.enum(['none', 'lognormal', 'gamma']),
  cv: z.number().min(0).max(3).optional().describe('Standard deviation of a gap over its mean; default 0.1.'),
})

const lengthSchema = z.union([
  z.enum(['natural', 'asked', 'max']),
  z.strictObject({mean: z.number().positive().max(100_000), spread: z.number().nonnegative().max(100_000)}),
])

/** How fast, and how long, models answer. What is left out stays as the model's class has it. */
export const paceSchema = z.strictObject({
  model: z
    .string()
    .min(1)
    .optional()
    .describe('Model id as called, or of the base model; * matches any run of characters. Default: every model.'),
  ttftMs: milliseconds.optional().describe('From the arrival of a request, or its turn, to the first token.'),
  tokensPerSecond: z.number().positive().max(1e9).optional().describe('After the first token.'),
  prefillMsPer1kTokens: milliseconds
    .optional()
    .describe('What each 1,000 tokens of a prompt add to ttftMs; default 0.'),
  jitter: jitterSchema.optional().describe('Of ttftMs and of the gaps between events; default none.'),
  tokensPerEvent: z.int().min(1).max(1000).optional().describe('Default 1.'),
  slots: z
    .int()
    .positive()
    .optional()
    .describe('Answers of a model at once; the rest wait their turn. Default: any number.'),
  optimized: z
    .strictObject({
      factor: factor.optional().describe('How many times faster; default 2.'),
      tokensPerMinute: z.number().positive().optional().describe('Beyond it calls are served as usual. Default: any.'),
    })
    .optional()
    .describe('Calls for an optimised latency.'),
  tiers: z
    .strictObject({priority: factor.optional(), flex: factor.optional()})
    .optional()
    .describe('How many times faster the service tiers are; default 1.25 and 0.5.'),
  tokens: lengthSchema
    .optional()
    .describe(
      'How long answers are: asked (as many words or tokens as the prompt asks for, else some thirty), natural (some ' +
        'thirty), max (up to the limit of the call), or a mean and a spread. Default asked.',
    ),
})

export type PaceRule = Immutable<z.infer<typeof paceSchema>>
