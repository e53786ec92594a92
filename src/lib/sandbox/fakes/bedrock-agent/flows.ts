import type * as Client from '@aws-sdk/client-bedrock-agent'
import type {FlowDefinition} from '@aws-sdk/client-bedrock-agent'
import {handlersFor, type RequestContext} from '../../handler.js'
import {asApi, type Flow} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {agentPage, notFound} from './refusals.js'

const DRAFT = 'DRAFT'

export const flows = handlersFor<typeof Client>()({
  ListFlows(input, context) {
    const {items, next} = agentPage(flowsHere(context), input, 'flows')
    return {flowSummaries: items.map((flow) => summarise(flow, DRAFT, flow.createdOn, context)), nextToken: next}
  },

  GetFlow({flowIdentifier}, context) {
    const flow = findFlow(flowIdentifier, context)
    return {...describe(flow, DRAFT, flow.createdOn, context), updatedAt: placeOf(context).date(flow.createdOn)}
  },

  ListFlowVersions({flowIdentifier, ...input}, context) {
    const flow = findFlow(flowIdentifier, context)
    const {items, next} = agentPage(flow.versions ?? [], input, `versions:${flow.id}`)
    const summaries = items.map(({version, createdOn}) => {
      const {
        name: _name,
        description: _description,
        updatedAt: _updated,
        ...rest
      } = summarise(flow, version, createdOn, context)
      return rest
    })
    return {flowVersionSummaries: summaries, nextToken: next}
  },

  GetFlowVersion({flowIdentifier, flowVersion}, context) {
    const flow = findFlow(flowIdentifier, context)
    const found = flow.versions?.find(({version}) => version === flowVersion)
    if (!found) throw notFound(`${flow.id} version ${flowVersion}`)
    const {updatedAt: _updated, ...described} = describe(
      flow,
      found.version,
      found.createdOn,
      context,
      found.definition,
    )
    return described
  },

  ListFlowAliases({flowIdentifier, ...input}, context) {
    const flow = findFlow(flowIdentifier, context)
    const {items, next} = agentPage(aliasesOf(flow, context), input, `aliases:${flow.id}`)
    return {flowAliasSummaries: items, nextToken: next}
  },

  GetFlowAlias({flowIdentifier, aliasIdentifier}, context) {
    const flow = findFlow(flowIdentifier, context)
    const found = aliasesOf(flow, context).find(({id, arn}) => id === aliasIdentifier || arn === aliasIdentifier)
    if (!found) throw notFound(aliasIdentifier)
    return found
  },
})

const flowsHere = (context: RequestContext): readonly Flow[] => placeOf(context).resources.flows ?? []

/** By id or ARN. */
function findFlow(wanted: string, context: RequestContext): Flow {
  const {arn} = placeOf(context)
  const found = flowsHere(context).find(({id}) => id === wanted || arn('bedrock', `flow/${id}`) === wanted)
  if (!found) throw notFound(wanted)
  return found
}

function summarise(flow: Flow, version: string, createdOn: string, context: RequestContext) {
  const {date, arn} = placeOf(context)
  const suffix = version === DRAFT ? '' : `:${version}`
  return {
    name: flow.name,
    ...(flow.description !== undefined && {description: flow.description}),
    id: flow.id,
    arn: arn('bedrock', `flow/${flow.id}${suffix}`),
    status: flow.status ?? ('Prepared' as const),
    createdAt: date(createdOn),
    updatedAt: date(createdOn),
    version,
  }
}

function describe(flow: Flow, version: string, createdOn: string, context: RequestContext, definition?: object) {
  return {
    ...summarise(flow, version, createdOn, context),
    executionRoleArn: flow.roleArn,
    ...(flow.kmsKeyArn !== undefined && {customerEncryptionKeyArn: flow.kmsKeyArn}),
    definition: asApi<FlowDefinition>(definition ?? flow.definition),
  }
}

/** Every flow has a test alias, which leads to the working draft. */
function aliasesOf({id, createdOn, aliases = []}: Flow, context: RequestContext) {
  const {date, arn} = placeOf(context)
  const test = {id: 'TSTALIASID', name: 'FlowTestAlias', version: DRAFT, createdOn}
  return [test, ...aliases].map((alias) => ({
    name: alias.name,
    routingConfiguration: [{flowVersion: alias.version}],
    flowId: id,
    id: alias.id,
    arn: arn('bedrock', `flow/${id}/alias/${alias.id}`),
    createdAt: date(alias.createdOn),
    updatedAt: date(alias.createdOn),
  }))
}
