import {isTree} from '../core/is-tree.js'
import {countFailure, countRefusedInference, type FailureMetric} from './fakes/bedrock-runtime/called-minutes.js'
import {calledModel, servedIn} from './traffic/called-model.js'
import {keepEntry, type TrailEntry} from './world/trail-entry.js'
import type {World} from './world.js'

/** A call that was let in, and what became of it. */
export interface Witnessed {
  readonly account: string
  readonly region: string
  readonly accessKeyId: string | undefined
  readonly service: string
  readonly operation: string
  readonly requestId: string
  readonly userAgent: string | undefined
  readonly bearer: boolean
  readonly input: Readonly<Record<string, unknown>>
  readonly error: Error | undefined
}

const INVOCATION = /^(InvokeModel(WithResponseStream)?|Converse(Stream)?)$/

/** What CloudWatch and CloudTrail are told of a call of Bedrock. */
export function witness(call: Witnessed, world: World): void {
  if (call.error && isInvocation(call)) countFailed(call, call.error, world)
  if (call.error && call.service === 'bedrock-mantle') countRefused(call, call.error, world)
  if (isKept(call)) keepEntry(world.regional(call.account, call.region).trail, entryOf(call, world))
}

const isInvocation = ({service, operation}: Witnessed): boolean =>
  service === 'bedrock-runtime' && INVOCATION.test(operation)

const READ = /^(List|Get|Describe|BatchGet|Check|Search)/
const PLANES: ReadonlySet<string> = new Set(['bedrock', 'bedrock-agent', 'bedrock-agentcore-control'])

/** Calls of models and whatever changes something; reads would be all that there is. */
const isKept = (call: Witnessed): boolean =>
  isInvocation(call) || (PLANES.has(call.service) && !READ.test(call.operation))

function entryOf(call: Witnessed, world: World): TrailEntry {
  const {account, region, accessKeyId, operation, service, input, error, userAgent, bearer, requestId} = call
  const modelId = typeof input['modelId'] === 'string' ? input['modelId'] : undefined
  const invoked = isInvocation(call)
  return {
    at: world.now(),
    requestId,
    parameters: invoked ? undefined : told(input),
    event: {
      name: operation,
      source: service === 'bedrock-agentcore-control' ? 'bedrock-agentcore.amazonaws.com' : undefined,
      by: callerOf(world.principal(account, accessKeyId)),
      accessKeyId,
      readOnly: invoked,
      model: invoked ? modelId : undefined,
      inferenceRegion: invoked && !error ? servedIn(world, {account, region}, modelId ?? '') : undefined,
      error: error && {code: error.name.replace(/^AccessDeniedException$/, 'AccessDenied'), message: error.message},
      sourceIp: '127.0.0.1',
      userAgent,
      bearerToken: bearer || undefined,
    },
  }
}

/** user/NAME, role/NAME/SESSION or root. */
function callerOf(arn: string): string {
  const [kind = '', ...names] = (arn.split(':')[5] ?? '').split('/')
  if (kind === 'user') return `user/${names.at(-1) ?? ''}`
  return kind === 'assumed-role' ? `role/${names.join('/')}` : 'root'
}

/** Names and numbers of a request: no prompts, no bodies. */
function told(input: Witnessed['input']): Readonly<Record<string, unknown>> {
  const short = Object.entries(input).filter(
    ([, value]) =>
      typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length < 2048),
  )
  return Object.fromEntries(short)
}

function countFailed({input, account, region}: Witnessed, error: Error, world: World): void {
  const modelId = input['modelId']
  // Nobody has a metric of a model that there is not.
  if (typeof modelId !== 'string' || !calledModel(world, {account, region}, modelId)) return
  const tier = tierIn(input['serviceTier'])
  countFailure(metricOf(error), {modelId, tier}, {world, account, region, now: () => world.now()})
}

/** A refused call of bedrock-mantle, of a model that it has: there is no metric of what fails. */
function countRefused({input, account, region}: Witnessed, error: Error, world: World): void {
  const {body} = input
  const model = isTree(body) ? body['model'] : undefined
  if (typeof model !== 'string' || metricOf(error) === 'InvocationServerErrors') return
  if (!world.catalog.model(model)?.mantle.includes(region)) return
  countRefusedInference(model, {world, account, region, now: () => world.now()})
}

function tierIn(asked: unknown): string | undefined {
  if (typeof asked === 'string') return asked
  const type = (asked as {readonly type?: unknown} | undefined)?.type
  return typeof type === 'string' ? type : undefined
}

const SERVER_ERROR = /^(InternalServer|ServiceUnavailable|ModelError|ModelTimeout|InternalFailure)/

function metricOf(error: Error): FailureMetric {
  if (/^Throttling/.test(error.name)) return 'InvocationThrottles'
  const {status, $fault: fault} = error as {readonly status?: unknown; readonly $fault?: unknown}
  const failed = SERVER_ERROR.test(error.name) || fault === 'server' || (typeof status === 'number' && status >= 500)
  return failed ? 'InvocationServerErrors' : 'InvocationClientErrors'
}
