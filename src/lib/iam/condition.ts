import type {ConditionOperator} from './condition-operator.js'
import {type Alternative, lookUp, type RequestContext} from './request-context.js'
import {agreement, greatest, least, MAYBE, NO, not, type Truth, truthOf, YES} from './truth.js'
import {compileValue, type ValueTest} from './value-test.js'

/** One operator and key of a Condition element. */
export interface CompiledCondition {
  readonly operator: ConditionOperator
  /** As written; `lookUpKey` is what the context is asked for. */
  readonly key: string
  readonly lookUpKey: string
  readonly values: readonly ValueTest[]
}

export function compileCondition(
  operator: ConditionOperator,
  key: string,
  values: readonly string[],
  variables: boolean,
): CompiledCondition {
  return {
    operator,
    key,
    lookUpKey: key.toLowerCase(),
    values: values.map((value) => compileValue(value, operator.comparison, variables)),
  }
}

export function testCondition(condition: CompiledCondition, context: RequestContext): Truth {
  const alternatives = lookUp(context, condition.lookUpKey)
  if (alternatives === undefined) return MAYBE
  if (alternatives.length === 1) return testAlternative(condition, alternatives[0] ?? null, context)
  return agreement(alternatives.map((alternative) => testAlternative(condition, alternative, context)))
}

function testAlternative(condition: CompiledCondition, given: Alternative, context: RequestContext): Truth {
  const {comparison, set} = condition.operator
  if (comparison === 'null') return testNull(condition, given, context)
  // A set operator sees neither a key without values nor an empty text.
  const values = set === 'none' ? given : (given?.filter((value) => value !== '') ?? null)
  if (values === null || values.length === 0) return whenAbsent(condition.operator, given)
  if (set === 'all')
    return values.reduce<Truth>((truth, value) => least(truth, testValue(condition, value, context)), YES)
  if (set === 'any')
    return values.reduce<Truth>((truth, value) => greatest(truth, testValue(condition, value, context)), NO)
  // Without a set operator IAM leaves open which value of a multivalued key counts.
  return agreement(values.map((value) => testValue(condition, value, context)))
}

/** A key that the request does not carry: nothing equals it, so a negated operator holds. */
function whenAbsent({ifExists, set, negated}: ConditionOperator, given: Alternative): Truth {
  // Whether a key that is there but empty counts as existing is not documented.
  if (set === 'any' && ifExists && given !== null) return MAYBE
  if (ifExists || set === 'all') return YES
  if (set === 'any') return NO
  return truthOf(negated)
}

/** `Null: true` asks for a key that is not there or has no value. */
function testNull({values}: CompiledCondition, given: Alternative, context: RequestContext): Truth {
  if (given?.every((value) => value === '') && given.length > 0) return MAYBE
  const isNull = given === null || given.length === 0
  return values.reduce<Truth>((truth, {test}) => greatest(truth, test(String(isNull), context)), NO)
}

function testValue({operator, values}: CompiledCondition, value: string, context: RequestContext): Truth {
  let matched: Truth = NO
  for (const {test} of values) {
    matched = greatest(matched, test(value, context))
    if (matched === YES) break
  }
  return operator.negated ? not(matched) : matched
}

/** What of the request keeps the condition from a definite answer: its own key, or variables in its values. */
export function openKeys(condition: CompiledCondition, context: RequestContext): readonly string[] {
  const alternatives = lookUp(context, condition.lookUpKey)
  if (alternatives === undefined || alternatives.length > 1) return [condition.key]
  const variables = condition.values.flatMap(({open}) => open(context))
  return variables.length > 0 ? variables : [condition.key]
}
