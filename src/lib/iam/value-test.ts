import type {Comparison} from './condition-operator.js'
import {isIpAddress, parseIpRange} from './ip-range.js'
import {compilePattern, openVariables, type Pattern, testPattern} from './pattern.js'
import type {RequestContext} from './request-context.js'
import {arnFields, compileResource, nameResource, openResourceVariables, testArn} from './resource-pattern.js'
import {MAYBE, type Truth, truthOf} from './truth.js'

/** One value of a condition: does it match a value of the request? */
export interface ValueTest {
  readonly source: string
  readonly test: (value: string, context: RequestContext) => Truth
  /** Policy variables that the context does not settle, in lower case. */
  readonly open: (context: RequestContext) => readonly string[]
}

const NOTHING_OPEN = (): readonly string[] => []

/** A value that IAM could not read as what the operator compares never gives a definite answer. */
export function compileValue(source: string, comparison: Comparison, variables: boolean): ValueTest {
  switch (comparison) {
    case 'string':
      return textTest(compilePattern(source, {variables, wildcards: false}))
    case 'string-ignoring-case':
      return textTest(compilePattern(source, {variables, wildcards: false, ignoreCase: true}))
    case 'string-like':
      return textTest(compilePattern(source, {variables, wildcards: true}))
    case 'arn':
      return arnTest(source, variables)
    case 'bool':
      return plain(source, parseBool)
    case 'binary':
      return plain(source, parseBase64)
    case 'ip':
      return ipTest(source)
    case 'null':
      return plain(source, parseBool)
    default:
      return comparison.startsWith('date-')
        ? ordered(source, comparison, parseDate)
        : ordered(source, comparison, parseNumber)
  }
}

/** Whether the operator can compare with this text at all; variables are not judged. */
export function isReadable(source: string, comparison: Comparison): boolean {
  if (source.includes('${')) return true
  switch (comparison) {
    case 'string':
    case 'string-ignoring-case':
    case 'string-like':
      return true
    case 'arn':
      return source === '*' || arnFields(source).length === 6
    case 'bool':
    case 'null':
      return parseBool(source) !== undefined
    case 'binary':
      return parseBase64(source) !== undefined
    case 'ip':
      return parseIpRange(source) !== undefined
    default:
      return (comparison.startsWith('date-') ? parseDate(source) : parseNumber(source)) !== undefined
  }
}

function textTest(pattern: Pattern): ValueTest {
  return {
    source: pattern.source,
    test: (value, context) => testPattern(pattern, value, context),
    open: (context) => openVariables(pattern, context),
  }
}

/** ArnEquals and ArnLike are the same: six fields, each compared on its own, wildcards in any of them. */
function arnTest(source: string, variables: boolean): ValueTest {
  if (arnFields(source).length !== 6) return {source, test: () => MAYBE, open: NOTHING_OPEN}
  const pattern = compileResource(source, variables)
  return {
    source,
    test: (value, context) => testArn(pattern, nameResource(value), context),
    open: (context) => openResourceVariables(pattern, context),
  }
}

function ipTest(source: string): ValueTest {
  const range = parseIpRange(source)
  const test = (value: string): Truth => (range === undefined || !isIpAddress(value) ? MAYBE : truthOf(range(value)))
  return {source, test, open: NOTHING_OPEN}
}

function plain<T>(source: string, parse: (text: string) => T | undefined): ValueTest {
  const wanted = parse(source)
  const test = (value: string): Truth => {
    const given = parse(value)
    return wanted === undefined || given === undefined ? MAYBE : truthOf(wanted === given)
  }
  return {source, test, open: NOTHING_OPEN}
}

function ordered(source: string, comparison: Comparison, parse: (text: string) => number | undefined): ValueTest {
  const wanted = parse(source)
  const holds = RELATIONS[comparison.slice(comparison.indexOf('-') + 1)]
  const test = (value: string): Truth => {
    const given = parse(value)
    return wanted === undefined || given === undefined || holds === undefined ? MAYBE : truthOf(holds(given, wanted))
  }
  return {source, test, open: NOTHING_OPEN}
}

const RELATIONS: Readonly<Record<string, (given: number, wanted: number) => boolean>> = {
  equal: (given, wanted) => given === wanted,
  less: (given, wanted) => given < wanted,
  'less-or-equal': (given, wanted) => given <= wanted,
  greater: (given, wanted) => given > wanted,
  'greater-or-equal': (given, wanted) => given >= wanted,
}

function parseBool(text: string): boolean | undefined {
  const lower = text.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : undefined
}

function parseNumber(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined
}

/** ISO 8601, or seconds since 1970. */
function parseDate(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const at = /^\d{4}-\d{2}(-\d{2})?/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}

/** The bytes in their one canonical spelling. */
function parseBase64(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined
  return Buffer.from(text, 'base64').toString('base64')
}
