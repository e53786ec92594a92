import {read} from '../../account/read.js'
import type {Workload} from '../../config/project.schema.js'
import type {SubService} from '../../core/sub-services.js'
import {findCallTarget} from '../../iam/account/call-targets.js'
import type {CallLeg, CallPlace} from '../../iam/legs/leg.js'
import {mantleLegs} from '../../iam/legs/mantle-legs.js'
import type {GuardrailUse} from '../../iam/legs/target.js'
import {workloadLegs} from '../../iam/legs/workload-legs.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {missingOf} from '../judge-resource.js'
import {guardrailProfile} from './guardrail-profiles.js'
import {findGuardrail, guardrailReference, guardrailVersion} from './guardrail-reference.js'

/** A call that a declared workload makes, as the legs that IAM checks. */
export interface DeclaredCall {
  /** The model as declared, or what stands for it. */
  readonly name: string
  readonly legs: readonly CallLeg[]
  /** Why legs are missing. */
  readonly missing: readonly Missing[]
}

/** A project that nobody named: policies for one project only treat it differently from the default one. */
const ANY_PROJECT = 'proj_unnamed'

/** What is known of the calls to a service; empty for services whose calls are not declared. */
export function declaredCalls(
  context: AuditContext,
  workload: Workload,
  service: SubService,
  region: string,
): readonly DeclaredCall[] {
  const {partition, account} = context.policies
  const place = {partition, account, region}
  if (service === 'bedrock-runtime') {
    return workload.models.map((model) => invocation(context, workload, model, place))
  }
  return service === 'bedrock-mantle' ? [mantleCall(context, place)] : []
}

function invocation(context: AuditContext, workload: Workload, model: string, place: CallPlace): DeclaredCall {
  const {snapshot} = context
  const target = findCallTarget(snapshot, place.region, model)
  if (target === undefined) return {name: model, legs: [], missing: unknownModel(context, model, place.region)}
  const guardrail = workload.guardrail === undefined ? null : guardrailUse(context, workload.guardrail, place)
  const legs = (workload.streaming ? [false, true] : [false]).flatMap((streaming) =>
    workloadLegs({kind: 'invoke', target, streaming, guardrail: guardrail ?? null}, place),
  )
  return {name: model, legs: distinct(legs), missing: guardrail === undefined ? [unknownGuardrail(workload)] : []}
}

function unknownModel({snapshot}: AuditContext, model: string, region: string): readonly Missing[] {
  const unread = (['bedrock:inference-profiles', 'bedrock:foundation-models'] as const).flatMap((id) => {
    const reading = read(snapshot, id, region)
    return reading.state === 'unread' ? [missingOf(reading)] : []
  })
  const reason = `what ${model} stands for in ${region} is not in the snapshot`
  return unread.length > 0 ? unread : [{action: 'bedrock:GetInferenceProfile', code: 'UNKNOWN_MODEL', reason}]
}

function unknownGuardrail({guardrail, name}: Workload): Missing {
  const reason = `workload ${name} names ${guardrail}, which is no guardrail`
  return {action: 'bedrockctl.yaml: workloads', code: 'UNKNOWN_GUARDRAIL', reason}
}

/** Undefined for a text that can name no guardrail. */
function guardrailUse(context: AuditContext, text: string, {region, account}: CallPlace): GuardrailUse | undefined {
  const reference = guardrailReference(text, {region, account})
  if (reference === undefined) return undefined
  const version = reference.version ?? 'DRAFT'
  const use = {id: reference.id, version}
  const found = findGuardrail(context, reference)
  if (found.kind === 'unread') return use
  const detail = found.kind === 'found' ? guardrailVersion(found.guardrail, version) : undefined
  if (detail === undefined || (detail.state === 'read' && detail.value === null)) return {...use, profile: null}
  if (detail.state === 'unread' || detail.value?.detail.state !== 'read') return use
  const {profileArn} = detail.value.detail.value
  const profile = profileArn === null ? undefined : guardrailProfile(profileArn)
  return {...use, profile: profile ? {id: profile.id, destinations: profile.destinations ?? null} : null}
}

/** Which project a workload uses is not declared: what holds for one and not for another is not certain. */
function mantleCall({snapshot}: AuditContext, place: CallPlace): DeclaredCall {
  const projects = read(snapshot, 'bedrock-mantle:projects', place.region)
  const ids = projects.state === 'read' ? projects.value.map(({id}) => id) : []
  const names = [...new Set(['default', ...ids, ANY_PROJECT])]
  return {name: 'Mantle', legs: names.flatMap((project) => mantleLegs({project}, place)), missing: []}
}

/** The legs that plain and streamed calls share, once. */
function distinct(legs: readonly CallLeg[]): readonly CallLeg[] {
  const key = (leg: CallLeg) => (leg.kind === 'open' ? leg.name : `${leg.action} ${leg.resource} ${leg.name}`)
  return [...new Map(legs.map((leg) => [key(leg), leg])).values()]
}
