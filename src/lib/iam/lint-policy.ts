import {closest} from '../core/closest.js'
import {findAction, findService, isDocumentedKey} from './action-facts.js'
import {compileGlob, matchesGlob} from './glob.js'
import type {IamFacts} from './iam-facts.schema.js'
import type {PolicyDocument, PolicyKind, PolicyStatement} from './policy-document.js'

/** Something AWS takes but that does not do what it seems to. */
export interface PolicyRemark {
  /** Place from 0 of the statement. */
  readonly statement: number
  readonly code: 'UNKNOWN_ACTION' | 'UNKNOWN_KEY' | 'KEY_NOT_OF_ACTION' | 'INERT_RCP'
  /** The action or key as written. */
  readonly subject: string
  readonly message: string
  /** What the author probably meant; empty when nothing is near. */
  readonly suggestions: readonly string[]
}

/**
 * Actions and condition keys that do not exist, keys that a named action does not have, and resource control policies
 * about services they do not reach. Judges only services the facts hold.
 */
export function lintPolicy({statements}: PolicyDocument, kind: PolicyKind, facts: IamFacts): readonly PolicyRemark[] {
  return statements.flatMap((statement, index) => [
    ...unknownActions(statement, index, facts),
    ...unknownKeys(statement, index, facts),
    ...strayKeys(statement, index, facts),
    ...(kind === 'rcp' ? inertActions(statement, index, facts) : []),
  ])
}

function unknownActions({actions}: PolicyStatement, statement: number, facts: IamFacts): readonly PolicyRemark[] {
  return actions.flatMap((action): readonly PolicyRemark[] => {
    if (findAction(facts, action) !== undefined) return []
    const [prefix = '', name = ''] = action.toLowerCase().split(':')
    const service = findService(facts, prefix)
    if (service === undefined) return strayPrefix(action, statement, facts)
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

/** Endpoints and SDK clients, such as bedrock-runtime, carry names that are no prefix of actions. */
function strayPrefix(action: string, statement: number, facts: IamFacts): readonly PolicyRemark[] {
  const [prefix = '', name = ''] = action.split(':')
  if (!isLikeBedrock(prefix)) return []
  const glob = compileGlob(name.toLowerCase())
  const authorisedAs = facts.operationsWithoutAction[name]
  const meant = facts.services
    .filter((service) => service.actions.some((one) => matchesGlob(glob, one.name.toLowerCase())))
    .map((service) => `${service.prefix}:${name}`)
  const suggestions = authorisedAs === undefined ? meant.slice(0, 1) : [authorisedAs]
  const message = `no action begins with ${prefix}`
  return [{statement, code: 'UNKNOWN_ACTION', subject: action, message, suggestions}]
}

function isLikeBedrock(prefix: string): boolean {
  return /^bedrock(-[a-z]+)*$/i.test(prefix)
}

function unknownKeys({conditions}: PolicyStatement, statement: number, facts: IamFacts): readonly PolicyRemark[] {
  return conditions.flatMap(({key}): readonly PolicyRemark[] => {
    const known = keysOfPrefix(key, facts)
    if (known === undefined || known.some((one) => one.toLowerCase() === key.toLowerCase())) return []
    const message = 'no such condition key exists'
    return [{statement, code: 'UNKNOWN_KEY', subject: key, message, suggestions: closest(key, known)}]
  })
}

/** The keys of the service that a key names; undefined for keys of all services and of services that are not held. */
function keysOfPrefix(key: string, facts: IamFacts): readonly string[] | undefined {
  const [prefix = ''] = key.toLowerCase().split(':')
  const service = findService(facts, prefix)
  if (service === undefined && isLikeBedrock(prefix)) {
    return facts.services.flatMap(({conditionKeys}) => Object.keys(conditionKeys))
  }
  return service && Object.keys(service.conditionKeys)
}

/** Not where an action is of a service that is not held. Of a wildcard, one action that has the key is enough. */
function strayKeys(one: PolicyStatement, statement: number, facts: IamFacts): readonly PolicyRemark[] {
  if (one.notActions) return []
  const reached = one.actions.map((action) => ({action, reaches: actionsReached(action, facts)}))
  if (reached.some(({reaches}) => reaches === undefined)) return []
  return one.conditions.flatMap(({key}): readonly PolicyRemark[] => {
    const strays = reached.filter(
      ({reaches = []}) => reaches.length > 0 && !reaches.some((action) => isDocumentedKey(facts, action, key)),
    )
    const isUnknown = keysOfPrefix(key, facts)?.every((known) => known.toLowerCase() !== key.toLowerCase()) ?? false
    if (strays.length === 0 || isUnknown) return []
    const message = `is not documented for ${strays.map(({action}) => action).join(', ')}`
    return [{statement, code: 'KEY_NOT_OF_ACTION', subject: key, message, suggestions: []}]
  })
}

/** The actions a pattern stands for; undefined when it may be of a service that is not held. */
function actionsReached(pattern: string, facts: IamFacts): readonly string[] | undefined {
  if (findAction(facts, pattern) !== undefined) return [pattern]
  const [prefix = '', name = ''] = pattern.toLowerCase().split(':')
  const service = findService(facts, prefix)
  if (service === undefined) return undefined
  const glob = compileGlob(name)
  return service.actions
    .filter((one) => matchesGlob(glob, one.name.toLowerCase()))
    .map((one) => `${prefix}:${one.name}`)
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
