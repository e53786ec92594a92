import {z} from 'zod'
import {regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

// What answers about calls share: the call that was judged, and the verdict on each of its legs.

export const OUTCOMES = ['ALLOW', 'DENY', 'UNKNOWN'] as const
const LAYERS = ['identity', 'boundary', 'session', 'scp', 'rcp', 'resource', 'endpoint'] as const

export const policyPlace = {
  layer: z.enum(LAYERS),
  level: z.string().nullable().describe('Root, unit or account of the organisation, for control policies.'),
  policy: z.string().nullable().describe('Null: the layer as a whole.'),
  statement: z.string().nullable().describe('Sid, or # and the place from 1; null: the policy as a whole.'),
}

export const principalSchema = z.object({
  arn: z.string(),
  kind: z.enum(['user', 'role']),
  name: z.string(),
  serviceLinked: z.boolean().describe('Service control policies do not bind it; only its service takes it on.'),
})

export const callSchema = z.object({
  workload: z.enum(['invoke', 'mantle', 'batch']),
  model: z.string().describe('As it was asked for.'),
  from: regionName.describe('The Region called.'),
  target: z
    .object({
      id: z.string().describe('What the call names as its model.'),
      modelId: z.string().nullable().describe('Foundation model behind it; null: none, or not known.'),
      route: z.enum(['in-region', 'geo', 'global', 'application-profile', 'own-model', 'mantle']),
      destinations: z.array(z.string()).nullable().describe('Of a geographic profile; null: none, or not known.'),
    })
    .describe('How the model is reached.'),
  streaming: z.boolean(),
  guardrail: z.object({id: z.string(), version: z.string()}).nullable(),
  endpoint: z.string().nullable().describe('VPC endpoint the call passes; null: the network is not known.'),
  apiKey: z.enum(['SHORT_TERM', 'LONG_TERM']).nullable(),
  role: z.string().nullable().describe('Service role of a batch job.'),
})

export const legSchema = z.object({
  name: z.string(),
  actor: z.enum(['caller', 'service-role', 'service']).describe('Whose policies decide.'),
  action: z.string().nullable().describe('Null: a fact is missing, so that nothing could be asked.'),
  resource: z.string().nullable(),
  outcome: z.enum(OUTCOMES),
  denial: z.enum(['explicit', 'implicit']).nullable(),
  reasons: z
    .array(z.object({...policyPlace, role: z.enum(['denies', 'allows', 'does-not-allow'])}))
    .describe('What decided.'),
  gaps: z
    .array(z.object({...policyPlace, kind: z.string(), subject: z.string()}))
    .describe('What keeps the verdict from being definite.'),
  nearMisses: z
    .array(z.object({...policyPlace, failed: z.enum(['resource', 'principal', 'condition']), subject: z.string()}))
    .describe('Statements that would have allowed it, and why they do not.'),
  inert: z.array(z.object(policyPlace)).describe('Policies that name the action but have no effect on it.'),
  doubt: z.string().nullable().describe('Why the verdict is weaker than the policies alone would make it.'),
  remedies: z.array(z.string()).describe('What would make the leg allowed, or the verdict definite.'),
  why: z.string().nullable().describe('What IAM checks here.'),
  source: z.string().nullable(),
  asOf: z.string().nullable(),
})

export type AskedCall = Immutable<z.infer<typeof callSchema>>
export type LegVerdict = Immutable<z.infer<typeof legSchema>>
export type PolicyPlaceOf = Pick<LegVerdict['reasons'][number], 'layer' | 'level' | 'policy' | 'statement'>
export type Outcome = LegVerdict['outcome']
