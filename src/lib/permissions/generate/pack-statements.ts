import {usageError} from '../../core/errors.js'
import {type PolicyText, policyText, type Statement, sizeOf} from './statement.js'

/**
 * As few policies as the statements fit in, in their order; a statement that is too large for any is cut by its actions
 * or resources. What a policy holds more than its statements is counted too.
 */
export function packStatements(statements: readonly Statement[], limit: number): readonly PolicyText[] {
  const packed: Statement[][] = []
  for (const statement of statements.flatMap((one) => cut(one, limit))) {
    const last = packed.at(-1)
    if (last && sizeOf(policyText([...last, statement])) <= limit) last.push(statement)
    else packed.push([statement])
  }
  return packed.map(policyText)
}

function cut(statement: Statement, limit: number): readonly Statement[] {
  if (sizeOf(policyText([statement])) <= limit) return [statement]
  const {Action, Resource, Sid} = statement
  const byAction = Action.length >= Resource.length
  const longer = byAction ? Action : Resource
  if (longer.length < 2) {
    throw usageError('POLICY_TOO_LARGE', `A single statement does not fit ${limit} characters.`, {
      hint: 'Give shorter names, or fewer of them.',
    })
  }
  const half = Math.ceil(longer.length / 2)
  const part = (items: readonly string[], mark: string): Statement => ({
    ...statement,
    Sid: `${Sid}${mark}`,
    ...(byAction ? {Action: items} : {Resource: items}),
  })
  return [part(longer.slice(0, half), 'A'), part(longer.slice(half), 'B')].flatMap((one) => cut(one, limit))
}
