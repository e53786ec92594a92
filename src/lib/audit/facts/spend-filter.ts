import {greatest, least, MAYBE, NO, not, type Truth, truthOf, YES} from '../../iam/truth.js'

/** A kind of spend, by the dimensions of Cost Explorer that are known of it. */
export type Spend = Readonly<Partial<Record<'SERVICE' | 'LINKED_ACCOUNT' | 'RECORD_TYPE' | 'BILLING_ENTITY', string>>>

/** Keys of a budget's CostFilters → dimensions of Cost Explorer. */
const DIMENSIONS: Readonly<Record<string, keyof Spend>> = {
  Service: 'SERVICE',
  LinkedAccount: 'LINKED_ACCOUNT',
  RecordType: 'RECORD_TYPE',
  BillingEntity: 'BILLING_ENTITY',
}

/** Whether all spend of the kind passes CostFilters: every key must admit it. MAYBE: a part of it may. */
export function passesFilters(filters: Readonly<Record<string, readonly string[]>>, spend: Spend): Truth {
  return Object.entries(filters).reduce<Truth>((truth, [key, values]) => {
    const dimension = DIMENSIONS[key]
    return least(truth, values.length === 0 ? YES : matches(dimension && spend[dimension], values, equal))
  }, YES)
}

/** The same for an expression of Cost Explorer, as JSON text; undefined when it is none. */
export function passesExpression(text: string, spend: Spend): Truth | undefined {
  try {
    return evaluate(JSON.parse(text), spend)
  } catch {
    return undefined
  }
}

type Tree = Readonly<Record<string, unknown>>

/** The members of one expression object hold together. */
function evaluate(value: unknown, spend: Spend): Truth {
  if (typeof value !== 'object' || value === null) return MAYBE
  return Object.entries(value).reduce<Truth>((truth, [key, member]) => least(truth, partOf(key, member, spend)), YES)
}

function partOf(key: string, member: unknown, spend: Spend): Truth {
  switch (key) {
    case 'And':
      return listOf(member).reduce<Truth>((truth, one) => least(truth, evaluate(one, spend)), YES)
    case 'Or':
      return listOf(member).reduce<Truth>((truth, one) => greatest(truth, evaluate(one, spend)), NO)
    case 'Not':
      return not(evaluate(member, spend))
    case 'Dimensions':
      return dimension(member as Tree, spend)
    default:
      // Tags and cost categories take a part of the spend, and nobody here knows which.
      return MAYBE
  }
}

function dimension({Key, Values, MatchOptions}: Tree, spend: Spend): Truth {
  const options = listOf(MatchOptions).map(String)
  const values = listOf(Values).map(String)
  const given = spend[String(Key) as keyof Spend]
  if (options.includes('ABSENT')) return given === undefined ? MAYBE : NO
  const ignoresCase = options.includes('CASE_INSENSITIVE')
  const fold = (text: string) => (ignoresCase ? text.toLowerCase() : text)
  return matches(given, values, (one, other) => comparison(options)(fold(one), fold(other)))
}

function comparison(options: readonly string[]): (given: string, wanted: string) => boolean {
  if (options.includes('STARTS_WITH')) return (given, wanted) => given.startsWith(wanted)
  if (options.includes('ENDS_WITH')) return (given, wanted) => given.endsWith(wanted)
  if (options.includes('CONTAINS')) return (given, wanted) => given.includes(wanted)
  return equal
}

function equal(one: string, other: string): boolean {
  return one === other
}

function matches(
  given: string | undefined,
  values: readonly string[],
  compare: (given: string, wanted: string) => boolean,
): Truth {
  return given === undefined ? MAYBE : truthOf(values.some((value) => compare(given, value)))
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
