import {z} from 'zod'
import {answerShape, originSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {OUTCOMES} from '../call/call.schema.js'

const document = z.record(z.string(), z.json()).describe('As IAM takes it: Version and Statement.')

const policySchema = z.object({
  name: z.string(),
  attachTo: z.string().describe('`caller`, or the name of the service role.'),
  kind: z.enum(['managed', 'user-inline', 'role-inline']),
  document,
  characters: z.number().int().describe('Without white space, as IAM counts.'),
  limit: z.number().int(),
})

const roleSchema = z.object({
  name: z.string(),
  arn: z.string(),
  trust: document,
  policies: z.array(z.string()).describe('Names of its policies.'),
})

const proofSchema = z.object({
  what: z.string(),
  expected: z.enum(['ALLOW', 'DENY']),
  outcome: z.enum(OUTCOMES),
  action: z.string().nullable().describe('Null: a call of several legs.'),
  resource: z.string().nullable(),
})

export const iamGenerateSchema = z.object({
  ...answerShape,
  workload: z.enum(['app', 'batch', 'import', 'customization', 'admin', 'auditor', 'monitor']),
  account: z.string(),
  partition: z.string(),
  from: regionName,
  targets: z
    .array(z.object({id: z.string(), modelId: z.string(), route: z.enum(['in-region', 'geo', 'global'])}))
    .describe('How the models are reached; empty where none is invoked.'),
  origin: originSchema.nullable().describe('Where the destinations come from; null where none are needed.'),
  format: z.enum(['json', 'terraform', 'cloudformation']),
  text: z.string().describe('The policies in that format.'),
  policies: z.array(policySchema),
  roles: z.array(roleSchema),
  proof: z.array(proofSchema).describe('What the evaluator was asked, with the outcome it gave.'),
  notes: z.array(z.string()),
})
export type IamGenerate = Immutable<z.infer<typeof iamGenerateSchema>>
export type GeneratedPolicy = IamGenerate['policies'][number]
export type GeneratedRole = IamGenerate['roles'][number]
export type ProofLine = IamGenerate['proof'][number]
export type GeneratedWorkload = IamGenerate['workload']
