import {countFailure, type FailureMetric} from './fakes/bedrock-runtime/called-minutes.js'
import {calledModel} from './traffic/called-model.js'
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

/** What CloudWatch and CloudTrail know of a call of Bedrock that did not come about, or did. */
export function witness(call: Witnessed, world: World): void {
  const {service, operation, error, account, region} = call
  const modelId = call.input['modelId']
  if (service !== 'bedrock-runtime' || !INVOCATION.test(operation) || typeof modelId !== 'string' || !error) return
  // Nobody has a metric of a model that there is not.
  if (!calledModel(world, {account, region}, modelId)) return
  const tier = tierIn(call.input['serviceTier'])
  countFailure(metricOf(error), {modelId, tier}, {world, account, region, now: () => world.now()})
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
