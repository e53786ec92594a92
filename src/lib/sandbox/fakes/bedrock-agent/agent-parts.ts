import type * as Client from '@aws-sdk/client-bedrock-agent'
import type {ActionGroupSignature} from '@aws-sdk/client-bedrock-agent'
import {handlersFor} from '../../handler.js'
import {placeOf} from '../account-place.js'
import {findEdition} from './agents.js'
import {agentPage, notFound} from './refusals.js'

// What a version of an agent is made of: the same in all its versions here.
export const agentParts = handlersFor<typeof Client>()({
  ListAgentActionGroups({agentId, agentVersion, ...input}, context) {
    const {agent} = findEdition(agentId, agentVersion, context)
    const {items, next} = agentPage(agent.actionGroups ?? [], input, `groups:${agentId}:${agentVersion}`)
    const updatedAt = placeOf(context).date(agent.createdOn)
    const summaries = items.map(({id, name, description, state = 'ENABLED'}) => ({
      actionGroupId: id,
      actionGroupName: name,
      actionGroupState: state,
      ...(description !== undefined && {description}),
      updatedAt,
    }))
    return {actionGroupSummaries: summaries, nextToken: next}
  },

  GetAgentActionGroup({agentId, agentVersion, actionGroupId}, context) {
    const {agent} = findEdition(agentId, agentVersion, context)
    const group = agent.actionGroups?.find(({id}) => id === actionGroupId)
    if (!group) throw notFound(actionGroupId)
    const {lambdaArn, signature, description, state = 'ENABLED'} = group
    const created = placeOf(context).date(agent.createdOn)
    const executor = lambdaArn === undefined ? {customControl: 'RETURN_CONTROL' as const} : {lambda: lambdaArn}
    return {
      agentActionGroup: {
        agentId,
        agentVersion,
        actionGroupId,
        actionGroupName: group.name,
        ...(description !== undefined && {description}),
        createdAt: created,
        updatedAt: created,
        ...(signature === undefined
          ? {actionGroupExecutor: executor}
          : {parentActionSignature: signature as ActionGroupSignature}),
        actionGroupState: state,
      },
    }
  },

  ListAgentKnowledgeBases({agentId, agentVersion, ...input}, context) {
    const {agent} = findEdition(agentId, agentVersion, context)
    const {items, next} = agentPage(agent.knowledgeBases ?? [], input, `bases:${agentId}:${agentVersion}`)
    const updatedAt = placeOf(context).date(agent.createdOn)
    const summaries = items.map((knowledgeBaseId) => ({
      knowledgeBaseId,
      knowledgeBaseState: 'ENABLED' as const,
      updatedAt,
    }))
    return {agentKnowledgeBaseSummaries: summaries, nextToken: next}
  },

  GetAgentKnowledgeBase({agentId, agentVersion, knowledgeBaseId}, context) {
    const {agent} = findEdition(agentId, agentVersion, context)
    if (!agent.knowledgeBases?.includes(knowledgeBaseId)) throw notFound(knowledgeBaseId)
    const created = placeOf(context).date(agent.createdOn)
    return {
      agentKnowledgeBase: {
        agentId,
        agentVersion,
        knowledgeBaseId,
        description: `Knowledge of ${agent.name}`,
        createdAt: created,
        updatedAt: created,
        knowledgeBaseState: 'ENABLED' as const,
      },
    }
  },

  ListAgentCollaborators({agentId, agentVersion, ...input}, context) {
    findEdition(agentId, agentVersion, context)
    const {next} = agentPage([], input, `collaborators:${agentId}:${agentVersion}`)
    return {agentCollaboratorSummaries: [], nextToken: next}
  },
})
