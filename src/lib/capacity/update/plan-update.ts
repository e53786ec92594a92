import {BedrockctlError, usageError} from '../../core/errors.js'
import type {OwnCapacity} from '../find-capacity.js'
import type {CapacitySource} from '../ports.js'
import type {CapacityUpdateResult} from './capacity-update.schema.js'

export type PlannedUpdate = Omit<CapacityUpdateResult, 'schemaVersion' | 'simulated' | 'unread' | 'outcome'>

/** A model of one's own, as far as a change of model needs it. */
export interface ServableModel {
  readonly arn: string
  readonly name: string
  readonly baseModelArn: string | null
  readonly state: string | null
}

export interface WantedChange {
  readonly name: string | undefined
  /** The model that is to be served; `base`: that which its custom model was made of. */
  readonly model: ServableModel | 'base' | undefined
  /** What is served now, where that is a model of one's own that could be read. */
  readonly served: ServableModel | undefined
}

const NAME = /^([0-9a-zA-Z][_-]?){1,63}$/

/** What of the change is one; refuses what Bedrock would not do. Units cannot be changed at all. */
export function planUpdate(found: OwnCapacity, wanted: WantedChange): PlannedUpdate {
  const {one} = found
  const problems = problemsOf(found, wanted)
  if (problems.length > 0) {
    throw usageError('CHANGE_NOT_POSSIBLE', `${one.name} cannot be changed so.`, {
      why: problems.join('\n'),
      hint: 'The number of units and the commitment cannot be changed: make another one with bedrockctl capacity create.',
    })
  }
  const isBusy =
    found.kind === 'provisioned'
      ? found.one.state !== 'InService'
      : found.one.update?.state === 'Updating' || one.state !== 'Active'
  const modelArn = modelArnOf(found, wanted)
  const change = {
    name: wanted.name === undefined || wanted.name === one.name ? null : wanted.name,
    modelArn: modelArn === one.modelArn ? null : modelArn,
  }
  if (isBusy && (change.name !== null || change.modelArn !== null)) {
    throw new BedrockctlError('CAPACITY_BUSY', `${one.name} is ${busyState(found)} and cannot be changed now.`, {
      fault: 'service',
      hint: 'Wait until it is done, then run this again; bedrockctl capacity list tells its state.',
    })
  }
  return {kind: found.kind, name: one.name, arn: one.arn, region: one.region, modelArn: one.modelArn, change}
}

function busyState(found: OwnCapacity): string {
  return found.kind === 'deployment' && found.one.update?.state === 'Updating' ? 'Updating' : found.one.state
}

function modelArnOf(found: OwnCapacity, {model}: WantedChange): string | null {
  if (model === undefined) return null
  if (model !== 'base') return model.arn
  return found.kind === 'provisioned' ? found.one.foundationModelArn : null
}

function problemsOf(found: OwnCapacity, wanted: WantedChange): readonly string[] {
  const {model, name} = wanted
  return [
    ...(name === undefined && model === undefined ? ['give --name, --model or both'] : []),
    ...(name === undefined ? [] : nameProblems(found, name)),
    ...(model === undefined ? [] : modelProblems(found, model, wanted)),
  ]
}

function nameProblems({kind}: OwnCapacity, name: string): readonly string[] {
  if (kind === 'deployment') return ['the name of a deployment cannot be changed']
  return NAME.test(name) ? [] : [`--name ${name}: letters, digits and single - or _ between them, at most 63`]
}

function modelProblems(found: OwnCapacity, model: ServableModel | 'base', {served}: WantedChange): readonly string[] {
  if (found.kind === 'provisioned' && found.one.modelArn === found.one.foundationModelArn) {
    return ['provisioned throughput of a base model cannot serve another model']
  }
  if (model === 'base') return found.kind === 'deployment' ? ['a deployment serves custom models alone'] : []
  const base = found.kind === 'provisioned' ? found.one.foundationModelArn : (served?.baseModelArn ?? null)
  const isOther = base !== null && model.baseModelArn !== null && !sameBase(model.baseModelArn, base)
  return [
    ...(model.state === null || model.state === 'Active' ? [] : [`${model.name} is ${model.state}`]),
    ...(isOther ? [`${model.name} was made of ${model.baseModelArn}, not of ${base}`] : []),
  ]
}

/** The suffix of a context stands in one ARN and not in the other. */
function sameBase(one: string, other: string): boolean {
  const bare = (arn: string) => arn.replace(/:\d+k$/, '')
  return bare(one) === bare(other)
}

/** Asks for the change. */
export async function updateCapacity(
  {arn, change, kind, region}: Pick<PlannedUpdate, 'arn' | 'change' | 'kind' | 'region'>,
  source: Pick<CapacitySource, 'updateProvisioned' | 'updateDeployment'>,
  signal: AbortSignal,
): Promise<void> {
  if (kind === 'deployment') {
    if (change.modelArn !== null) await source.updateDeployment(region, arn, change.modelArn, signal)
    return
  }
  const wanted = {name: change.name ?? undefined, modelId: change.modelArn ?? undefined}
  await source.updateProvisioned(region, arn, wanted, signal)
}
