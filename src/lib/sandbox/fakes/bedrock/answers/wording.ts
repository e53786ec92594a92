import type {Problem} from './shape.js'

/** As Anthropic's models word it: `messages.0.role: Input should be 'user' or 'assistant'`. */
export function anthropicWords({kind, path, wanted}: Problem): string {
  const place = path.join('.')
  switch (kind) {
    case 'missing':
      return `${place}: Field required`
    case 'extra':
      return `${place}: Extra inputs are not permitted`
    case 'type':
      return `${place}: Input should be a valid ${wanted === 'object' ? 'dictionary' : wanted}`
    case 'choice':
      return `${place}: Input should be ${wanted}`
    case 'below':
      return `${place}: Input should be greater than or equal to ${wanted}`
    case 'above':
      return `${place}: Input should be less than or equal to ${wanted}`
    case 'short':
      return `${place}: at least ${wanted} item is required`
    case 'long':
      return `${place}: at most ${wanted} items are permitted`
  }
}

/** As Bedrock words it for the models whose bodies it holds against a JSON schema. */
export function schemaWords(problem: Problem): string {
  return `Malformed input request: ${violation(problem)}, please reformat your input and try again.`
}

function violation({kind, path, wanted, found}: Problem): string {
  const place = ['#', ...path].join('/')
  const outside = ['#', ...path.slice(0, -1)].join('/')
  const key = path.at(-1)
  switch (kind) {
    case 'missing':
      return `${outside}: required key [${key}] not found`
    case 'extra':
      return `${outside}: extraneous key [${key}] is not permitted`
    case 'type':
      return `${place}: expected type: ${capital(wanted)}, found: ${typeOf(found)}`
    case 'choice':
      return `${place}: ${String(found)} is not a valid enum value`
    case 'below':
      return `${place}: ${String(found)} is not greater or equal to ${wanted}`
    case 'above':
      return `${place}: ${String(found)} is not less or equal to ${wanted}`
    case 'short':
      return Array.isArray(found)
        ? `${place}: expected minimum item count: ${wanted}, found: ${found.length}`
        : `${place}: expected minLength: ${wanted}, actual: ${lengthOf(found)}`
    case 'long':
      return Array.isArray(found)
        ? `${place}: expected maximum item count: ${wanted}, found: ${found.length}`
        : `${place}: expected maxLength: ${wanted}, actual: ${lengthOf(found)}`
  }
}

const SCHEMA_TYPES: Readonly<Record<string, string>> = {list: 'JSONArray', object: 'JSONObject'}

function capital(type: string): string {
  return SCHEMA_TYPES[type] ?? `${type.charAt(0).toUpperCase()}${type.slice(1)}`
}

function typeOf(value: unknown): string {
  if (value === null) return 'Null'
  if (Array.isArray(value)) return 'JSONArray'
  if (typeof value === 'object') return 'JSONObject'
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'BigDecimal'
  return capital(typeof value)
}

const lengthOf = (value: unknown): number => String(value).length
