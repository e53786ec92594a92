import {parseOperator} from './condition-operator.js'
import type {StatementCondition} from './policy-document.js'
import {isRecord, type ProblemList, step} from './problem-list.js'
import {isReadable} from './value-test.js'

export function parseConditions(value: unknown, path: string, problems: ProblemList): readonly StatementCondition[] {
  if (value === undefined) return []
  if (!isRecord(value)) {
    problems.error(path, 'NOT_OBJECT', 'a Condition is an object of operators')
    return []
  }
  return Object.entries(value).flatMap(([name, keys]) =>
    parseOperatorBlock(name, keys, `${path}${step(name)}`, problems),
  )
}

function parseOperatorBlock(
  name: string,
  keys: unknown,
  path: string,
  problems: ProblemList,
): readonly StatementCondition[] {
  const operator = parseOperator(name)
  if (operator === undefined) {
    problems.error(path, 'UNKNOWN_OPERATOR', `IAM has no condition operator ${JSON.stringify(name)}`)
    return []
  }
  if (!isRecord(keys)) {
    problems.error(path, 'NOT_OBJECT', 'must be an object of context keys')
    return []
  }
  if (operator.name !== name) problems.warning(path, 'OPERATOR_CASE', `is spelt ${operator.name}`)
  return Object.entries(keys).flatMap(([key, value]) => {
    const at = `${path}${step(key)}`
    if (!/^[A-Za-z0-9-]+:./s.test(key)) {
      problems.error(at, 'BAD_CONDITION_KEY', `${JSON.stringify(key)} is no context key: write service:Key`)
      return []
    }
    const values = parseValues(value, at, problems)
    for (const text of values ?? []) {
      if (!isReadable(text, operator.comparison)) {
        problems.warning(at, 'UNREADABLE_VALUE', `${operator.name} cannot compare with ${JSON.stringify(text)}`)
      }
    }
    return values === undefined ? [] : [{operator, key, values}]
  })
}

/** Texts; numbers and truth values count as their spelling. */
function parseValues(value: unknown, path: string, problems: ProblemList): readonly string[] | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  const texts = items.flatMap((item) =>
    typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean' ? String(item) : [],
  )
  if (texts.length === items.length && items.length > 0) return texts
  problems.error(
    path,
    'BAD_CONDITION_VALUE',
    'must be a text, a number, a truth value or a list with at least one of them',
  )
  return undefined
}
