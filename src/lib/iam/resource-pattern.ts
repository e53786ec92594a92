import {compilePattern, lacksValue, openVariables, type Pattern, testPattern} from './pattern.js'
import type {RequestContext} from './request-context.js'
import {least, MAYBE, NO, type Truth, truthOf, YES} from './truth.js'

// Resources are compared field by field: partition, service, Region and account each on their own, and all that follows
// the fifth colon as one text in which wildcards also stand for colons and slashes. AWS adds that a `*` at the end of a
// field "can expand to match beyond the colon boundaries" (IAM User Guide, Resource element) without saying when. What
// only such an expansion matches is therefore not known here, save a `*` that ends the whole pattern: it covers the rest.

const FIELDS = 6

export interface ResourcePattern {
  readonly source: string
  /** The pattern `*` alone. */
  readonly all: boolean
  /** The fields before the resource part; fewer than five where a final `*` stands for the rest. */
  readonly head: readonly Pattern[]
  readonly tail: Pattern
  /** The whole text as one pattern; only where a field before the resource part ends with `*`. */
  readonly across: Pattern | undefined
  /** A variable before the fifth colon, where AWS allows none. */
  readonly variableInHead: boolean
}

/** A resource as a request names it, cut into its fields once. */
export interface NamedResource {
  readonly text: string
  /** Empty for `*`. */
  readonly fields: readonly string[]
}

export function nameResource(text: string): NamedResource {
  return {text, fields: text.startsWith('arn:') ? arnFields(text) : []}
}

export function compileResource(source: string, variables: boolean): ResourcePattern {
  const fields = arnFields(source)
  const head = fields.slice(0, -1)
  const variableInHead = variables && head.some((field) => field.includes('${'))
  const options = {variables, wildcards: true}
  return {
    source,
    all: source === '*',
    head: head.map((field) => compilePattern(field, options)),
    tail: compilePattern(fields.at(-1) ?? '', options),
    across: head.some((field) => field.endsWith('*')) ? compilePattern(source, options) : undefined,
    variableInHead,
  }
}

export function testResource(pattern: ResourcePattern, resource: NamedResource, context: RequestContext): Truth {
  if (pattern.all) return YES
  if (resource.fields.length < FIELDS) return truthOf(pattern.source === resource.text)
  const byField = testFields(pattern, resource.fields, context)
  if (byField === YES && pattern.variableInHead) return MAYBE
  if (byField !== NO || pattern.across === undefined) return byField
  return least(MAYBE, testPattern(pattern.across, resource.text, context))
}

/** As the ARN condition operators compare: field by field only, and what is no ARN matches nothing. */
export function testArn(pattern: ResourcePattern, value: NamedResource, context: RequestContext): Truth {
  return value.fields.length < FIELDS ? NO : testFields(pattern, value.fields, context)
}

/** Variables that keep the pattern from a definite answer, in lower case. */
export function openResourceVariables(pattern: ResourcePattern, context: RequestContext): readonly string[] {
  return pattern.all ? [] : [...pattern.head, pattern.tail].flatMap((part) => openVariables(part, context))
}

/** Whether a variable of the pattern has no value in the request. */
export function resourceLacksValue({all, head, tail}: ResourcePattern, context: RequestContext): boolean {
  return !all && [...head, tail].some((part) => lacksValue(part, context))
}

function testFields({head, tail}: ResourcePattern, fields: readonly string[], context: RequestContext): Truth {
  let truth: Truth = YES
  for (let index = 0; index < head.length; index += 1) {
    const field = head[index]
    if (field !== undefined) truth = least(truth, testPattern(field, fields[index] ?? '', context))
    if (truth === NO) return NO
  }
  const rest = head.length === FIELDS - 1 ? (fields[FIELDS - 1] ?? '') : fields.slice(head.length).join(':')
  return least(truth, testPattern(tail, rest, context))
}

/** At most six fields; colons inside `${…}` do not count. */
export function arnFields(text: string): readonly string[] {
  const fields: string[] = []
  let start = 0
  let inVariable = false
  for (let index = 0; index < text.length && fields.length < FIELDS - 1; index += 1) {
    const character = text[index]
    if (character === '$' && text[index + 1] === '{') inVariable = true
    else if (character === '}') inVariable = false
    else if (character === ':' && !inVariable) {
      fields.push(text.slice(start, index))
      start = index + 1
    }
  }
  fields.push(text.slice(start))
  return fields
}
