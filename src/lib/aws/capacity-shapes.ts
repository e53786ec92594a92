import type {
  CustomModelDeploymentSummary,
  GetCustomModelDeploymentCommandOutput,
  GetProvisionedModelThroughputCommandOutput,
  ProvisionedModelSummary,
} from '@aws-sdk/client-bedrock'
import type {Deployment, ProvisionedThroughput} from '../capacity/ports.js'
import {isoOf, lastPart} from './bedrock-calls.js'

/** One of them, or one of a listing, which only leaves out why it failed. */
export function readProvisioned(
  one: GetProvisionedModelThroughputCommandOutput | ProvisionedModelSummary,
  region: string,
): ProvisionedThroughput {
  const arn = one.provisionedModelArn ?? ''
  const units = one.modelUnits ?? 0
  const modelArn = one.modelArn ?? ''
  return {
    arn,
    id: lastPart(arn),
    region,
    name: one.provisionedModelName ?? '',
    state: one.status ?? 'Creating',
    modelUnits: units,
    desiredModelUnits: one.desiredModelUnits ?? units,
    modelArn,
    desiredModelArn: one.desiredModelArn ?? modelArn,
    foundationModelArn: one.foundationModelArn ?? '',
    commitment: one.commitmentDuration ?? null,
    commitmentEndsAt: isoOf(one.commitmentExpirationTime),
    createdAt: one.creationTime?.toISOString() ?? '',
    message: ('failureMessage' in one ? one.failureMessage : undefined) ?? null,
  }
}

export function readDeployment(one: GetCustomModelDeploymentCommandOutput, region: string): Deployment {
  const {description, modelDeploymentName, updateDetails} = one
  return {
    ...sharedBy(one, region),
    name: modelDeploymentName ?? '',
    update: updateDetails
      ? {modelArn: updateDetails.modelArn ?? '', state: updateDetails.updateStatus ?? 'Updating'}
      : null,
    description: description ?? null,
  }
}

/** A listing gives the name another member, and tells nothing of updates. */
export function listedDeployment(one: CustomModelDeploymentSummary, region: string): Deployment {
  return {...sharedBy(one, region), name: one.customModelDeploymentName ?? '', update: null, description: null}
}

function sharedBy(one: GetCustomModelDeploymentCommandOutput | CustomModelDeploymentSummary, region: string) {
  const arn = one.customModelDeploymentArn ?? ''
  return {
    arn,
    id: lastPart(arn),
    region,
    modelArn: one.modelArn ?? '',
    state: one.status ?? 'Creating',
    createdAt: one.createdAt?.toISOString() ?? '',
    message: one.failureMessage ?? null,
  }
}
