import {read, regionsOf} from '../../account/read.js'
import {SUB_SERVICES, type SubService} from '../../core/sub-services.js'
import type {AuditContext} from '../audit-context.js'
import {allVpcs, type PlacedVpc, type PrivatePath, privatePath} from '../facts/private-path.js'
import {vpcNeeds} from '../facts/vpc-needs.js'
import {vpcOfWorkload} from '../facts/workload-endpoints.js'
import {isNowhere} from '../judge-resource.js'
import type {AuditEndpoints, MatrixRegion, MatrixVpc, PathCell} from './audit-endpoints.schema.js'

type Matrix = Pick<AuditEndpoints, 'services' | 'regions' | 'unseen'>

const NETWORK_READS = ['ec2:vpcs', 'ec2:vpc-endpoints', 'route53:vpc-hosted-zones'] as const

/** Every VPC against every service of Bedrock, Region by Region; workloads first, the default VPC last. */
export function networkMatrix(context: AuditContext): Matrix {
  const needed = new Set(
    vpcNeeds(context).flatMap(({vpcId, vpcRegion, service, serviceRegion, certain}) =>
      certain && vpcRegion === serviceRegion ? [`${vpcId} ${service}`] : [],
    ),
  )
  const vpcs = allVpcs(context.snapshot)
  const regions = regionsOf(context.snapshot, 'ec2:vpcs').map((region): MatrixRegion => {
    const rows = vpcs.filter((one) => one.region === region).map((one) => rowOf(context, one, needed))
    return {region, notOffered: notOffered(context, region), vpcs: rows.toSorted(byWeight)}
  })
  return {services: [...SUB_SERVICES], regions, unseen: unseen(context)}
}

function byWeight(one: MatrixVpc, other: MatrixVpc): number {
  return weightOf(one) - weightOf(other) || (one.id < other.id ? -1 : 1)
}

function weightOf({workloads, isDefault}: MatrixVpc): number {
  return isDefault ? 2 : workloads.length > 0 ? 0 : 1
}

function rowOf(context: AuditContext, {vpc, region}: PlacedVpc, needed: ReadonlySet<string>): MatrixVpc {
  const {snapshot, project} = context
  const workloads = project.workloads.filter((workload) => vpcOfWorkload(snapshot, workload) === vpc.id)
  return {
    id: vpc.id,
    name: vpc.tags.find(({key}) => key === 'Name')?.value ?? null,
    isDefault: vpc.isDefault,
    cidrs: vpc.cidrs,
    workloads: workloads.map(({name}) => name),
    cells: SUB_SERVICES.map((service) => {
      const path = privatePath(snapshot, {vpcId: vpc.id, vpcRegion: region, service, serviceRegion: region})
      return cellOf(path, service, needed.has(`${vpc.id} ${service}`))
    }),
  }
}

function cellOf(path: PrivatePath, service: SubService, isNeeded: boolean): PathCell {
  const detail = 'endpoint' in path ? path.endpoint.detail : undefined
  return {
    service,
    path: path.kind,
    endpoint: detail?.id ?? null,
    state: detail?.state ?? null,
    vpc: detail?.vpcId ?? null,
    zone: path.kind === 'shared' ? path.zone : null,
    needed: isNeeded,
    because: path.kind === 'unknown' ? path.missing.map(({action, reason}) => `${action}: ${reason}`).join('; ') : null,
  }
}

function notOffered({snapshot}: AuditContext, region: string): readonly SubService[] {
  const services = read(snapshot, 'ec2:vpc-endpoint-services', region)
  if (services.state === 'unread' || services.value.length === 0) return []
  return SUB_SERVICES.filter((name) => !services.value.some(({service}) => service.endsWith(`.${region}.${name}`)))
}

function unseen({snapshot}: AuditContext): readonly string[] {
  const found = NETWORK_READS.flatMap((id) =>
    regionsOf(snapshot, id).flatMap((region) => {
      const reading = read(snapshot, id, region)
      if (reading.state === 'read' || isNowhere(reading)) return []
      const {action, reason} = reading
      return [reason.includes(region) ? reason : `${action} in ${region}: ${reason}`]
    }),
  )
  return [...new Set(found)]
}
