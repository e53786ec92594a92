import {read} from '../../account/read.js'
import type {AccountSnapshot, ReadValues} from '../../account/snapshot.schema.js'
import type {Project, Workload} from '../../config/project.schema.js'
import type {SubService} from '../../core/sub-services.js'
import type {Evidence, Missing} from '../finding.schema.js'
import {isNowhere, missingOf} from '../judge-resource.js'
import {isInference, subServiceOf} from './trail-event.js'

/** What an account does with Bedrock, as declared and as seen in metrics and events. */
export interface AccountUse {
  in(region: string): RegionUse
}

type TrailEvent = ReadValues['cloudtrail:bedrock-events']['events'][number]
export type ModelMetrics = ReadValues['cloudwatch:bedrock-usage']['models'][number]

export interface RegionUse {
  readonly region: string
  /** Whether models are called: `no` only when metrics and events were both read and show nothing. */
  readonly used: 'yes' | 'no' | 'unknown'
  readonly evidence: readonly Evidence[]
  /** What would have to be read to tell; empty unless unknown. */
  readonly missing: readonly Missing[]
  readonly models: readonly ModelUse[]
  /** Endpoints talked to. */
  readonly services: ReadonlyMap<SubService, readonly Evidence[]>
  readonly workloads: readonly Workload[]
  readonly events: readonly TrailEvent[]
}

/** A model as it is called in one Region. */
export interface ModelUse {
  /** Id or ARN, as called. */
  readonly id: string
  readonly evidence: readonly Evidence[]
  readonly metrics: ModelMetrics | undefined
  /** Declared workloads that call it. */
  readonly workloads: readonly Workload[]
}

export function accountUse(snapshot: AccountSnapshot, project: Project): AccountUse {
  const regions = new Map<string, RegionUse>()
  return {
    in(region) {
      const known = regions.get(region)
      if (known !== undefined) return known
      const found = regionUse(snapshot, project, region)
      regions.set(region, found)
      return found
    },
  }
}

function regionUse(snapshot: AccountSnapshot, project: Project, region: string): RegionUse {
  const workloads = project.workloads.filter((workload) => regionsOfWorkload(workload, project).includes(region))
  const usage = read(snapshot, 'cloudwatch:bedrock-usage', region)
  const trail = read(snapshot, 'cloudtrail:bedrock-events', region)
  const events = trail.state === 'read' ? trail.value.events : []
  const metrics = usage.state === 'read' ? usage.value : undefined
  const services = new Map<SubService, Evidence[]>()
  const note = (service: SubService, evidence: Evidence) =>
    services.set(service, [...(services.get(service) ?? []), evidence])
  for (const workload of workloads) for (const service of workload.services) note(service, declared(workload, region))
  for (const [service, evidence] of observedServices(events, region)) note(service, evidence)
  if (metrics?.models.some(isCalled)) note('bedrock-runtime', metered(region))
  if (metrics?.mantle.some(({inferences}) => (inferences ?? 0) > 0)) note('bedrock-mantle', metered(region))
  const models = modelUses(metrics?.models ?? [], events, workloads, region)
  const evidence = [...models.flatMap((model) => model.evidence), ...(services.get('bedrock-mantle') ?? [])]
  const missing = [usage, trail].flatMap((reading) =>
    reading.state === 'unread' && !isNowhere(reading) ? [missingOf(reading)] : [],
  )
  const used = evidence.length > 0 || workloads.length > 0 ? 'yes' : missing.length > 0 ? 'unknown' : 'no'
  return {region, used, evidence, missing: used === 'unknown' ? missing : [], models, services, workloads, events}
}

/** Regions that a workload calls: its own, else those of the project. */
export function regionsOfWorkload({regions}: Workload, project: Project): readonly string[] {
  return regions.length > 0 ? regions : project.regions
}

function modelUses(
  metrics: readonly ModelMetrics[],
  events: readonly TrailEvent[],
  workloads: readonly Workload[],
  region: string,
): readonly ModelUse[] {
  const uses = new Map<string, ModelUse>()
  const add = (id: string, more: Partial<ModelUse> & Pick<ModelUse, 'evidence'>) => {
    const known = uses.get(id) ?? {id, evidence: [], metrics: undefined, workloads: []}
    uses.set(id, {
      id,
      evidence: [...known.evidence, ...more.evidence],
      metrics: more.metrics ?? known.metrics,
      workloads: [...known.workloads, ...(more.workloads ?? [])],
    })
  }
  for (const one of metrics) {
    if (!isCalled(one)) continue
    const text = `${one.invocations ?? 0} invocations of ${one.modelId}, the last on ${one.lastActiveOn ?? 'an unknown day'}`
    add(one.modelId, {metrics: one, evidence: [{kind: 'observed', text, read: 'cloudwatch:bedrock-usage', region}]})
  }
  for (const [id, at] of lastCalls(events)) {
    const text = `${id} was called`
    add(id, {evidence: [{kind: 'observed', text, read: 'cloudtrail:bedrock-events', region, at}]})
  }
  for (const workload of workloads) {
    for (const id of workload.models) add(id, {workloads: [workload], evidence: [declared(workload, region)]})
  }
  return [...uses.values()].sort((a, b) => a.id.localeCompare(b.id))
}

/** Calls that are throttled, or fail at AWS, are no invocations, and calls all the same. */
function isCalled({invocations, throttles, serverErrors}: ModelMetrics): boolean {
  return (invocations ?? 0) + (throttles ?? 0) + (serverErrors ?? 0) > 0
}

/** Model id → when it was last called; events come newest first. */
function lastCalls(events: readonly TrailEvent[]): ReadonlyMap<string, string> {
  const calls = new Map<string, string>()
  for (const event of events) {
    if (event.modelId === null || event.error !== null || !isInference(event)) continue
    if (!calls.has(event.modelId)) calls.set(event.modelId, event.at)
  }
  return calls
}

function observedServices(events: readonly TrailEvent[], region: string): ReadonlyMap<SubService, Evidence> {
  const found = new Map<SubService, Evidence>()
  for (const event of events) {
    const service = subServiceOf(event)
    if (service === undefined || found.has(service)) continue
    const text = `${event.name} was called`
    found.set(service, {kind: 'observed', text, read: 'cloudtrail:bedrock-events', region, at: event.at})
  }
  return found
}

function declared({name}: Workload, region: string): Evidence {
  return {kind: 'declared', text: `workload ${name} is declared for ${region}`, region}
}

function metered(region: string): Evidence {
  return {kind: 'observed', text: 'CloudWatch counts calls', read: 'cloudwatch:bedrock-usage', region}
}
