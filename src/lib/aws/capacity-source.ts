import {
  CreateCustomModelDeploymentCommand,
  CreateProvisionedModelThroughputCommand,
  DeleteCustomModelDeploymentCommand,
  DeleteProvisionedModelThroughputCommand,
  GetCustomModelDeploymentCommand,
  GetProvisionedModelThroughputCommand,
  paginateListCustomModelDeployments,
  paginateListProvisionedModelThroughputs,
  UpdateCustomModelDeploymentCommand,
  UpdateProvisionedModelThroughputCommand,
} from '@aws-sdk/client-bedrock'
import type {CapacitySource} from '../capacity/ports.js'
import {absentAs} from './absent.js'
import {type BedrockCall, bedrockCalls, tagList} from './bedrock-calls.js'
import {listedDeployment, readDeployment, readProvisioned} from './capacity-shapes.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

const PAGE_SIZE = 1000
const NEWEST_FIRST = {sortBy: 'CreationTime', sortOrder: 'Descending'} as const

export function createCapacitySource(wire: Wire): CapacitySource {
  const call = bedrockCalls(wire)
  return {...provisionedThroughput(call), ...deployments(call)}
}

type ProvisionedPart = Pick<
  CapacitySource,
  'provisioned' | 'provisionedOne' | 'createProvisioned' | 'updateProvisioned' | 'removeProvisioned'
>

function provisionedThroughput(call: BedrockCall): ProvisionedPart {
  return {
    async provisioned(region, signal) {
      const found = await call('ListProvisionedModelThroughputs', region, signal, (client, options) =>
        collectPages(
          paginateListProvisionedModelThroughputs({client, pageSize: PAGE_SIZE}, {...NEWEST_FIRST}, options),
          (page) => page.provisionedModelSummaries,
          (page) => page.nextToken,
        ),
      )
      return found.map((one) => readProvisioned(one, region))
    },
    async provisionedOne(region, provisionedModelId, signal) {
      const command = new GetProvisionedModelThroughputCommand({provisionedModelId})
      const answer = await absentAs(
        call('GetProvisionedModelThroughput', region, signal, (client, options) => client.send(command, options)),
        undefined,
      )
      return answer && readProvisioned(answer, region)
    },
    async createProvisioned(region, request, signal) {
      const {clientRequestToken, commitment, modelId, modelUnits, name, tags} = request
      const command = new CreateProvisionedModelThroughputCommand({
        provisionedModelName: name,
        clientRequestToken,
        modelId,
        modelUnits,
        ...(commitment !== null && {commitmentDuration: commitment}),
        ...(tags && {tags: tagList(tags)}),
      })
      const {provisionedModelArn} = await call('CreateProvisionedModelThroughput', region, signal, (client, options) =>
        client.send(command, options),
      )
      return provisionedModelArn ?? ''
    },
    async updateProvisioned(region, provisionedModelId, {modelId, name}, signal) {
      const command = new UpdateProvisionedModelThroughputCommand({
        provisionedModelId,
        ...(name !== undefined && {desiredProvisionedModelName: name}),
        ...(modelId !== undefined && {desiredModelId: modelId}),
      })
      await call('UpdateProvisionedModelThroughput', region, signal, (client, options) => client.send(command, options))
    },
    async removeProvisioned(region, provisionedModelId, signal) {
      const command = new DeleteProvisionedModelThroughputCommand({provisionedModelId})
      const removed = call('DeleteProvisionedModelThroughput', region, signal, (client, options) =>
        client.send(command, options),
      )
      return (await absentAs(removed, undefined)) !== undefined
    },
  }
}

function deployments(call: BedrockCall): Omit<CapacitySource, keyof ProvisionedPart> {
  return {
    async deployments(region, signal) {
      const found = await call('ListCustomModelDeployments', region, signal, (client, options) =>
        collectPages(
          paginateListCustomModelDeployments({client, pageSize: PAGE_SIZE}, {...NEWEST_FIRST}, options),
          (page) => page.modelDeploymentSummaries,
          (page) => page.nextToken,
        ),
      )
      return found.map((one) => listedDeployment(one, region))
    },
    async deployment(region, customModelDeploymentIdentifier, signal) {
      const command = new GetCustomModelDeploymentCommand({customModelDeploymentIdentifier})
      const answer = await absentAs(
        call('GetCustomModelDeployment', region, signal, (client, options) => client.send(command, options)),
        undefined,
      )
      return answer && readDeployment(answer, region)
    },
    async createDeployment(region, {clientRequestToken, description, modelArn, name, tags}, signal) {
      const command = new CreateCustomModelDeploymentCommand({
        modelDeploymentName: name,
        clientRequestToken,
        modelArn,
        ...(description !== undefined && {description}),
        ...(tags && {tags: tagList(tags)}),
      })
      const {customModelDeploymentArn} = await call('CreateCustomModelDeployment', region, signal, (client, options) =>
        client.send(command, options),
      )
      return customModelDeploymentArn ?? ''
    },
    async updateDeployment(region, customModelDeploymentIdentifier, modelArn, signal) {
      const command = new UpdateCustomModelDeploymentCommand({customModelDeploymentIdentifier, modelArn})
      await call('UpdateCustomModelDeployment', region, signal, (client, options) => client.send(command, options))
    },
    async removeDeployment(region, customModelDeploymentIdentifier, signal) {
      const command = new DeleteCustomModelDeploymentCommand({customModelDeploymentIdentifier})
      const removed = call('DeleteCustomModelDeployment', region, signal, (client, options) =>
        client.send(command, options),
      )
      return (await absentAs(removed, undefined)) !== undefined
    },
  }
}
