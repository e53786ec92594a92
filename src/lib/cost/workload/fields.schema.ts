import {z} from 'zod'
import {regionName} from '../../core/answer.schema.js'
import {decimal} from '../../core/decimal.js'
import {parseMonthlyVolume, parseQuantity, parseShare} from '../../core/quantity.js'

// The words of a workload file that stand for numbers. Each is given as a person writes it and comes out as a decimal.

const typed = z.union([z.number(), z.string()])

/** `1500`, `200k`, `1.5M`. */
export const quantity = typed
  .transform((value, context) => {
    const parsed = parseQuantity(String(value))
    if (parsed !== undefined) return parsed
    context.addIssue({code: 'custom', message: `“${value}” is no number such as 1500, 200k or 1.5M`})
    return z.NEVER
  })
  .meta({title: 'quantity', examples: [1500, '200k', '1.5M']})

/** `200k/month`, `3/s`, `1200/hour`; a bare number is a month's. */
export const volume = typed
  .transform((value, context) => {
    const parsed = parseMonthlyVolume(String(value))
    if (parsed !== undefined) return parsed
    context.addIssue({code: 'custom', message: `“${value}” is no volume such as 200k/month, 3/s or 1200/hour`})
    return z.NEVER
  })
  .meta({title: 'volume', examples: ['200k/month', '3/s', '1200/hour']})

/** `80%` or `0.8`. */
export const share = typed
  .transform((value, context) => {
    const parsed = parseShare(String(value))
    if (parsed !== undefined) return parsed
    context.addIssue({code: 'custom', message: `“${value}” is no share such as 80% or 0.8`})
    return z.NEVER
  })
  .meta({title: 'share', examples: ['80%', 0.8]})

/** An amount of money, `0.35` or `1,200`. */
export const money = typed
  .transform((value, context) => {
    const parsed = parseQuantity(String(value).replace(/^\$/, ''))
    if (parsed !== undefined) return parsed
    context.addIssue({code: 'custom', message: `“${value}” is no amount such as 0.35 or 1200`})
    return z.NEVER
  })
  .meta({title: 'money', examples: [0.35, 1200]})

export const routeName = z.enum(['in-region', 'geo', 'global', 'mantle'])
export const tierName = z.enum(['standard', 'flex', 'priority', 'batch', 'latency-optimized'])
export const cacheTtl = z.enum(['5m', '1h'])

/** What Bedrock Guardrails bill by; `word` and `pii-regex` are free of charge. */
export const guardrailPolicy = z.enum(['content', 'topic', 'word', 'pii', 'pii-regex', 'grounding', 'reasoning'])

/** What a model is called by, wherever a workload names one. */
export const call = {
  model: z.string().min(1).describe('Model or profile: any id or display name; ARNs of base models and profiles.'),
  region: regionName.optional().describe('The Region that is called; the file’s `region` unless given.'),
  route: routeName.optional().describe('How the request travels; the narrowest that is offered unless given.'),
}

export const cache = z
  .strictObject({
    share: share.describe('Of the input tokens: the prefix that is cached.'),
    ttl: cacheTtl.optional().describe('Without it, writes to the cache are not counted, and that is said.'),
    hitRate: share.optional().describe('Requests that find the prefix cached; from the traffic unless given.'),
    prefixes: quantity.default(() => decimal(1)).describe('Different prefixes in use at a time, such as one a tenant.'),
  })
  .describe('Prompt caching.')

export const guardrails = z
  .strictObject({
    policies: z.array(guardrailPolicy).min(1).describe('What checks; `word` and `pii-regex` are free of charge.'),
    inputCharacters: quantity.optional().describe('Of one request; four times the input tokens unless given.'),
    outputCharacters: quantity.optional().describe('Of one answer; four times the output tokens unless given.'),
  })
  .describe('Policies of Bedrock Guardrails, on the request and on its answer.')
