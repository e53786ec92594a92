import {z} from 'zod'
import {
  agentRuntimeSchema,
  builtInToolSchema,
  credentialProviderSchema,
  gatewaySchema,
  memorySchema,
  policyEngineSchema,
  tokenVaultSchema,
  workloadIdentitySchema,
} from './agentcore.schema.js'
import {agentSchema, flowSchema, knowledgeBaseSchema, promptSchema} from './agents.schema.js'
import {eventDataStoreSchema, eventSchema, trailSchema} from './audit-trail.schema.js'
import {batchSchema} from './batch.schema.js'
import {customizationSchema, servingSchema} from './customization.schema.js'
import {enforcedGuardrailSchema, guardrailSchema} from './guardrail.schema.js'
import {importsSchema, trainingJobSchema} from './imports.schema.js'
import {
  batchJobSchema,
  copyJobSchema,
  customizationJobSchema,
  evaluationJobSchema,
  importJobSchema,
  marketplaceEndpointSchema,
  promptRouterSchema,
  reasoningPolicySchema,
} from './jobs.schema.js'
import {alarmSchema, compositeAlarmSchema, guardrailUsageSchema, usageSchema} from './metrics.schema.js'
import {bucketSchema, kmsKeySchema, logGroupSchema, logPolicySchema} from './storage.schema.js'

/** What an account has in a Region and the sandbox only reads: served as the scenario says it. */
export const regionResources = z.strictObject({
  buckets: z.array(bucketSchema).optional(),
  keys: z.array(kmsKeySchema).optional(),
  logGroups: z.array(logGroupSchema).optional(),
  logPolicies: z.array(logPolicySchema).optional(),
  trails: z.array(trailSchema).optional(),
  eventDataStores: z.array(eventDataStoreSchema).optional(),
  events: z.array(eventSchema).optional(),
  usage: z.array(usageSchema).optional(),
  guardrailUsage: z.array(guardrailUsageSchema).optional(),
  alarms: z.array(alarmSchema).optional(),
  compositeAlarms: z.array(compositeAlarmSchema).optional(),
  guardrails: z.array(guardrailSchema).optional(),
  enforcedGuardrail: enforcedGuardrailSchema.optional(),
  importJobs: z.array(importJobSchema).optional(),
  customizationJobs: z.array(customizationJobSchema).optional(),
  batchJobs: z.array(batchJobSchema).optional(),
  batch: batchSchema.optional().describe('How batch jobs that are created here go.'),
  customization: customizationSchema.optional().describe('How customization jobs that are created here go.'),
  serving: servingSchema.optional().describe('How what serves custom models goes, and provisioned throughput.'),
  imports: importsSchema.optional().describe('How imports that are created here go, and the models of imports.'),
  trainingJobs: z.array(trainingJobSchema).optional(),
  copyJobs: z.array(copyJobSchema).optional(),
  evaluationJobs: z.array(evaluationJobSchema).optional(),
  marketplaceEndpoints: z.array(marketplaceEndpointSchema).optional(),
  promptRouters: z.array(promptRouterSchema).optional(),
  reasoningPolicies: z.array(reasoningPolicySchema).optional(),
  agents: z.array(agentSchema).optional(),
  knowledgeBases: z.array(knowledgeBaseSchema).optional(),
  flows: z.array(flowSchema).optional(),
  prompts: z.array(promptSchema).optional(),
  agentRuntimes: z.array(agentRuntimeSchema).optional(),
  gateways: z.array(gatewaySchema).optional(),
  memories: z.array(memorySchema).optional(),
  policyEngines: z.array(policyEngineSchema).optional(),
  workloadIdentities: z.array(workloadIdentitySchema).optional(),
  credentialProviders: z.array(credentialProviderSchema).optional(),
  tokenVault: tokenVaultSchema.optional(),
  browsers: z.array(builtInToolSchema).optional(),
  codeInterpreters: z.array(builtInToolSchema).optional(),
})
