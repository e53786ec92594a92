import type {IdentitySource} from '../account/ports.js'
import type {Catalog} from '../catalog/catalog.js'
import type {Gate, Unread} from '../core/answer.schema.js'
import {parseArn} from '../core/arn.js'
import {BedrockctlError, usageError} from '../core/errors.js'
import {dataHandling, mustNotBeDenied} from './data-handling.js'
import {traceEndpoints} from './endpoints.js'
import type {EndpointFacts} from './endpoints.schema.js'
import {readInvocationLogging} from './invocation-logging.js'
import {permissionLegs} from './permissions.js'
import type {InvocationLoggingSource, RouteReading} from './ports.js'
import {formatRequirement, parseRequirement, type Requirement} from './requirement.js'
import {judgeResidency, meetsResidency} from './residency.js'
import {ACCOUNT_PLACEHOLDER, type CallPlace, type RouteTarget} from './route-target.js'
import {chooseTargets, routeTargets} from './route-targets.js'
import type {Destination, RoutesTraceResult, TracedRoute} from './routes-trace.schema.js'

export interface TraceRoutesInput {
  /** Any id, ARN or display name of a model or profile. */
  readonly model: string
  readonly from: string
  /** Text of --residency. */
  readonly residency: string | undefined
  /** A mode or the id of a route. */
  readonly via: string | undefined
}

export interface TraceRoutesPorts {
  readonly reading: RouteReading
  readonly endpoints: EndpointFacts
  /** The account, when it can be read; undefined offline. */
  readonly session:
    | {identity(): Promise<IdentitySource>; invocationLogging(): Promise<InvocationLoggingSource>}
    | undefined
  readonly now: () => Date
}

/** The data-flow sheet: every route to the model from one Region, where it may lead, and what must allow it. */
export async function traceRoutes(
  input: TraceRoutesInput,
  {reading, endpoints, session, now}: TraceRoutesPorts,
  signal?: AbortSignal,
): Promise<RoutesTraceResult> {
  const {catalog} = reading
  assertHome(input)
  const requirement = parseResidency(input.residency, catalog)
  const [resolved, caller, logging] = await Promise.all([
    reading.resolve(input.model),
    readCaller(session, input.from, signal),
    readInvocationLogging(session, input.from, now, signal),
  ])
  const partition = catalog.region(input.from)?.partition ?? 'aws'
  const place = {partition, region: input.from, account: caller.account ?? ACCOUNT_PLACEHOLDER}
  const {targets, passedOver} = chooseTargets(routeTargets(resolved, place, reading), input.via)
  const routes = targets.map((target) => traceTarget(target, place, requirement, {reading, endpoints}))
  const gate = judgeGate(routes, input, requirement)
  const {modelId} = resolved
  const known = modelId === null ? undefined : catalog.model(modelId)
  return {
    schemaVersion: 1,
    simulated: reading.simulated(),
    unread: [...reading.unread, ...caller.unread, ...logging.unread],
    asked: input.model,
    model: {id: modelId, name: known?.name ?? offeredName(modelId, reading), provider: known?.provider ?? null},
    from: toDestination(input.from, reading),
    partition,
    account: caller.account,
    routes,
    passedOver,
    invocationLogging: logging.state,
    nearest: gate.passed || modelId === null ? null : reading.nearest(modelId, input.from, requirement),
    origin: reading.offers.find(({region}) => region === input.from)?.origin ?? null,
    gate,
  }
}

/** An ARN is called in its own Region. */
function assertHome({model, from}: TraceRoutesInput): void {
  const home = parseArn(model)?.region
  if (home === undefined || home === '' || home === from) return
  throw usageError('REGION_MISMATCH', `This ARN belongs to ${home} and cannot be called from ${from}.`, {
    hint: 'Trace it from its own Region, or give the id alone.',
    actions: [`bedrockctl routes trace ${model} --from ${home}`],
  })
}

function parseResidency(text: string | undefined, catalog: Catalog): Requirement | undefined {
  const requirement = text === undefined ? undefined : parseRequirement(text, catalog)
  if (requirement?.kind !== 'global') return requirement
  throw usageError('INVALID_REQUIREMENT', '"global" is no residency: it lets a request go anywhere.', {
    hint: 'Write in-region, geo:<geography> or within:<Region>[,<Region>…].',
  })
}

async function readCaller(
  session: TraceRoutesPorts['session'],
  region: string,
  signal: AbortSignal | undefined,
): Promise<{readonly account: string | null; readonly unread: readonly Unread[]}> {
  if (!session) return {account: null, unread: []}
  try {
    const {account} = await (await session.identity()).whoAmI(signal)
    return {account, unread: []}
  } catch (error) {
    if (!(error instanceof BedrockctlError) || error.fault === 'interrupted') throw error
    const {code, message: reason, hint, action = 'sts:GetCallerIdentity'} = error
    return {account: null, unread: [{region, action, code, reason, ...(hint === undefined ? {} : {hint})}]}
  }
}

function traceTarget(
  target: RouteTarget,
  place: CallPlace,
  requirement: Requirement | undefined,
  {reading, endpoints}: Pick<TraceRoutesPorts, 'reading' | 'endpoints'>,
): TracedRoute {
  const {catalog} = reading
  const {id, kind, resource, arn, geography, destinations, note} = target
  const model = target.modelId === null ? undefined : catalog.model(target.modelId)
  const reach = {from: place.region, kind, destinations}
  return {
    id,
    kind,
    resource,
    arn,
    geography,
    endpoints: traceEndpoints(target, model, place, endpoints),
    destinations: destinations?.map((region) => toDestination(region, reading)) ?? null,
    residency: judgeResidency(reach, catalog),
    holds: requirement ? meetsResidency(reach, requirement) : null,
    permissions: permissionLegs(target, place),
    mustNotBeDenied: mustNotBeDenied(target, place),
    dataHandling: dataHandling(target, place, model?.minimumDataRetention ?? null),
    note,
  }
}

function toDestination(name: string, {catalog, isEnabled}: RouteReading): Destination {
  const known = catalog.region(name)
  const geographies = known?.geographies ?? []
  return {
    region: name,
    displayName: known?.displayName ?? null,
    geography: catalog.geography(geographies[0] ?? '')?.name ?? null,
    geographies,
    optIn: known?.optIn ?? null,
    enabled: isEnabled?.(name) ?? null,
  }
}

function offeredName(modelId: string | null, {offers}: RouteReading): string | null {
  return offers.flatMap(({models}) => models).find(({id}) => id === modelId)?.name ?? null
}

/** Passes when a route can be called and, where residency is asked, one of them is known to hold it. */
function judgeGate(
  routes: readonly TracedRoute[],
  input: TraceRoutesInput,
  requirement: Requirement | undefined,
): Gate {
  const by = input.via === undefined ? '' : ` by ${input.via}`
  const callable = `callable from ${input.from}${by}`
  if (routes.length === 0) {
    return {requirement: callable, passed: false, failures: [`${input.model} is not ${callable}`]}
  }
  if (!requirement) return {requirement: callable, passed: true, failures: []}
  const asked = `${callable}, residency ${formatRequirement(requirement)}`
  if (routes.some(({holds}) => holds === 'yes')) return {requirement: asked, passed: true, failures: []}
  const failures = routes.map(
    ({id, holds}) =>
      `${id} ${holds === 'unknown' ? 'cannot be shown to hold' : 'does not hold'} ${formatRequirement(requirement)}`,
  )
  return {requirement: asked, passed: false, failures}
}
