import type {FaultKind, TruthOptions} from './options.js'

/** An answer that is all there at once. */
export interface Whole {
  readonly status: number
  readonly type: string
  readonly body: string
  readonly heads?: readonly string[]
}

const HTML = `<!doctype html>
<html lang="en"><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1><p>proxy</p></body></html>
`

/** What comes in place of the answer, in the words of the API that was asked; undefined: the fault is another kind. */
export function refusal(kind: FaultKind, bedrock: boolean, {retryAfter}: TruthOptions['fault']): Whole | undefined {
  if (kind === 'html') return {status: 502, type: 'text/html', body: HTML}
  const answer = (bedrock ? BEDROCK : OPEN_AI)[kind]
  if (answer === undefined || kind !== 'throttled') return answer
  return {...answer, heads: [...(answer.heads ?? []), `Retry-After: ${retryAfter}`]}
}

/** As servers built on FastAPI say it. */
function detail(status: number, text: string): Whole {
  return {status, type: 'application/json', body: JSON.stringify({detail: text})}
}

export function openAiError(status: number, type: string, message: string): Whole {
  const error = {message, type, param: null, code: status}
  return {status, type: 'application/json', body: JSON.stringify({error})}
}

export function awsError(status: number, type: string, message: string): Whole {
  const heads = [`x-amzn-ErrorType: ${type}:http://internal.amazon.com/coral/com.amazon.bedrock/`]
  return {status, type: 'application/json', body: JSON.stringify({message}), heads}
}

const OPEN_AI: Readonly<Partial<Record<FaultKind, Whole>>> = {
  'not-found': detail(404, 'Not Found'),
  unauthorized: openAiError(401, 'invalid_request_error', 'invalid key'),
  forbidden: openAiError(403, 'permission_error', 'not for you'),
  'wrong-model': openAiError(404, 'NotFoundError', 'The model `other` does not exist.'),
  throttled: openAiError(429, 'rate_limit_error', 'Too many requests'),
  quota: openAiError(429, 'insufficient_quota', 'You exceeded your current quota'),
  unavailable: openAiError(503, 'server_error', 'overloaded'),
}

const BEDROCK: Readonly<Partial<Record<FaultKind, Whole>>> = {
  'not-found': awsError(404, 'ResourceNotFoundException', 'nothing here'),
  unauthorized: awsError(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.'),
  forbidden: awsError(403, 'AccessDeniedException', 'not for you'),
  'wrong-model': awsError(400, 'ValidationException', 'The provided model identifier is invalid.'),
  throttled: awsError(429, 'ThrottlingException', 'Too many requests, please wait before trying again.'),
  quota: awsError(400, 'ServiceQuotaExceededException', 'quota exceeded'),
  unavailable: awsError(503, 'ServiceUnavailableException', 'overloaded'),
}
