import {usageError} from '../core/errors.js'
import {sanitise} from '../core/text.js'
import {type FindPlaces, findOwn} from '../jobs/find-own.js'
import type {CapacitySource, Deployment, ProvisionedThroughput} from './ports.js'

/** Capacity that a name, an id or an ARN stands for. */
export type OwnCapacity =
  | {readonly kind: 'provisioned'; readonly one: ProvisionedThroughput}
  | {readonly kind: 'deployment'; readonly one: Deployment}

/** Provisioned throughput or a deployment; undefined where there is neither. */
export async function findCapacity(
  text: string,
  places: FindPlaces,
  source: Pick<CapacitySource, 'provisioned' | 'provisionedOne' | 'deployments' | 'deployment'>,
  signal?: AbortSignal,
): Promise<OwnCapacity | undefined> {
  const [provisioned, deployment] = await Promise.all([
    findOwn(text, places, {
      resource: 'provisioned-model/',
      words: 'provisioned throughput',
      get: (region, identifier) => source.provisionedOne(region, identifier, signal),
      list: (region) => source.provisioned(region, signal),
    }),
    findOwn(text, places, {
      resource: 'custom-model-deployment/',
      words: 'deployment',
      get: (region, identifier) => source.deployment(region, identifier, signal),
      list: (region) => source.deployments(region, signal),
    }),
  ])
  if (provisioned && deployment) {
    throw usageError('NAME_OF_TWO', `"${sanitise(text)}" is provisioned throughput and a deployment.`, {
      why: `${provisioned.arn}\n${deployment.arn}`,
      hint: 'Name one of them by its ARN.',
    })
  }
  if (provisioned) return {kind: 'provisioned', one: provisioned}
  return deployment && {kind: 'deployment', one: deployment}
}

export function noCapacity(text: string, regions: readonly string[]) {
  return usageError('CAPACITY_NOT_FOUND', `There is no capacity called "${sanitise(text)}" in ${regions.join(', ')}.`, {
    hint: 'List what there is: bedrockctl capacity list --region all',
  })
}
