import {AccessDeniedException, type VpcConfig} from '@aws-sdk/client-bedrock'
import type {RequestContext} from '../../handler.js'
import {trustsBedrock} from './batch/policy.js'
import {findRole} from './batch/role-rights.js'
import {here} from './place.js'
import {invalid} from './refusals.js'

// What every job that Bedrock runs under a role is refused for at once.

/**
 * The role must be one of the account that the caller may pass on and that lets Bedrock take it for this job;
 * `refusal` is what is said of one that does not. Without a job, no condition on the source is held against it.
 */
export function checkRole(
  roleArn: string,
  jobArn: string | undefined,
  context: RequestContext,
  refusal = `The provided role ARN ${roleArn} is invalid, or its trust policy does not let Amazon Bedrock assume it.`,
): void {
  const {world, account, accessKeyId, region} = context
  const denied = world.authorise({account, accessKeyId, action: 'iam:PassRole', region})
  if (denied !== undefined) {
    const message = denied.replace('iam:PassRole because', `iam:PassRole on resource: ${roleArn} because`)
    throw new AccessDeniedException({message, $metadata: {}})
  }
  const role = findRole(roleArn, context)
  const source = jobArn === undefined ? {} : {'aws:sourcearn': jobArn}
  const circumstances = {'aws:sourceaccount': account, ...source}
  if (!role || !trustsBedrock(role.trust, circumstances)) throw invalid(refusal)
}

/** Subnets and security groups must be there. */
export function checkNetwork(vpc: VpcConfig | undefined, context: RequestContext): void {
  if (!vpc) return
  const {subnets, securityGroups} = here(context).network
  const subnet = vpc.subnetIds?.find((id) => !subnets.some((one) => one.id === id))
  if (subnet !== undefined) throw invalid(`The subnet ID '${subnet}' does not exist`)
  const group = vpc.securityGroupIds?.find((id) => !securityGroups.some((one) => one.id === id))
  if (group !== undefined) throw invalid(`The security group '${group}' does not exist`)
}
