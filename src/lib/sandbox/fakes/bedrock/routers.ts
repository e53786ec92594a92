import type * as Bedrock from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../handler.js'
import {placeOf} from '../account-place.js'
import {bedrockPage, notFound} from './refusals.js'

export const routers = handlersFor<typeof Bedrock>()({
  ListPromptRouters({type, maxResults = 100, nextToken}, context) {
    const all = routersHere(context).filter((router) => !type || router.type === type)
    const {items, next} = bedrockPage(all, {token: nextToken, size: maxResults, scope: `routers:${type ?? ''}`})
    return {promptRouterSummaries: items, nextToken: next}
  },

  GetPromptRouter({promptRouterArn}, context) {
    const router = routersHere(context).find((one) => one.promptRouterArn === promptRouterArn)
    if (!router) throw notFound(`The prompt router ${promptRouterArn} was not found.`)
    return router
  },

  ListAutomatedReasoningPolicies({policyArn, maxResults = 100, nextToken}, context) {
    const all = reasoningPolicies(context).filter((one) => policyArn === undefined || one.policyArn === policyArn)
    const {items, next} = bedrockPage(all, {token: nextToken, size: maxResults, scope: `reasoning:${policyArn ?? ''}`})
    const summaries = items.map(({definitionHash: _hash, kmsKeyArn: _key, ...summary}) => summary)
    return {automatedReasoningPolicySummaries: summaries, nextToken: next}
  },

  GetAutomatedReasoningPolicy({policyArn}, context) {
    const found = reasoningPolicies(context).find((one) => one.policyArn === policyArn)
    if (!found) throw notFound(`The automated reasoning policy ${policyArn} was not found.`)
    return found
  },
})

function routersHere(context: RequestContext): Bedrock.PromptRouterSummary[] {
  const {resources, date, arn} = placeOf(context)
  return (resources.promptRouters ?? []).map((router) => ({
    promptRouterName: router.name,
    routingCriteria: {responseQualityDifference: router.qualityDifference},
    createdAt: date(router.createdOn),
    updatedAt: date(router.createdOn),
    promptRouterArn: arn('bedrock', `${router.type === 'default' ? 'default-' : ''}prompt-router/${router.id}`),
    models: router.models.map((modelArn) => ({modelArn})),
    fallbackModel: {modelArn: router.fallback},
    status: 'AVAILABLE',
    type: router.type ?? 'custom',
  }))
}

function reasoningPolicies(context: RequestContext) {
  const {resources, date, arn} = placeOf(context)
  return (resources.reasoningPolicies ?? []).map((policy) => ({
    policyArn: arn('bedrock', `automated-reasoning-policy/${policy.id}`),
    name: policy.name,
    version: 'DRAFT',
    policyId: policy.id,
    description: policy.description ?? '',
    definitionHash: policy.definitionHash,
    kmsKeyArn: policy.kmsKeyArn,
    createdAt: date(policy.createdOn),
    updatedAt: date(policy.createdOn),
  }))
}
