import {WireError} from '../../handler.js'
import type {Body} from '../bedrock/answers/family.js'

/** How the makers of the APIs name an error. */
interface Named {
  readonly openAi: readonly [type: string, code: string]
  readonly anthropic: string
}

// The type and code of a refused model, and that it is a 400, were seen: https://github.com/mnfst/llm-gateway/issues/2657
// The others are as OpenAI and Anthropic name them.
const INVALID: Named = {
  openAi: ['invalid_request_error', 'validation_error'],
  anthropic: 'invalid_request_error',
}
const NAMES: Readonly<Record<number, Named>> = {
  401: {openAi: ['invalid_request_error', 'invalid_api_key'], anthropic: 'authentication_error'},
  403: {openAi: ['permission_denied', 'access_denied'], anthropic: 'permission_error'},
  404: {openAi: ['invalid_request_error', 'not_found'], anthropic: 'not_found_error'},
  413: {openAi: ['invalid_request_error', 'request_too_large'], anthropic: 'request_too_large'},
  429: {openAi: ['rate_limit_error', 'rate_limit_exceeded'], anthropic: 'rate_limit_error'},
}
const FAILED: Named = {openAi: ['server_error', 'internal_server_error'], anthropic: 'api_error'}

const namesOf = (status: number): Named => NAMES[status] ?? (status >= 500 ? FAILED : INVALID)

/** What went wrong, in the envelope of the API whose path was called. */
export function mantleEnvelope(
  path: string,
  {status, message, requestId}: {readonly status: number; readonly message: string; readonly requestId: string},
): Body {
  const {openAi, anthropic} = namesOf(status)
  if (path.startsWith('/anthropic/')) return {type: 'error', request_id: requestId, error: {type: anthropic, message}}
  const [type, code] = openAi
  return {error: {code, message, param: null, type}}
}

/** Codes of AWS that are no 401 elsewhere. */
const UNKNOWN_CALLERS = new Set(['MissingAuthenticationTokenException', 'UnrecognizedClientException'])
const NO_KEY = 'Authentication failed'

/** The status that the endpoint has for an error that any service has. */
export function mantleStatus({code, status, message}: {code: string; status: number; message: string}): number {
  return UNKNOWN_CALLERS.has(code) || message.startsWith(NO_KEY) ? 401 : status
}

export const refused = (message: string): WireError => new WireError('ValidationException', message, 400)

export const absent = (message: string): WireError => new WireError('ResourceNotFoundException', message, 404)
