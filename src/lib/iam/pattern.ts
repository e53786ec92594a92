import {ANYTHING, compileGlob, type Glob, globOf, literalCodes, matchesGlob, wildCodes} from './glob.js'
import {lookUp, type RequestContext} from './request-context.js'
import {MAYBE, NO, type Truth, truthOf} from './truth.js'

/** A text of a policy, compiled. A text with policy variables is put together anew for each request. */
export interface Pattern {
  readonly source: string
  readonly glob: Glob | undefined
  /** Empty where the text has no `${`. */
  readonly parts: readonly PatternPart[]
  readonly ignoreCase: boolean
}

type PatternPart =
  | {readonly kind: 'codes'; readonly codes: readonly number[]}
  | {readonly kind: 'variable'; readonly key: string; readonly otherwise: string | undefined}

export interface PatternOptions {
  /** Policy variables exist in version 2012-10-17 only; before that `${…}` is text. */
  readonly variables: boolean
  readonly wildcards: boolean
  readonly ignoreCase?: boolean
}

const VARIABLE = /\$\{([^}]*)\}/g
const WITH_DEFAULT = /^\s*([^,]+?)\s*,\s*'(.*)'\s*$/s

const NO_PARTS: readonly PatternPart[] = []

/** Fields of ARNs and short values come again and again: one object does for all of them. */
const kept = new Map<string, Pattern>()
const KEPT_LENGTH = 24
const KEPT_PATTERNS = 4096

export function compilePattern(source: string, options: PatternOptions): Pattern {
  if (source.length > KEPT_LENGTH) return compile(source, options)
  const {variables, wildcards, ignoreCase = false} = options
  const key = `${variables ? 'v' : '-'}${wildcards ? 'w' : '-'}${ignoreCase ? 'i' : '-'}${source}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const pattern = compile(source, options)
  if (kept.size < KEPT_PATTERNS) kept.set(key, pattern)
  return pattern
}

function compile(source: string, options: PatternOptions): Pattern {
  const ignoreCase = options.ignoreCase === true
  const text = ignoreCase ? source.toLowerCase() : source
  if (!(options.variables && text.includes('${'))) {
    const glob: Glob = options.wildcards ? compileGlob(text) : {kind: 'exact', text}
    return {source, glob, parts: NO_PARTS, ignoreCase}
  }
  const parts = partsOf(text, options.wildcards)
  const glob = parts.some(({kind}) => kind === 'variable')
    ? undefined
    : globOf(parts.flatMap((part) => (part.kind === 'codes' ? part.codes : [])))
  return {source, glob, parts, ignoreCase}
}

/** A variable without a value matches nothing; one whose value is not known matches no more than anything would. */
export function testPattern(pattern: Pattern, value: string, context: RequestContext): Truth {
  const text = pattern.ignoreCase ? value.toLowerCase() : value
  if (pattern.glob !== undefined) return truthOf(matchesGlob(pattern.glob, text))
  const resolved = resolve(pattern, context)
  if (resolved === undefined) return NO
  const matches = matchesGlob(globOf(resolved.codes), text)
  return matches && resolved.open ? MAYBE : truthOf(matches)
}

/** Variables of the pattern that the context does not settle, in lower case. */
export function openVariables(pattern: Pattern, context: RequestContext): readonly string[] {
  return pattern.parts.flatMap((part) =>
    part.kind === 'variable' && variableValue(part.key, part.otherwise, context) === 'open' ? [part.key] : [],
  )
}

/** Whether a variable of the pattern has no value in the request. */
export function lacksValue(pattern: Pattern, context: RequestContext): boolean {
  return pattern.parts.some(
    (part) => part.kind === 'variable' && variableValue(part.key, part.otherwise, context) === undefined,
  )
}

function resolve(pattern: Pattern, context: RequestContext): {codes: readonly number[]; open: boolean} | undefined {
  const codes: number[] = []
  let open = false
  for (const part of pattern.parts) {
    if (part.kind === 'codes') {
      codes.push(...part.codes)
      continue
    }
    const value = variableValue(part.key, part.otherwise, context)
    if (value === undefined) return undefined
    if (value === 'open') open = true
    codes.push(
      ...(value === 'open' ? ANYTHING : literalCodes(pattern.ignoreCase ? value.text.toLowerCase() : value.text)),
    )
  }
  return {codes, open}
}

/** Undefined: the request carries no value. A multivalued key cannot be a variable; what IAM makes of one is open. */
function variableValue(
  key: string,
  otherwise: string | undefined,
  context: RequestContext,
): {readonly text: string} | 'open' | undefined {
  const alternatives = lookUp(context, key)
  const [only] = alternatives ?? []
  if (alternatives?.length !== 1 || only === undefined) return 'open'
  if (only === null || only.length === 0) return otherwise === undefined ? undefined : {text: otherwise}
  const [text] = only
  return only.length > 1 || text === undefined ? 'open' : {text}
}

function partsOf(text: string, wildcards: boolean): readonly PatternPart[] {
  const parts: PatternPart[] = []
  let end = 0
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > end) parts.push(codesPart(text.slice(end, match.index), wildcards))
    parts.push(variablePart(match[1] ?? ''))
    end = match.index + match[0].length
  }
  if (end < text.length || parts.length === 0) parts.push(codesPart(text.slice(end), wildcards))
  return parts
}

/** `${*}`, `${?}` and `${$}` are the characters themselves. */
function variablePart(inside: string): PatternPart {
  if (inside === '*' || inside === '?' || inside === '$') return {kind: 'codes', codes: literalCodes(inside)}
  const [, key, otherwise] = WITH_DEFAULT.exec(inside) ?? []
  return {kind: 'variable', key: (key ?? inside).trim().toLowerCase(), otherwise}
}

function codesPart(text: string, wildcards: boolean): PatternPart {
  return {kind: 'codes', codes: wildcards ? wildCodes(text) : literalCodes(text)}
}
