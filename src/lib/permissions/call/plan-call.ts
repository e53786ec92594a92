import {read} from '../../account/read.js'
import type {AccountSnapshot} from '../../account/snapshot.schema.js'
import type {Catalog} from '../../catalog/catalog.js'
import {findModel} from '../../catalog/model-lookup.js'
import {didYouMean} from '../../core/closest.js'
import {usageError} from '../../core/errors.js'
import type {AccountPolicies} from '../../iam/account/account-policies.js'
import {targetId} from '../../iam/account/call-targets.js'
import type {CallerNetwork} from '../../iam/caller-context.js'
import type {IamFacts} from '../../iam/iam-facts.schema.js'
import {type PreparedCall, prepareCall} from '../../iam/legs/judge-call.js'
import type {BearerTokenType} from '../../iam/legs/key-legs.js'
import type {CallLeg} from '../../iam/legs/leg.js'
import type {CallTarget, GuardrailUse} from '../../iam/legs/target.js'
import {type Workload, workloadLegs} from '../../iam/legs/workload-legs.js'
import {readGuardrailProfiles} from '../../iam/read-guardrail-profiles.js'
import type {ContextValues} from '../../iam/request-context.js'
import type {AskedCall} from './call.schema.js'
import {enforcedLegs} from './enforced-guardrails.js'
import {findGuardrail} from './find-guardrail.js'
import {findPrincipal} from './find-principal.js'
import {findTargets, type Route, routeOf} from './find-targets.js'
import {parseContext} from './parse-context.js'

/** A call as it was typed. */
export interface CallInput {
  readonly workload: AskedCall['workload']
  readonly model: string
  readonly region: string
  readonly route: Route | undefined
  readonly streaming: boolean
  readonly guardrail: string | undefined
  readonly vpce: string | undefined
  readonly apiKey: BearerTokenType | undefined
  readonly role: string | undefined
  /** `key=value`. */
  readonly context: readonly string[]
}

export interface CallFacts {
  readonly snapshot: AccountSnapshot
  readonly policies: AccountPolicies
  readonly catalog: Catalog
  readonly facts: IamFacts
}

/** One way to make the call, ready to be judged for any caller. */
export interface PlannedCall {
  readonly asked: AskedCall
  readonly prepared: PreparedCall
}

export interface CallPlan {
  /** The first one leaves the Region least. */
  readonly calls: readonly PlannedCall[]
  readonly network: CallerNetwork | undefined
  /** Keys of --context, and of the network what is not known. */
  readonly values: ContextValues
  /** What the operator should know besides. */
  readonly notes: readonly string[]
}

/** Makes of what was typed the calls to judge; throws where it names what is not there. */
export function planCalls(input: CallInput, {snapshot, policies, catalog, facts}: CallFacts): CallPlan {
  const {region} = input
  assertWorkload(input)
  if (!snapshot.regions.some(({name}) => name === region)) throw regionNotRead(region, snapshot)
  const profiles = readGuardrailProfiles()
  const guardrail = input.guardrail === undefined ? null : findGuardrail(input.guardrail, region, snapshot, profiles)
  const roleArn = input.role === undefined ? null : roleArnOf(input.role, policies)
  const {network, values, notes} = networkOf(input, snapshot)
  const place = {partition: policies.partition, account: policies.account, region}
  const calls = targetsFor(input, snapshot, catalog).map((target): PlannedCall => {
    const asked = askedCall(input, target, guardrail, roleArn)
    const legs = workloadLegs(workloadOf(input, target, guardrail, roleArn), place)
    const {modelId} = asked.target
    const enforced = input.workload === 'invoke' ? enforcedLegs({modelId, region, snapshot, policies, profiles}) : []
    return {asked, prepared: prepareCall(withoutRepetition([...legs, ...enforced]))}
  })
  return {calls, network, values: {...values, ...parseContext(input.context, facts)}, notes}
}

/** A guardrail that is both named and enforced is checked once. */
function withoutRepetition(legs: readonly CallLeg[]): readonly CallLeg[] {
  const seen = new Set<string>()
  return legs.filter((leg) => {
    if (leg.kind === 'open' || leg.action !== 'bedrock:ApplyGuardrail') return true
    return !seen.has(leg.resource) && seen.add(leg.resource)
  })
}

function assertWorkload({workload, role, streaming, guardrail, route, apiKey}: CallInput): void {
  const refuse = (flag: string, why: string) => {
    throw usageError('FLAGS_CONFLICT', `${flag} does not go with --workload ${workload}.`, {
      why,
      hint: `Leave ${flag} out.`,
    })
  }
  if (workload === 'batch' && role === undefined) {
    throw usageError('ROLE_MISSING', 'A batch job runs with a service role.', {hint: 'Name it: --role NAME or ARN'})
  }
  if (workload !== 'batch' && role !== undefined) refuse('--role', 'Only a batch job passes a role.')
  if (workload === 'batch' && streaming) refuse('--streaming', 'A batch job does not stream.')
  if (workload === 'batch' && apiKey !== undefined) refuse('--api-key', 'Batch jobs are judged as signed calls.')
  if (workload !== 'invoke' && guardrail !== undefined) refuse('--guardrail', 'Only an invocation names a guardrail.')
  if (workload === 'mantle' && route !== undefined) refuse('--route', 'Mantle has no inference profiles.')
  if (workload === 'mantle' && streaming) refuse('--streaming', 'There streaming is no permission of its own.')
}

