import {z} from 'zod'
import type {Immutable} from '../core/immutable.js'
import {SUB_SERVICES} from '../core/sub-services.js'

// bedrockctl.yaml: what an organisation expects of its account. Everything has a default or is absent: what nobody
// declared is not judged.

const name = z.string().min(1).max(256)
const region = z
  .string()
  .regex(/^[a-z]{2,4}(-[a-z]+)+-\d+$/, 'is no Region name such as eu-central-1')
  .describe('An AWS Region name.')
const days = z.number().int().min(1).max(36_500)
const share = z.number().min(0).max(1)
const principal = name.describe('ARN, `role/NAME`, `user/NAME`, or the bare name; `*` stands for any text.')

export const DUTIES = [
  'invoke',
  'administer-models',
  'administer-guardrails',
  'administer-logging',
  'read-logs',
  'administer-keys',
] as const

const workload = z.strictObject({
  name,
  principal: principal.optional().describe('Who calls. Without it no leg can be judged.'),
  models: z.array(name).default([]).describe('Ids or ARNs as called: model, inference profile, provisioned model, …'),
  regions: z.array(region).default([]).describe('Regions called; default: `regions` of the project.'),
  streaming: z.boolean().default(true).describe('It also asks for streamed answers.'),
  guardrail: name.optional().describe('ID or ID:VERSION that every call names.'),
  services: z
    .array(z.enum(SUB_SERVICES))
    .default(['bedrock-runtime'])
    .describe('Endpoints it talks to, named as in their VPC endpoint services.'),
  vpc: z
    .string()
    .regex(/^vpc-[0-9a-f]{8,17}$/, 'is no VPC id such as vpc-0123456789abcdef0')
    .optional()
    .describe('Where it runs.'),
  securityGroups: z.array(z.string().regex(/^sg-[0-9a-f]{8,17}$/, 'is no security group id')).default([]),
  cidrs: z
    .array(z.union([z.cidrv4(), z.cidrv6()]))
    .default([])
    .describe('Addresses it calls from.'),
  dataClass: name.optional().describe('Such as public, internal or confidential.'),
  production: z.boolean().default(true),
})

/** Who answers for a gate of `readiness`. */
const owners = z.strictObject({
  application: name.optional(),
  data: name.optional(),
  network: name.optional(),
  operations: name.optional(),
  security: name.optional(),
})

const customModel = z.strictObject({
  name,
  method: z.enum(['import', 'fine-tuning', 'distillation', 'continued-pre-training']),
  base: name.optional().describe('Model id of the base; not for imports.'),
  regions: z.array(region).default([]).describe('Default: `regions` of the project.'),
})

export const projectSchema = z.strictObject({
  version: z.literal(1),
  regions: z.array(region).default([]).describe('Regions in use: where an audit looks when no --region is given.'),
  approvedRegions: z.array(region).optional().describe('Regions in which prompts may be processed.'),
  network: z
    .strictObject({privateOnly: z.boolean().default(false).describe('Bedrock is called through VPC endpoints only.')})
    .prefault({}),
  routing: z
    .strictObject({
      profileOnly: z.boolean().default(false).describe('Models are called through inference profiles only.'),
    })
    .prefault({}),
  dataRetention: z
    .enum(['none', 'default', 'aws_review', 'provider_data_share'])
    .optional()
    .describe('The approved mode of data retention.'),
  encryption: z
    .strictObject({
      customerKeys: z.boolean().default(true).describe('Data at rest is under keys of the account, not of AWS.'),
    })
    .prefault({}),
  apiKeys: z
    .strictObject({
      longTerm: z.enum(['allowed', 'forbidden']).default('allowed'),
      maxAgeDays: days.default(90),
    })
    .prefault({}),
  principals: z
    .strictObject({
      breakGlass: z.array(principal).default([]).describe('May administer everything.'),
      auditors: z.array(principal).default([]).describe('May read prompts and completions in logs.'),
    })
    .prefault({}),
  duties: z
    .array(z.array(z.enum(DUTIES)).min(2))
    .default([
      ['invoke', 'administer-guardrails'],
      ['invoke', 'administer-logging'],
      ['administer-logging', 'read-logs'],
      ['read-logs', 'administer-keys'],
    ])
    .describe('Duties that nobody may hold together.'),
  logging: z
    .strictObject({
      required: z.boolean().default(false).describe('Also where Bedrock is not seen to be used.'),
      retentionDays: z
        .strictObject({min: days.optional(), max: days.optional()})
        .refine(({min, max}) => min === undefined || max === undefined || min <= max, 'min is more than max')
        .prefault({}),
    })
    .prefault({}),
  guardrails: z
    .strictObject({
      pii: z.array(name).default([]).describe('Entity types or pattern names that every guardrail must act on.'),
      groundingThreshold: share.default(0.75),
    })
    .prefault({}),
  thresholds: z
    .strictObject({
      unusedPermissionDays: days.default(60),
      idleCapacityDays: days.default(7),
      endOfLifeDays: days.default(90),
      quotaShare: share.default(0.9),
      quotaShareWarning: share.default(0.75),
      throttledShare: share.default(0.05),
      throttledShareWarning: share.default(0.01),
      unattributedShare: share.default(0.2),
    })
    .prefault({}),
  workloads: z.array(workload).default([]),
  features: z.array(name).default([]).describe('Features needed in the same Regions: ids of `features list`.'),
  customModels: z.array(customModel).default([]),
  placement: z
    .record(name, z.array(z.enum(['bedrock', 'sagemaker', 'eks', 'on-premises'])).min(1))
    .default({})
    .describe('Data class to where its prompts may be answered: the boundary between Bedrock and the rest.'),
  owners: owners.prefault({}),
})
/** What is expected of an account. */
export type Project = Immutable<z.infer<typeof projectSchema>>
export type Workload = Project['workloads'][number]
export type Duty = (typeof DUTIES)[number]
