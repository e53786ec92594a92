import {BedrockctlError} from '../core/errors.js'
import {sanitise} from '../core/text.js'
import {type CallContext, ERROR_RULES, type Failure, type Translation} from './error-rules.js'
import {headersOf, hostOf, type SdkError, textOf} from './sdk-error.js'

/** Any failure of a call as ours, with a stable code and its own next step. Our own errors pass unchanged. */
export function translateError(error: unknown, call: CallContext, now: Date = new Date()): BedrockctlError {
  if (error instanceof BedrockctlError) return error
  const sdk = (error instanceof Error ? error : new Error(String(error))) as SdkError
  if (sdk.name === 'AbortError') {
    return new BedrockctlError('INTERRUPTED', `${call.action} was stopped before it answered.`, {
      fault: 'interrupted',
      action: call.action,
      cause: sdk,
    })
  }
  const failure: Failure = {
    ...call,
    error: sdk,
    name: sdk.name,
    status: sdk.$metadata?.httpStatusCode,
    text: textOf(sdk),
    host: hostOf(sdk),
    now,
  }
  const [code, fault, message, options] = translate(failure)
  const retryAfterMs = retryAfter(headersOf(sdk)['retry-after'], now)
  // The response holds the request with its signature or token: whoever prints the cause must not print that.
  Reflect.deleteProperty(sdk, '$response')
  return new BedrockctlError(code, message, {
    fault,
    why: options?.why,
    hint: options?.hint,
    actions: options?.actions,
    action: call.action,
    retryAfterMs,
    requestId: sdk.$metadata?.requestId === undefined ? undefined : sanitise(sdk.$metadata.requestId),
    cause: sdk,
  })
}

function translate(failure: Failure): Translation {
  for (const rule of ERROR_RULES) {
    const found = rule(failure)
    if (found) return found
  }
  const {action, region, name, status, text} = failure
  const what = status === undefined ? name : `${name}, HTTP ${status}`
  return [
    'SERVICE_ERROR',
    'service',
    `${action} in ${region} failed (${what}): ${text}`,
    {hint: 'Try again; --debug tells more.'},
  ]
}

/** The header says seconds or a date. */
function retryAfter(said: string | undefined, now: Date): number | undefined {
  if (said === undefined) return undefined
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - now.getTime()
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
