import {read} from '../../account/read.js'
import type {AccountSnapshot} from '../../account/snapshot.schema.js'
import {fail, notApplicable, ok, unknown} from './check.js'
import type {PreflightCheck} from './preflight.schema.js'

export interface JobVpc {
  readonly subnetIds: readonly string[]
  readonly securityGroupIds: readonly string[]
}

/** Subnets and security groups of a job are there, in one VPC. */
export function judgeNetwork(vpc: JobVpc | null, region: string, snapshot: AccountSnapshot): PreflightCheck {
  if (vpc === null) return notApplicable('network', 'The job runs in no VPC of yours.')
  const subnets = read(snapshot, 'ec2:subnets', region)
  const groups = read(snapshot, 'ec2:security-groups', region)
  if (subnets.state === 'unread') return unknown('network', `Subnets could not be read: ${subnets.reason}`)
  if (groups.state === 'unread') return unknown('network', `Security groups could not be read: ${groups.reason}`)
  const missing = [
    ...vpc.subnetIds.filter((id) => !subnets.value.some((one) => one.id === id)),
    ...vpc.securityGroupIds.filter((id) => !groups.value.some((one) => one.id === id)),
  ]
  if (missing.length > 0) {
    return fail('network', `${region} has no ${missing.join(', ')}.`, `aws ec2 describe-subnets --region ${region}`)
  }
  const vpcs = new Set([
    ...subnets.value.filter(({id}) => vpc.subnetIds.includes(id)).map(({vpcId}) => vpcId),
    ...groups.value.filter(({id}) => vpc.securityGroupIds.includes(id)).map(({vpcId}) => vpcId),
  ])
  if (vpcs.size > 1) return fail('network', `Subnets and security groups are of several VPCs: ${[...vpcs].join(', ')}.`)
  return ok('network', `Subnets and security groups are there, in ${[...vpcs].join('')}.`)
}
