/** How a condition compares values. */
export type Comparison =
  | 'string'
  | 'string-ignoring-case'
  | 'string-like'
  | 'arn'
  | 'bool'
  | 'binary'
  | 'ip'
  | 'null'
  | `numeric-${Relation}`
  | `date-${Relation}`
type Relation = 'equal' | 'less' | 'less-or-equal' | 'greater' | 'greater-or-equal'

export interface ConditionOperator {
  /** As AWS spells it, with set prefix and suffix. */
  readonly name: string
  readonly comparison: Comparison
  readonly negated: boolean
  readonly ifExists: boolean
  /** Which values of a multivalued key must match: every one, any one, or no statement about it. */
  readonly set: 'all' | 'any' | 'none'
}

const COMPARISONS: Readonly<Record<string, readonly [Comparison, boolean]>> = {
  StringEquals: ['string', false],
  StringNotEquals: ['string', true],
  StringEqualsIgnoreCase: ['string-ignoring-case', false],
  StringNotEqualsIgnoreCase: ['string-ignoring-case', true],
  StringLike: ['string-like', false],
  StringNotLike: ['string-like', true],
  NumericEquals: ['numeric-equal', false],
  NumericNotEquals: ['numeric-equal', true],
  NumericLessThan: ['numeric-less', false],
  NumericLessThanEquals: ['numeric-less-or-equal', false],
  NumericGreaterThan: ['numeric-greater', false],
  NumericGreaterThanEquals: ['numeric-greater-or-equal', false],
  DateEquals: ['date-equal', false],
  DateNotEquals: ['date-equal', true],
  DateLessThan: ['date-less', false],
  DateLessThanEquals: ['date-less-or-equal', false],
  DateGreaterThan: ['date-greater', false],
  DateGreaterThanEquals: ['date-greater-or-equal', false],
  Bool: ['bool', false],
  BinaryEquals: ['binary', false],
  IpAddress: ['ip', false],
  NotIpAddress: ['ip', true],
  ArnEquals: ['arn', false],
  ArnNotEquals: ['arn', true],
  ArnLike: ['arn', false],
  ArnNotLike: ['arn', true],
  Null: ['null', false],
}
const BY_LOWER_NAME = new Map(Object.entries(COMPARISONS).map(([name, entry]) => [name.toLowerCase(), {name, entry}]))
const SETS = [
  ['forallvalues:', 'ForAllValues:', 'all'],
  ['foranyvalue:', 'ForAnyValue:', 'any'],
] as const

/** Undefined when IAM has no such operator. Case does not matter; `Null` takes neither prefix nor suffix. */
export function parseOperator(text: string): ConditionOperator | undefined {
  const lower = text.toLowerCase()
  const [prefix, written, set] = SETS.find(([start]) => lower.startsWith(start)) ?? ['', '', 'none' as const]
  const rest = lower.slice(prefix.length)
  const ifExists = rest.endsWith('ifexists')
  const found = BY_LOWER_NAME.get(ifExists ? rest.slice(0, -'ifexists'.length) : rest)
  if (found === undefined) return undefined
  const [comparison, negated] = found.entry
  if (comparison === 'null' && (ifExists || set !== 'none')) return undefined
  return {name: `${written}${found.name}${ifExists ? 'IfExists' : ''}`, comparison, negated, ifExists, set}
}
