import {read, regionsOf} from '../../account/read.js'
import type {AccountSnapshot} from '../../account/snapshot.schema.js'
import type {Workload} from '../../config/project.schema.js'
import type {SubService} from '../../core/sub-services.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {allBedrockEndpoints, type BedrockEndpoint, isAvailable} from './bedrock-endpoint.js'
import {coverage} from './cidr.js'
import {allVpcs, privatePath, regionOfVpc} from './private-path.js'

/** The VPC of a workload: as declared, else the one of its groups, else the only one with its addresses. */
export function vpcOfWorkload(snapshot: AccountSnapshot, {vpc, securityGroups, cidrs}: Workload): string | undefined {
  if (vpc !== undefined) return vpc
  const ofGroup = regionsOf(snapshot, 'ec2:security-groups').flatMap((region) => {
    const groups = read(snapshot, 'ec2:security-groups', region)
    return groups.state === 'read' ? groups.value.filter(({id}) => securityGroups.includes(id)) : []
  })
  const [group] = ofGroup
  if (group?.vpcId) return group.vpcId
  if (cidrs.length === 0) return undefined
  const holding = allVpcs(snapshot).filter((one) => cidrs.every((cidr) => coverage(cidr, one.vpc.cidrs) === 'all'))
  return holding.length === 1 ? holding[0]?.vpc.id : undefined
}

/** Regions that a workload calls: those it names, else the one of its VPC, else those of the project. */
export function regionsCalled({snapshot, project}: AuditContext, workload: Workload): readonly string[] {
  if (workload.regions.length > 0) return workload.regions
  const vpc = vpcOfWorkload(snapshot, workload)
  const region = vpc === undefined ? undefined : regionOfVpc(snapshot, vpc)
  return region === undefined ? project.regions : [region]
}

/** How the calls of a workload to one service in one Region leave its VPC. */
export interface WorkloadWay {
  readonly workload: Workload
  readonly vpcId: string
  readonly service: SubService
  /** Region called. */
  readonly region: string
  /** Available ones that calls may take; empty where there is none, which EP-01 tells. */
  readonly endpoints: readonly BedrockEndpoint[]
  /** Why it is not known which they are. */
  readonly missing: readonly Missing[]
}

/** For every declared workload in a VPC, every service it uses and every Region it calls. */
export function workloadWays(context: AuditContext): readonly WorkloadWay[] {
  const {snapshot, project} = context
  return project.workloads.flatMap((workload) => {
    const vpcId = vpcOfWorkload(snapshot, workload)
    if (vpcId === undefined) return []
    return regionsCalled(context, workload).flatMap((region) =>
      workload.services.map((service) => wayOf(snapshot, {workload, vpcId, service, region})),
    )
  })
}

function wayOf(
  snapshot: AccountSnapshot,
  way: Pick<WorkloadWay, 'workload' | 'vpcId' | 'service' | 'region'>,
): WorkloadWay {
  const {vpcId, service, region} = way
  const vpcRegion = regionOfVpc(snapshot, vpcId)
  const path = privatePath(snapshot, {vpcId, vpcRegion, service, serviceRegion: region})
  switch (path.kind) {
    case 'private-dns':
    case 'shared':
      return {...way, endpoints: [path.endpoint], missing: []}
    case 'no-dns': {
      const own = allBedrockEndpoints(snapshot).filter(
        (one) =>
          isAvailable(one) && one.detail.vpcId === vpcId && one.service === service && one.serviceRegion === region,
      )
      return {...way, endpoints: own, missing: []}
    }
    case 'unknown':
      return {...way, endpoints: [], missing: path.missing}
    case 'unavailable':
    case 'none':
      return {...way, endpoints: [], missing: []}
  }
}
