import type {CostCategoryValues, DimensionValues, Expression, TagValues} from '@aws-sdk/client-cost-explorer'
import type {BilledLine} from './billed-line.js'
import {dimensionReader} from './dimensions.js'
import {invalid} from './refusals.js'

export type LineFilter = (line: BilledLine) => boolean

const ROOTS = ['And', 'Or', 'Not', 'Dimensions', 'Tags', 'CostCategories'] as const

/** A filter as a test of lines. Tags that are not activated for cost allocation are on no line. */
export function filterOf(expression: Expression | undefined, activeTags: ReadonlySet<string>): LineFilter {
  if (!expression) return () => true
  const roots = ROOTS.filter((root) => expression[root] !== undefined)
  if (roots.length > 1) {
    throw invalid(
      `Expression has more than one roots. Only one root operator is allowed for each expression: ${ROOTS.join(', ')}`,
    )
  }
  const {And, Or, Not, Dimensions, Tags, CostCategories} = expression
  const parts = (list: readonly Expression[]) => list.map((part) => filterOf(part, activeTags))
  if (And) return every(parts(severalOf(And, 'And')))
  if (Or) return some(parts(severalOf(Or, 'Or')))
  if (Not) return not(filterOf(Not, activeTags))
  if (Dimensions) return dimensionFilter(Dimensions)
  if (Tags) return tagFilter(Tags, activeTags)
  if (CostCategories) return costCategoryFilter(CostCategories)
  throw invalid(`Expression must have one of ${ROOTS.join(', ')}`)
}

function severalOf(list: readonly Expression[], operator: string): readonly Expression[] {
  if (list.length < 2) throw invalid(`${operator} expression must have at least 2 operands`)
  return list
}

const every =
  (filters: readonly LineFilter[]): LineFilter =>
  (line) =>
    filters.every((filter) => filter(line))
const some =
  (filters: readonly LineFilter[]): LineFilter =>
  (line) =>
    filters.some((filter) => filter(line))
const not =
  (filter: LineFilter): LineFilter =>
  (line) =>
    !filter(line)

function dimensionFilter({Key, Values, MatchOptions = []}: DimensionValues): LineFilter {
  checkOptions(MatchOptions, ['EQUALS', 'CASE_SENSITIVE'])
  const read = dimensionReader(Key)
  const wanted = valuesOf(Values, `dimension ${Key}`)
  return (line) => wanted.has(read(line))
}

function tagFilter({Key, Values, MatchOptions = []}: TagValues, activeTags: ReadonlySet<string>): LineFilter {
  checkOptions(MatchOptions, ['EQUALS', 'ABSENT', 'CASE_SENSITIVE'])
  const has = (line: BilledLine, key: string) => activeTags.has(key) && line.tags[key] !== undefined
  if (Key === undefined) return (line) => !Object.keys(line.tags).some((key) => has(line, key))
  if (Values === undefined || MatchOptions.includes('ABSENT')) return (line) => !has(line, Key)
  const wanted = valuesOf(Values, `tag ${Key}`)
  return (line) => wanted.has(has(line, Key) ? (line.tags[Key] ?? '') : '')
}

/** No account here has cost categories: only what asks for their absence matches. */
function costCategoryFilter({Values, MatchOptions = []}: CostCategoryValues): LineFilter {
  checkOptions(MatchOptions, ['EQUALS', 'ABSENT', 'CASE_SENSITIVE'])
  return () => Values === undefined || MatchOptions.includes('ABSENT')
}

function checkOptions(options: readonly string[], valid: readonly string[]): void {
  const wrong = options.find((option) => !valid.includes(option))
  if (wrong !== undefined) throw invalid(`Match option ${wrong} is not supported. Valid values are ${valid.join(', ')}`)
}

function valuesOf(values: readonly string[] | undefined, of: string): ReadonlySet<string> {
  if (!values || values.length === 0) throw invalid(`Values of the ${of} must not be empty.`)
  return new Set(values)
}
