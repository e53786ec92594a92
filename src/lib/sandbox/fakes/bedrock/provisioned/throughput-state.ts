import type {ProvisionedModelStatus} from '@aws-sdk/client-bedrock'
import type {ProvisionedModel} from '../../../world/custom-model-state.js'

/** Provisioned throughput is what the clock has made of it. */
export function provisionedStatus(
  {readyAt, failure, change}: Pick<ProvisionedModel, 'readyAt' | 'failure' | 'change'>,
  now: number,
): ProvisionedModelStatus {
  if (now < readyAt) return 'Creating'
  if (failure !== undefined) return 'Failed'
  return change && now < change.doneAt ? 'Updating' : 'InService'
}
