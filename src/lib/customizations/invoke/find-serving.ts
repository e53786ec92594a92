import type {CapacitySource, Deployment, ProvisionedThroughput} from '../../capacity/ports.js'
import {type BedrockctlError, usageError} from '../../core/errors.js'
import {type FindPlaces, findOwn} from '../../jobs/find-own.js'
import {findModel} from '../follow/find-model.js'
import type {CustomizationSource, CustomModel} from '../ports.js'

/** What can be called in the place of a custom model. */
export interface ServingTarget {
  readonly kind: 'deployment' | 'provisioned-throughput'
  readonly name: string
  readonly arn: string
  readonly region: string
  readonly modelArn: string
  readonly state: string
}

export interface ServingPorts {
  readonly source: Pick<CustomizationSource, 'model' | 'models'>
  readonly capacity: Pick<CapacitySource, 'deployment' | 'deployments' | 'provisioned' | 'provisionedOne'>
}

/** A deployment, provisioned throughput, or what serves the model of that name; what is not ready yet is refused. */
export async function findServing(
  text: string,
  places: FindPlaces,
  {capacity, source}: ServingPorts,
  signal?: AbortSignal,
): Promise<ServingTarget> {
  const [deployment, units, model] = await Promise.all([
    findOwn(text, places, {
      resource: 'custom-model-deployment/',
      words: 'deployment',
      get: (region, identifier) => capacity.deployment(region, identifier, signal),
      list: (region) => capacity.deployments(region, signal),
    }),
    findOwn(text, places, {
      resource: 'provisioned-model/',
      words: 'provisioned throughput',
      get: (region, identifier) => capacity.provisionedOne(region, identifier, signal),
      list: (region) => capacity.provisioned(region, signal),
    }),
    findModel(text, places, source, signal),
  ])
  const named = [...(deployment ? [ofDeployment(deployment)] : []), ...(units ? [ofUnits(units)] : [])]
  const found = named.length > 0 ? named : model ? await servingsOf(model, capacity, signal) : []
  const [first] = found
  if (first === undefined) throw model ? notServed(model) : nothing(text, places.regions)
  return found.find(isReady) ?? refuse(first)
}

async function servingsOf(
  {arn, region}: CustomModel,
  capacity: ServingPorts['capacity'],
  signal: AbortSignal | undefined,
): Promise<readonly ServingTarget[]> {
  const [deployments, units] = await Promise.all([
    capacity.deployments(region, signal),
    capacity.provisioned(region, signal),
  ])
  // Units are paid by the hour whether they are asked or not.
  return [
    ...units.filter(({modelArn}) => modelArn === arn).map(ofUnits),
    ...deployments.filter(({modelArn}) => modelArn === arn).map(ofDeployment),
  ]
}

function ofDeployment({arn, modelArn, name, region, state}: Deployment): ServingTarget {
  return {kind: 'deployment', name, arn, region, modelArn, state}
}

function ofUnits({arn, modelArn, name, region, state}: ProvisionedThroughput): ServingTarget {
  return {kind: 'provisioned-throughput', name, arn, region, modelArn, state}
}

/** Units go on serving what they served while they are updated. */
function isReady({state}: ServingTarget): boolean {
  return state === 'Active' || state === 'InService' || state === 'Updating'
}

function refuse({name, region, state}: ServingTarget): never {
  throw usageError('NOT_READY', `${name} is ${state}, and cannot be called.`, {
    hint: state === 'Creating' ? 'Wait until it is ready: it takes minutes.' : 'Look at it: bedrockctl capacity list',
    actions: [`bedrockctl capacity list --region ${region}`],
  })
}

function notServed({name, region}: CustomModel): BedrockctlError {
  return usageError(
    'NOT_DEPLOYED',
    `Nothing serves ${name}: a custom model must be deployed before it can be called.`,
    {
      hint: `Deploy it: bedrockctl customizations deploy ${name}`,
      actions: [`bedrockctl customizations deploy ${name} --region ${region} --dry-run`],
    },
  )
}

function nothing(text: string, regions: readonly string[]): BedrockctlError {
  return usageError(
    'SERVING_UNKNOWN',
    `There is no custom model, deployment or provisioned throughput ${text} in ${regions.join(', ')}.`,
    {hint: 'Look for it in every Region.', actions: ['bedrockctl capacity list --region all']},
  )
}
