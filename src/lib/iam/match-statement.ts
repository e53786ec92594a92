import type {CompiledStatement} from './compile-policy.js'
import {testCondition} from './condition.js'
import {isNamed, matchPrincipal, type Principal} from './principal.js'
import type {RequestContext} from './request-context.js'
import {type NamedResource, resourceLacksValue, testResource} from './resource-pattern.js'
import {greatest, least, MAYBE, NO, not, type Truth, YES} from './truth.js'

/** What a statement is asked about; its action was settled before. */
export interface StatementSubject {
  readonly resource: NamedResource
  readonly principal: Principal
  readonly context: RequestContext
}

/** Whether a statement applies. The elements that need least work come first. */
export function matchStatement(statement: CompiledStatement, subject: StatementSubject): Truth {
  let truth = matchResources(statement, subject)
  if (truth === NO) return NO
  if (statement.principals !== undefined) {
    truth = least(truth, isNamed(matchPrincipal(statement.principals, subject.principal)))
    if (truth === NO) return NO
  }
  return least(truth, matchConditions(statement, subject.context))
}

export function matchConditions({conditions}: CompiledStatement, context: RequestContext): Truth {
  let truth: Truth = YES
  for (const condition of conditions) {
    truth = least(truth, testCondition(condition, context))
    if (truth === NO) return NO
  }
  return truth
}

export function matchResources(
  {resources, notResources}: CompiledStatement,
  {resource, context}: StatementSubject,
): Truth {
  if (resources === undefined) return YES
  let truth: Truth = NO
  let hasUnresolved = false
  for (const pattern of resources) {
    const matched = testResource(pattern, resource, context)
    truth = greatest(truth, matched)
    if (truth === YES) break
    hasUnresolved ||= notResources && matched === NO && resourceLacksValue(pattern, context)
  }
  if (!notResources) return truth
  // A variable that has no value may make the whole statement invalid, so being left out by it is not certain.
  return hasUnresolved && truth === NO ? MAYBE : not(truth)
}
