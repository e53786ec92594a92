import {AWS_NETWORK} from '../../iam/caller-context.js'
import type {JobKind} from '../../iam/legs/job-legs.js'
import {type CallPlace, createLeg, type Leg, ownArn} from '../../iam/legs/leg.js'
import type {ContextValues} from '../../iam/request-context.js'
import type {JobVpc} from './network.js'

const SOURCE = {source: 'Bedrock User Guide, batch-vpc', asOf: '2026-10-01'}

/** The tag by which policies know the network interfaces of a job. */
const JOB_TAGS: Readonly<Record<JobKind, string>> = {
  'model-invocation-job': 'BedrockModelInvocationJobArn',
  'model-import-job': 'BedrockModelImportJobArn',
  'model-customization-job': 'BedrockModelCustomizationJobArn',
}

const LOOKS = ['NetworkInterfaces', 'Vpcs', 'DhcpOptions', 'Subnets', 'SecurityGroups'] as const
const LATER = [
  'CreateNetworkInterfacePermission',
  'DeleteNetworkInterface',
  'DeleteNetworkInterfacePermission',
] as const

/** What a role needs to make the network interfaces of a job in a VPC, and to take them away. */
export function vpcLegs(vpc: JobVpc, job: JobKind, place: CallPlace): readonly Leg[] {
  const arn = (resource: string) => ownArn(place, resource, {service: 'ec2'})
  // Neither interface nor job is there yet: only a policy for all of them can match.
  const interfaces = arn('network-interface/*')
  const leg = (action: string, resource: string, context: ContextValues = {}) =>
    createLeg(
      {
        name: 'network interfaces of the job',
        actor: 'service-role',
        action: `ec2:${action}`,
        resource,
        context: {...AWS_NETWORK, 'aws:RequestedRegion': place.region, 'aws:ViaAWSService': UNSETTLED, ...context},
        complete: ['aws:RequestTag/', ...(resource === interfaces ? ['aws:ResourceTag/'] : [])],
        endpoint: 'bypassed',
        why: 'the job reads and writes its data by way of the VPC',
      },
      SOURCE,
    )
  const tags = {BedrockManaged: 'true', [JOB_TAGS[job]]: ownArn(place, `${job}/abcdefghijkl`)}
  const asked = {...keys('aws:RequestTag', tags), 'aws:TagKeys': Object.keys(tags)}
  const subnets = vpc.subnetIds.map((id) => arn(`subnet/${id}`))
  const groups = vpc.securityGroupIds.map((id) => arn(`security-group/${id}`))
  return [
    ...LOOKS.map((what) => leg(`Describe${what}`, '*')),
    leg('CreateNetworkInterface', interfaces, asked),
    ...[...subnets, ...groups].map((resource) => leg('CreateNetworkInterface', resource)),
    leg('CreateTags', interfaces, {...asked, 'ec2:CreateAction': 'CreateNetworkInterface'}),
    ...subnets.flatMap((subnet) =>
      LATER.map((action) => leg(action, interfaces, {...keys('aws:ResourceTag', tags), 'ec2:Subnet': subnet})),
    ),
  ]
}

/** Whether the role's calls count as made through a service is not documented. */
const UNSETTLED = {oneOf: ['true', 'false']}

function keys(family: string, tags: Readonly<Record<string, string>>): ContextValues {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`${family}/${name}`, value]))
}
