import type * as Bedrock from '@aws-sdk/client-bedrock'
import {handlersFor, type RequestContext} from '../../handler.js'
import {asApi} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {bedrockPage, notFound} from './refusals.js'

export const marketplaceEndpoints = handlersFor<typeof Bedrock>()({
  ListMarketplaceModelEndpoints({modelSourceEquals, maxResults = 100, nextToken}, context) {
    const all = endpoints(context).filter(
      ({modelSourceIdentifier}) => modelSourceEquals === undefined || modelSourceIdentifier === modelSourceEquals,
    )
    const scope = `endpoints:${modelSourceEquals ?? ''}`
    const {items, next} = bedrockPage(all, {token: nextToken, size: maxResults, scope})
    const summaries = items.map(({endpointConfig: _config, endpointStatus: _status, ...summary}) => summary)
    return {marketplaceModelEndpoints: summaries, nextToken: next}
  },

  GetMarketplaceModelEndpoint({endpointArn}, context) {
    const found = endpoints(context).find((one) => one.endpointArn === endpointArn)
    if (!found) throw notFound(`The endpoint ${endpointArn} was not found.`)
    return {marketplaceModelEndpoint: found}
  },
})

function endpoints(context: RequestContext): Bedrock.MarketplaceModelEndpoint[] {
  const {resources, date, arn} = placeOf(context)
  return (resources.marketplaceEndpoints ?? []).map((one) => ({
    endpointArn: arn('sagemaker', `endpoint/${one.name}`),
    modelSourceIdentifier: one.modelSource,
    status: one.status ?? 'REGISTERED',
    createdAt: date(one.createdOn),
    updatedAt: date(one.createdOn),
    endpointConfig: {sageMaker: asApi<Bedrock.SageMakerEndpoint>(one.sageMaker)},
    endpointStatus: one.endpointStatus ?? 'InService',
  }))
}
