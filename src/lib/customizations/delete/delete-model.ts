import type {CapacitySource} from '../../capacity/ports.js'
import type {CustomizationSource, CustomModel} from '../ports.js'
import type {CustomizationDeleteResult} from './customization-delete.schema.js'

type Told = Omit<CustomizationDeleteResult, 'schemaVersion' | 'simulated'>

/** What would become of the model that a name stands for; one that something serves is kept. */
export async function planDelete(
  text: string,
  model: CustomModel | undefined,
  capacity: Pick<CapacitySource, 'deployments' | 'provisioned'>,
  signal?: AbortSignal,
): Promise<Told> {
  const requirement = 'nothing serves the model'
  const base = {unread: [], gate: {requirement, passed: true, failures: []}, servedBy: [], next: []} as const
  if (model === undefined) return {...base, name: text, arn: null, region: null, outcome: 'gone'}
  const {arn, name, region} = model
  const [deployments, provisioned] = await Promise.all([
    capacity.deployments(region, signal),
    capacity.provisioned(region, signal),
  ])
  const servedBy = [
    ...deployments
      .filter(({modelArn}) => modelArn === arn)
      .map((one) => ({...namesOf(one), kind: 'deployment' as const})),
    ...provisioned
      .filter(({desiredModelArn, modelArn}) => modelArn === arn || desiredModelArn === arn)
      .map((one) => ({...namesOf(one), kind: 'provisioned-throughput' as const})),
  ]
  if (servedBy.length === 0) return {...base, name, arn, region, outcome: 'would-delete'}
  return {
    ...base,
    ...{name, arn, region, servedBy},
    gate: {requirement, passed: false, failures: servedBy.map((one) => `${one.name} serves it`)},
    outcome: 'refused',
    next: servedBy.map((one) => `bedrockctl capacity delete ${one.name} --region ${region}`),
  }
}

function namesOf({arn, name}: {readonly arn: string; readonly name: string}) {
  return {arn, name}
}

/** Deletes it; one that has gone in between is gone. */
export async function deleteModel(
  planned: Told,
  source: Pick<CustomizationSource, 'remove'>,
  signal?: AbortSignal,
): Promise<Told> {
  if (planned.outcome !== 'would-delete' || planned.arn === null || planned.region === null) return planned
  const removed = await source.remove(planned.region, planned.arn, signal)
  return {...planned, outcome: removed ? 'deleted' : 'gone'}
}
