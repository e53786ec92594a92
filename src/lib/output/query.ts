import {type BedrockctlError, usageError} from '../core/errors.js'
import type {Column, Scalar} from './view.js'

/** Applies a JMESPath expression to the answer as `-o json` would print it; `null` when nothing matches. */
export async function applyQuery(result: unknown, expression: string): Promise<unknown> {
  const {default: jmespath} = await import('jmespath')
  const document: unknown = JSON.parse(JSON.stringify(result))
  try {
    const found: unknown = jmespath.search(document, expression)
    return found ?? null
  } catch (error) {
    throw invalidQuery(expression, error, (text) => errorOf(() => jmespath.search(null, text)))
  }
}

/** Columns for records whose shape only the query knows: the union of their keys, in order of appearance. */
export function columnsOf(records: readonly object[]): readonly Column<object>[] {
  const keys = new Set(records.flatMap((record) => Object.keys(record)))
  return [...keys].map((key) => ({key, title: key, weight: 0, value: (record) => scalarOf(memberOf(record, key))}))
}

/** Plain objects: what a table can be made of. */
export function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function memberOf(record: object, key: string): unknown {
  return Object.hasOwn(record, key) ? (record as Readonly<Record<string, unknown>>)[key] : undefined
}

/** A value in one cell: lists of scalars as lists, anything deeper as compact JSON. */
export function scalarOf(value: unknown): Scalar | readonly string[] {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object')) return value.map(String)
  return JSON.stringify(value)
}

function invalidQuery(
  expression: string,
  error: unknown,
  evaluate: (text: string) => Error | undefined,
): BedrockctlError {
  const failure = error instanceof Error ? error : new Error(String(error))
  const position = positionOf(expression, failure, evaluate)
  const where = position === undefined ? '' : ` at character ${position + 1}`
  const reason = failure.message.replace(/^(ArgumentError|TypeError): /, '').replace('Sytanx', 'Syntax')
  return usageError('INVALID_QUERY', `--query cannot be applied${where}: ${reason}`, {
    hint: 'The language is JMESPath: https://jmespath.org/tutorial.html',
    cause: failure,
  })
}

/**
 * The library names the token, not its place. The shortest beginning of the expression that fails with the very same
 * message ends in that token; a failure that only shows when evaluating is placed at the function's name.
 */
function positionOf(
  expression: string,
  failure: Error,
  evaluate: (text: string) => Error | undefined,
): number | undefined {
  const called = /(\w+)\(\)/.exec(failure.message)?.[1]
  if (called !== undefined) {
    const at = expression.indexOf(`${called}(`)
    return at === -1 ? undefined : at
  }
  if (!/^(Lexer|[Pp]arser)error$/i.test(failure.name)) return undefined
  if (/EOF/.test(failure.message)) return expression.length
  const tokenLength = /(?:"|value: )(\w+)"?$/.exec(failure.message)?.[1]?.length ?? 1
  for (let end = 1; end <= expression.length; end++) {
    if (evaluate(expression.slice(0, end))?.message === failure.message) return end - tokenLength
  }
  return undefined
}

function errorOf(evaluate: () => unknown): Error | undefined {
  try {
    evaluate()
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
