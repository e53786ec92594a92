/**
 * What became of a record that has no answer. `missing`: no line of any output names it. `throttled` and `timeout` are
 * worth another try as they are; `validation` and `content-filter` fail again unless the record changes.
 */
export const ERROR_CLASSES = [
  'missing',
  'throttled',
  'timeout',
  'validation',
  'content-filter',
  'model-error',
  'other',
] as const
export type ErrorClass = (typeof ERROR_CLASSES)[number]

/** The error of one record as the service wrote it; null where it wrote nothing of the kind. */
export interface RecordError {
  readonly code: number | string | null
  readonly message: string | null
}

/** Exceptions of the runtime by name, where the code of a record is one. */
const NAMES: readonly (readonly [RegExp, ErrorClass])[] = [
  [/Throttl|TooManyRequests|ModelNotReady|ServiceUnavailable/i, 'throttled'],
  [/Timeout/i, 'timeout'],
  [/Guardrail|ContentFilter/i, 'content-filter'],
  [/Validation|BadRequest|InvalidRequest/i, 'validation'],
  [/ModelError|ModelStreamError|InternalServer|InternalFailure/i, 'model-error'],
]

/** 400 is the code of many things: what its message says of them comes first. Wordings seen, not an official list. */
const WORDS: readonly (readonly [RegExp, ErrorClass])[] = [
  [/throttl|too many (requests|tokens)|rate (limit|exceeded)|not ready/i, 'throttled'],
  [/\btimed out\b|request time-?out/i, 'timeout'],
  [/\bguardrail|content (was )?(filter|block)|content policy|filtered by|safety polic/i, 'content-filter'],
]

/** The class of an error, by its code and, where that says little, by its message. */
export function classifyError({code, message}: RecordError): ErrorClass {
  const status = typeof code === 'string' && /^\d{3}$/.test(code) ? Number(code) : code
  if (typeof status === 'string') return matching(NAMES, status) ?? matching(WORDS, message ?? '') ?? 'other'
  return classOfStatus(status) ?? matching(WORDS, message ?? '') ?? (isRefusal(status) ? 'validation' : 'other')
}

function classOfStatus(status: number | null): ErrorClass | undefined {
  if (status === 429 || status === 503) return 'throttled'
  if (status === 408 || status === 504) return 'timeout'
  if (status === 424 || status === 500 || status === 502) return 'model-error'
  return undefined
}

function isRefusal(status: number | null): boolean {
  return status === 400 || status === 413 || status === 422
}

function matching(rules: readonly (readonly [RegExp, ErrorClass])[], text: string): ErrorClass | undefined {
  return rules.find(([pattern]) => pattern.test(text))?.[1]
}

/** Reads the JSON of an `error` member; what is not of the documented shape has neither code nor message. */
export function readRecordError(json: string): RecordError {
  const value: unknown = JSON.parse(json)
  if (typeof value !== 'object' || value === null) return {code: null, message: null}
  const {errorCode, errorMessage} = value as {readonly errorCode?: unknown; readonly errorMessage?: unknown}
  return {
    code: typeof errorCode === 'number' || typeof errorCode === 'string' ? errorCode : null,
    message: typeof errorMessage === 'string' ? errorMessage : null,
  }
}
