import {z} from 'zod'
import {regionName} from '../../../core/answer.schema.js'
import {decimal} from '../../../core/decimal.js'
import {cacheTtl, call, guardrails, quantity, share, tierName, volume} from '../fields.schema.js'

const steps = quantity.refine((value) => value.gte(1), 'at least one step')
const tier = tierName.default('standard').describe('Service tier.')

const cache = z
  .strictObject({
    share: share.default(() => decimal(1)).describe('Of the instructions: the prefix that is cached.'),
    ttl: cacheTtl.optional().describe('Without it, writes to the cache are not counted, and that is said.'),
    hitRate: share.optional().describe('Steps that find the prefix cached; from the traffic unless given.'),
    prefixes: quantity.default(() => decimal(1)).describe('Different prefixes in use at a time, such as one a tenant.'),
    history: z
      .boolean()
      .default(false)
      .describe('The history as well: each step reads what came before it and writes what is new.'),
  })
  .refine(
    (plan) => !plan.history || plan.share.eq(1),
    'a cached history begins with all of the instructions: leave share out',
  )
  .optional()
  .describe('Prompt caching of the instructions.')

const instructionTokens = quantity.describe('System prompt and tool definitions: sent with every step.')
const toolOutput = quantity.describe('What the model writes in a step that calls a tool.')
const toolTokens = quantity.describe('Result of a step’s tool: sent again with all the steps that follow.')

const planner = z
  .strictObject({...call, tier, instructionTokens, outputTokens: toolOutput, toolTokens, cache})
  .describe('The model that decides, step by step, which tool to call.')

const synthesiser = z
  .strictObject({...call, tier, instructionTokens, cache})
  .describe('A model that reads the whole history and writes the answer; the planner’s last step does unless given.')

const subAgent = z.strictObject({
  name: z.string().min(1).describe('What it does.'),
  ...call,
  tier,
  calls: quantity.describe('For one query; may be below one.'),
  steps: steps.describe('Calls of the model for one task, the mean; the last of them is its result.'),
  instructionTokens,
  taskTokens: quantity.describe('The task, as the planner hands it over.'),
  outputTokens: toolOutput,
  toolTokens,
  resultTokens: quantity.describe('What it hands back; part of the planner’s toolTokens.'),
  cache,
})

const runtime = z
  .strictObject({
    version: z.enum(['v1', 'v2']).default('v1').describe('Platform version of AgentCore Runtime.'),
    vcpuSeconds: quantity.describe('Active CPU of one session: waiting for models and tools is not billed.'),
    gigabytes: quantity
      .refine((value) => value.gte('0.125'), 'at least 0.125: 128 MB is the least that is billed')
      .describe('Peak memory of one session.'),
    sessionSeconds: quantity.describe('How long one session is open, idle time included.'),
    queriesPerSession: quantity
      .refine((value) => value.gt(0), 'more than none')
      .default(() => decimal(1))
      .describe('Queries that one session answers.'),
  })
  .describe('AgentCore Runtime.')

const gateway = z
  .strictObject({
    invocations: quantity.default(() => decimal(0)).describe('Tools listed or called, for one query.'),
    searches: quantity.default(() => decimal(0)).describe('Searches for a tool, for one query.'),
  })
  .describe('AgentCore Gateway.')

const memory = z
  .strictObject({
    events: quantity.default(() => decimal(0)).describe('Short-term events, for one query.'),
    retrievals: quantity.default(() => decimal(0)).describe('From long-term memory, for one query.'),
    records: quantity.default(() => decimal(0)).describe('Long-term records that are kept.'),
    strategy: z.enum(['built-in', 'self-managed']).default('built-in').describe('Who extracts the records.'),
  })
  .describe('AgentCore Memory.')

export const agentShape = {
  kind: z.literal('agent').describe('Queries that take several calls of models and tools to answer.'),
  region: regionName.optional().describe('Of the models that name none, and of AgentCore.'),
  queries: volume.describe('How many: 20k/month.'),
  queryTokens: quantity.describe('What a user writes.'),
  answerTokens: quantity.describe('What the user reads in the end.'),
  steps: steps.describe('Calls of the planner for one query, the mean; may be a fraction.'),
  planner,
  synthesiser: synthesiser.optional(),
  subAgents: z.array(subAgent).default([]).describe('Agents that the planner calls as tools.'),
  guardrails: guardrails.optional().describe('On the query and on the answer, once each.'),
  runtime: runtime.optional(),
  gateway: gateway.optional(),
  memory: memory.optional(),
}
