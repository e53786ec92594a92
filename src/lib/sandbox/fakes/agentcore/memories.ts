import type * as Client from '@aws-sdk/client-bedrock-agentcore-control'
import type {MemoryStrategy} from '@aws-sdk/client-bedrock-agentcore-control'
import {handlersFor} from '../../handler.js'
import {asApi} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {corePage, notFound} from './refusals.js'

const EXPIRY_DAYS = 90

export const memories = handlersFor<typeof Client>()({
  ListMemories(input, context) {
    const {resources, date, arn} = placeOf(context)
    const {items, next} = corePage(resources.memories ?? [], input, 'memories')
    const summaries = items.map(({id, createdOn}) => ({
      arn: arn('bedrock-agentcore', `memory/${id}`),
      id,
      status: 'ACTIVE' as const,
      createdAt: date(createdOn),
      updatedAt: date(createdOn),
    }))
    return {memories: summaries, nextToken: next}
  },

  GetMemory({memoryId}, context) {
    const {resources, date, arn} = placeOf(context)
    const memory = resources.memories?.find(({id}) => id === memoryId)
    if (!memory) throw notFound('Memory', memoryId)
    const {kmsKeyArn, roleArn, description} = memory
    return {
      memory: {
        arn: arn('bedrock-agentcore', `memory/${memory.id}`),
        id: memory.id,
        name: memory.name,
        ...(description !== undefined && {description}),
        ...(kmsKeyArn !== undefined && {encryptionKeyArn: kmsKeyArn}),
        ...(roleArn !== undefined && {memoryExecutionRoleArn: roleArn}),
        eventExpiryDuration: memory.eventExpiryDays ?? EXPIRY_DAYS,
        status: 'ACTIVE' as const,
        createdAt: date(memory.createdOn),
        updatedAt: date(memory.createdOn),
        strategies: asApi<MemoryStrategy[]>(memory.strategies ?? []),
      },
    }
  },

  ListPolicyEngines(input, context) {
    const {resources, date, arn} = placeOf(context)
    const {items, next} = corePage(resources.policyEngines ?? [], input, 'engines')
    const engines = items.map((engine) => ({
      policyEngineId: engine.id,
      name: engine.name,
      createdAt: date(engine.createdOn),
      updatedAt: date(engine.createdOn),
      policyEngineArn: arn('bedrock-agentcore', `policy-engine/${engine.id}`),
      status: 'ACTIVE' as const,
      ...(engine.kmsKeyArn !== undefined && {encryptionKeyArn: engine.kmsKeyArn}),
      statusReasons: [],
    }))
    return {policyEngines: engines, nextToken: next}
  },

  GetPolicyEngine({policyEngineId}, context) {
    const {resources, date, arn} = placeOf(context)
    const engine = resources.policyEngines?.find(({id}) => id === policyEngineId)
    if (!engine) throw notFound('PolicyEngine', policyEngineId)
    return {
      policyEngineId,
      name: engine.name,
      createdAt: date(engine.createdOn),
      updatedAt: date(engine.createdOn),
      policyEngineArn: arn('bedrock-agentcore', `policy-engine/${engine.id}`),
      status: 'ACTIVE' as const,
      ...(engine.kmsKeyArn !== undefined && {encryptionKeyArn: engine.kmsKeyArn}),
      statusReasons: [],
    }
  },
})
