import {
  BedrockClient,
  paginateListCustomModelDeployments,
  paginateListMarketplaceModelEndpoints,
  paginateListPromptRouters,
  paginateListProvisionedModelThroughputs,
} from '@aws-sdk/client-bedrock'
import type {Readers} from '../../account/ports/readers.js'
import type {Wire} from '../wire.js'
import {asks} from './asking.js'
import {moment} from './shapes.js'

const PAGE = 100

export function capacityReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'bedrock', prefix: 'bedrock', build: (config) => new BedrockClient(config)})
  return {
    async 'bedrock:provisioned-throughputs'(context) {
      const found = await ask(context).all(
        'ListProvisionedModelThroughputs',
        (client, options) => paginateListProvisionedModelThroughputs({client, pageSize: PAGE}, {}, options),
        (page) => page.provisionedModelSummaries,
      )
      return found.map((one) => ({
        arn: one.provisionedModelArn ?? '',
        name: one.provisionedModelName ?? '',
        status: one.status ?? '',
        modelArn: one.modelArn ?? '',
        foundationModelArn: one.foundationModelArn ?? '',
        modelUnits: one.modelUnits ?? null,
        desiredModelUnits: one.desiredModelUnits ?? null,
        commitment: one.commitmentDuration ?? null,
        commitmentExpiresAt: moment(one.commitmentExpirationTime),
        createdAt: moment(one.creationTime),
        updatedAt: moment(one.lastModifiedTime),
      }))
    },
    async 'bedrock:custom-model-deployments'(context) {
      const found = await ask(context).all(
        'ListCustomModelDeployments',
        (client, options) => paginateListCustomModelDeployments({client, pageSize: PAGE}, {}, options),
        (page) => page.modelDeploymentSummaries,
      )
      return found.map((one) => ({
        arn: one.customModelDeploymentArn ?? '',
        name: one.customModelDeploymentName ?? '',
        modelArn: one.modelArn ?? '',
        status: one.status ?? '',
        failure: one.failureMessage ?? null,
        createdAt: moment(one.createdAt),
        updatedAt: moment(one.lastUpdatedAt),
      }))
    },
    async 'bedrock:prompt-routers'(context) {
      const found = await ask(context).all(
        'ListPromptRouters',
        (client, options) => paginateListPromptRouters({client, pageSize: PAGE}, {}, options),
        (page) => page.promptRouterSummaries,
      )
      return found.map((one) => ({
        arn: one.promptRouterArn ?? '',
        name: one.promptRouterName ?? '',
        type: one.type ?? '',
        status: one.status ?? '',
        modelArns: (one.models ?? []).flatMap(({modelArn}) => modelArn ?? []),
        fallbackModelArn: one.fallbackModel?.modelArn ?? null,
        createdAt: moment(one.createdAt),
      }))
    },
    async 'bedrock:marketplace-endpoints'(context) {
      const found = await ask(context).all(
        'ListMarketplaceModelEndpoints',
        (client, options) => paginateListMarketplaceModelEndpoints({client, pageSize: PAGE}, {}, options),
        (page) => page.marketplaceModelEndpoints,
      )
      return found.map((one) => ({
        arn: one.endpointArn ?? '',
        modelSource: one.modelSourceIdentifier ?? '',
        status: one.status ?? null,
        statusMessage: one.statusMessage ?? null,
        createdAt: moment(one.createdAt),
        updatedAt: moment(one.updatedAt),
      }))
    },
  }
}