function regionNotRead(region: string, {regions}: AccountSnapshot) {
  return usageError('REGION_NOT_IN_SNAPSHOT', `The snapshot does not hold ${region}.`, {
    why: `It holds ${regions.map(({name}) => name).join(', ')}.`,
    hint: `Take one that does: bedrockctl account snapshot --for iam --region ${region} --out snapshot.json`,
  })
}

function roleArnOf(text: string, policies: AccountPolicies): string {
  if (policies.principals.state === 'unread' && text.startsWith('arn:')) return text
  const role = findPrincipal(policies.find(`role/${text}`) ? `role/${text}` : text, policies, '--role')
  if (role.kind === 'role') return role.arn
  throw usageError('NOT_A_ROLE', `"${text}" is a user.`, {
    hint: 'A batch job takes a role that bedrock.amazonaws.com may take on.',
  })
}

interface Network extends Pick<CallPlan, 'network' | 'values' | 'notes'> {}

function networkOf({vpce, region, workload}: CallInput, snapshot: AccountSnapshot): Network {
  if (vpce === undefined) return {network: undefined, values: {}, notes: []}
  const listed = read(snapshot, 'ec2:vpc-endpoints', region)
  if (listed.state === 'unread') {
    // No possibility is known, so that a condition on the VPC stays open.
    const network = {kind: 'endpoint', vpcEndpointId: vpce, vpcId: ''} as const
    return {network, values: {'aws:SourceVpc': {oneOf: []}}, notes: []}
  }
  const found = listed.value.find(({id}) => id === vpce)
  if (found === undefined) {
    const ids = listed.value.map(({id}) => id)
    throw usageError('UNKNOWN_ENDPOINT', `${region} has no VPC endpoint "${vpce}".`, {
      hint:
        didYouMean(vpce, ids) ?? (ids.length === 0 ? 'It has none at all.' : `There is ${ids.slice(0, 8).join(', ')}.`),
    })
  }
  const wanted = ENDPOINT_OF[workload]
  const passes = found.service.endsWith(`.${wanted}`)
  const note = `${vpce} is an endpoint of ${found.service}; a call like this one passes through one of ${wanted}.`
  return {
    network: {kind: 'endpoint', vpcEndpointId: vpce, vpcId: found.vpcId},
    values: {},
    notes: passes ? [] : [note],
  }
}

const ENDPOINT_OF = {invoke: 'bedrock-runtime', mantle: 'bedrock-mantle', batch: 'bedrock'} as const

function targetsFor(input: CallInput, snapshot: AccountSnapshot, catalog: Catalog): readonly CallTarget[] {
  const {model: text, region, route, workload} = input
  if (workload !== 'mantle') return findTargets({text, region, route}, snapshot, catalog)
  // Permissions there are about projects: any model will do, as long as it is one.
  const known = findModel(catalog, text)?.model.id
  return known === undefined ? findTargets({text, region, route}, snapshot, catalog) : [{kind: 'model', modelId: known}]
}

function workloadOf(
  {workload, streaming, apiKey}: CallInput,
  target: CallTarget,
  guardrail: GuardrailUse | null,
  roleArn: string | null,
): Workload {
  const key = apiKey === undefined ? {} : {apiKey}
  switch (workload) {
    case 'invoke':
      return {kind: 'invoke', target, streaming, guardrail, ...key}
    case 'mantle':
      return {kind: 'mantle', project: 'default', modelId: targetId(target), ...key}
    case 'batch':
      return {kind: 'batch', target, roleArn: roleArn ?? ''}
  }
}

function askedCall(
  {workload, model, region, streaming, vpce, apiKey}: CallInput,
  target: CallTarget,
  guardrail: GuardrailUse | null,
  role: string | null,
): AskedCall {
  const behind = target.kind === 'application-profile' ? target.copies : target.kind === 'own-model' ? null : target
  return {
    workload,
    model,
    from: region,
    target: {
      id: targetId(target),
      modelId: behind?.modelId ?? null,
      route: workload === 'mantle' ? 'mantle' : routeOf(target),
      destinations: behind?.kind === 'geographic-profile' ? behind.destinations : null,
    },
    streaming,
    guardrail: guardrail && {id: guardrail.id, version: guardrail.version},
    endpoint: vpce ?? null,
    apiKey: apiKey ?? null,
    role,
  }
}
