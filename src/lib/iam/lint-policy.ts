import {closest} from '../core/closest.js'
import {findAction, findService, isDocumentedKey} from './action-facts.js'
import {compileGlob, matchesGlob} from './glob.js'
import type {IamFacts} from './iam-facts.schema.js'
import type {PolicyDocument, PolicyKind, PolicyStatement} from './policy-document.js'

/** Something AWS takes but that does not do what it seems to. */
export interface PolicyRemark {
  /** Place from 0 of the statement. */
  readonly statement: number
  readonly code: 'UNKNOWN_ACTION' | 'KEY_NOT_OF_ACTION' | 'INERT_RCP'
  /** The action or key as written. */
  readonly subject: string
  readonly message: string
  /** What the author probably meant; empty when nothing is near. */
  readonly suggestions: readonly string[]
}

/**
 * Actions that do not exist, condition keys that no named action has, and resource control policies about services they do
 * not reach. Judges only services the facts hold.
 */
export function lintPolicy({statements}: PolicyDocument, kind: PolicyKind, facts: IamFacts): readonly PolicyRemark[] {
  return statements.flatMap((statement, index) => [
    ...unknownActions(statement, index, facts),
    ...strayKeys(statement, index, facts),
    ...(kind === 'rcp' ? inertActions(statement, index, facts) : []),
  ])
}

function unknownActions({actions}: PolicyStatement, statement: number, facts: IamFacts): readonly PolicyRemark[] {
  return actions.flatMap((action): readonly PolicyRemark[] => {
    const [prefix = '', name = ''] = action.toLowerCase().split(':')
    const service = findService(facts, prefix)
    if (service === undefined) return []
    const glob = compileGlob(name)
    if (service.actions.some((one) => matchesGlob(glob, one.name.toLowerCase()))) return []
    const operations = Object.entries(facts.operationsWithoutAction)
    const meant = operations.filter(([operation]) => prefix === 'bedrock' && matchesGlob(glob, operation.toLowerCase()))
    const suggestions =
      meant.length > 0
        ? [...new Set(meant.map(([, authorisedAs]) => authorisedAs))]
        : closest(
            name,
            service.actions.map((one) => one.name),
          ).map((one) => `${prefix}:${one}`)
    return [{statement, code: 'UNKNOWN_ACTION', subject: action, message: 'no such action exists', suggestions}]
  })
}

/** Only where every action is named in full: a wildcard may reach an action that has the key. */
function strayKeys(one: PolicyStatement, statement: number, facts: IamFacts): readonly PolicyRemark[] {
  const named = one.actions.filter((action) => findAction(facts, action) !== undefined)
  if (one.notActions || named.length === 0 || named.length < one.actions.length) return []
  return one.conditions.flatMap(({key}): readonly PolicyRemark[] => {
    const strays = named.filter((action) => !isDocumentedKey(facts, action, key))
    if (strays.length === 0) return []
    const message = `is not documented for ${strays.join(', ')}`
    return [{statement, code: 'KEY_NOT_OF_ACTION', subject: key, message, suggestions: []}]
  })
}

function inertActions({actions, effect}: PolicyStatement, statement: number, facts: IamFacts): readonly PolicyRemark[] {
  if (effect === 'Allow') return []
  return actions.flatMap((action): readonly PolicyRemark[] => {
    const [prefix = ''] = action.toLowerCase().split(':')
    if (!facts.rcp.inert.includes(prefix)) return []
    const message = `resource control policies do not apply to ${prefix} (${facts.rcp.source}, ${facts.rcp.asOf})`
    return [{statement, code: 'INERT_RCP', subject: action, message, suggestions: []}]
  })
}
