import {read, regionsOf} from '../../account/read.js'
import type {ReadValues} from '../../account/snapshot.schema.js'
import type {Workload} from '../../config/project.schema.js'
import type {SubService} from '../../core/sub-services.js'
import type {AuditContext} from '../audit-context.js'
import type {Evidence} from '../finding.schema.js'
import {allBedrockEndpoints} from './bedrock-endpoint.js'
import {coverage} from './cidr.js'
import {allVpcs, type PathInput, type PlacedVpc, regionOfVpc} from './private-path.js'
import {subServiceOf} from './trail-event.js'
import {regionsCalled, vpcOfWorkload} from './workload-endpoints.js'

type TrailEvent = ReadValues['cloudtrail:bedrock-events']['events'][number]

/** A VPC that runs something which calls a service of Bedrock. */
export interface VpcNeed extends PathInput {
  readonly evidence: readonly Evidence[]
  readonly workloads: readonly Workload[]
  /** False: something in the Region calls it, but from which VPC is not told. */
  readonly certain: boolean
}

/** Services that applications call; the others are called by people and pipelines, from anywhere. */
const OF_APPLICATIONS: readonly SubService[] = [
  'bedrock-runtime',
  'bedrock-agent-runtime',
  'bedrock-mantle',
  'bedrock-agentcore',
  'bedrock-agentcore.gateway',
]

/** Declared needs, and those that events show. */
export function vpcNeeds(context: AuditContext): readonly VpcNeed[] {
  const needs = new Map<string, VpcNeed>()
  const add = (need: VpcNeed) => {
    const key = [need.vpcId, need.service, need.serviceRegion].join(' ')
    const known = needs.get(key)
    needs.set(key, {
      ...need,
      certain: need.certain || known?.certain === true,
      evidence: [...(known?.evidence ?? []), ...need.evidence],
      workloads: [...(known?.workloads ?? []), ...need.workloads],
    })
  }
  for (const workload of context.project.workloads) for (const need of declaredNeeds(context, workload)) add(need)
  for (const region of regionsOf(context.snapshot, 'ec2:vpcs')) for (const need of seenNeeds(context, region)) add(need)
  return [...needs.values()]
}

function declaredNeeds(context: AuditContext, workload: Workload): readonly VpcNeed[] {
  const {snapshot} = context
  const vpcId = vpcOfWorkload(snapshot, workload)
  if (vpcId === undefined) return []
  const vpcRegion = regionOfVpc(snapshot, vpcId)
  const audited = new Set(regionsOf(snapshot, 'ec2:vpc-endpoints'))
  return regionsCalled(context, workload)
    .filter((region) => vpcRegion !== undefined || audited.has(region))
    .flatMap((serviceRegion) =>
      workload.services.map((service): VpcNeed => {
        const text = `workload ${workload.name} runs in ${vpcId} and calls ${service} of ${serviceRegion}`
        const evidence: Evidence = {kind: 'declared', text, region: serviceRegion}
        return {vpcId, vpcRegion, service, serviceRegion, evidence: [evidence], workloads: [workload], certain: true}
      }),
    )
}

/** What events show of a VPC; calls from somewhere unknown count where no declared workload accounts for them. */
function seenNeeds(context: AuditContext, region: string): readonly VpcNeed[] {
  const {snapshot, use} = context
  const vpcs = allVpcs(snapshot).filter((one) => one.region === region)
  const own = vpcs.filter(({vpc}) => !vpc.isDefault)
  const possible = own.length > 0 ? own : vpcs
  const {services, workloads, events} = use.in(region)
  return [...services].flatMap(([service, evidence]) => {
    const seen = evidence.filter(({kind}) => kind === 'observed')
    if (seen.length === 0) return []
    const common = {service, serviceRegion: region, workloads: [], evidence: seen}
    const all = events.filter((event) => subServiceOf(event) === service)
    const calls = all.filter(({sourceIp}) => !isOfAws(sourceIp))
    if (calls.length === 0 && all.length > 0) return []
    const senders = new Set(calls.map((event) => senderOf(context, event, vpcs)))
    const certain = [...senders].flatMap((one): readonly VpcNeed[] =>
      one === undefined ? [] : [{...common, vpcId: one, vpcRegion: regionOfVpc(snapshot, one), certain: true}],
    )
    const isDeclared = workloads.some((workload) => workload.services.includes(service))
    const isOpen = !isDeclared && (senders.has(undefined) || calls.length === 0) && OF_APPLICATIONS.includes(service)
    const open = isOpen ? possible.filter(({vpc}) => !senders.has(vpc.id)) : []
    return [
      ...certain,
      // A Region with one VPC that somebody made leaves no doubt where applications run.
      ...open.map(({vpc}): VpcNeed => ({...common, vpcId: vpc.id, vpcRegion: region, certain: own.length === 1})),
    ]
  })
}

/** Services of AWS, which call from no VPC, stand in events by name instead of by an address. */
function isOfAws(sourceIp: string | null): boolean {
  return sourceIp !== null && /\.amazonaws\.com(\.cn)?$|^AWS Internal$/i.test(sourceIp)
}

/** The VPC an event came from: by its endpoint, else by a private address that one VPC alone has. */
function senderOf({snapshot}: AuditContext, event: TrailEvent, vpcs: readonly PlacedVpc[]): string | undefined {
  const {vpcEndpointId, sourceIp} = event
  if (vpcEndpointId !== null) {
    const endpoint = allBedrockEndpoints(snapshot).find(({detail}) => detail.id === vpcEndpointId)
    if (endpoint !== undefined) return endpoint.detail.vpcId
  }
  if (sourceIp === null) return undefined
  const holding = vpcs.filter(({vpc}) => coverage(sourceIp, vpc.cidrs) === 'all')
  return holding.length === 1 ? holding[0]?.vpc.id : undefined
}

/** Whether events of the Region were read: without them use may hide. */
export function unseenUse({snapshot, use}: AuditContext, region: string) {
  const events = read(snapshot, 'cloudtrail:bedrock-events', region)
  if (use.in(region).workloads.length > 0 || events.state === 'read') return undefined
  return events
}
