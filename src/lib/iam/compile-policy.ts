import {type CompiledCondition, compileCondition} from './condition.js'
import {compileGlob, type Glob, matchesGlob} from './glob.js'
import {type ParsePolicyOptions, parsePolicy} from './parse-policy.js'
import type {PolicyDocument, PolicyKind, PolicyProblem, PolicyStatement, PrincipalList} from './policy-document.js'
import {compileResource, type ResourcePattern} from './resource-pattern.js'

/** A policy made ready for many requests. */
export interface CompiledPolicy {
  /** What to call it: a name or ARN. */
  readonly name: string
  readonly kind: PolicyKind
  readonly problems: readonly PolicyProblem[]
  /** AWS would refuse the document, so that what it does is not known. */
  readonly refused: boolean
  readonly statements: readonly CompiledStatement[]
  /** The statements about an action, given in lower case; found once and kept. */
  statementsFor(action: string): readonly CompiledStatement[]
}

export interface CompiledStatement {
  /** The Sid, or `#` and the place from 1 where there is none. */
  readonly label: string
  readonly effect: 'Allow' | 'Deny'
  readonly principals: PrincipalList | undefined
  readonly notActions: boolean
  readonly actions: readonly Glob[]
  readonly notResources: boolean
  /** Undefined: about every resource. */
  readonly resources: readonly ResourcePattern[] | undefined
  readonly conditions: readonly CompiledCondition[]
}

export interface CompilePolicyOptions extends ParsePolicyOptions {
  readonly name: string
}

/** Parses and compiles a policy, given as JSON text or object. Never throws: a document AWS would refuse says so. */
export function compilePolicy(source: unknown, options: CompilePolicyOptions): CompiledPolicy {
  const {document, problems} = parsePolicy(source, options)
  const statements = document === undefined ? [] : compileStatements(document)
  const services = servicesOf(statements)
  const byAction = new Map<string, readonly CompiledStatement[]>()
  return {
    name: options.name,
    kind: options.kind,
    problems,
    refused: document === undefined,
    statements,
    statementsFor(action) {
      if (services?.has(serviceOf(action)) === false) return NONE
      const known = byAction.get(action)
      if (known !== undefined) return known
      const found = statements.filter((statement) => isAboutAction(statement, action))
      byAction.set(action, found.length === 0 ? NONE : found)
      return found
    },
  }
}

const NONE: readonly CompiledStatement[] = []

/** Prefixes of the services that the statements are about; undefined: possibly every service. */
function servicesOf(statements: readonly CompiledStatement[]): ReadonlySet<string> | undefined {
  const services = new Set<string>()
  for (const {notActions, actions} of statements) {
    if (notActions) return undefined
    for (const glob of actions) {
      const text = glob.kind === 'exact' || glob.kind === 'prefix' ? glob.text : ''
      // A wildcard before the colon may stand for any service.
      if (!text.includes(':')) return undefined
      services.add(serviceOf(text))
    }
  }
  return services
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':'))
}

function compileStatements({version, statements}: PolicyDocument): readonly CompiledStatement[] {
  const variables = version === '2012-10-17'
  return statements.map((statement, index) => compileStatement(statement, index, variables))
}

function compileStatement(statement: PolicyStatement, index: number, variables: boolean): CompiledStatement {
  const {sid, effect, principals, notActions, actions, notResources, resources, conditions} = statement
  return {
    label: sid ?? `#${index + 1}`,
    effect,
    principals,
    notActions,
    actions: actions.map((action) => compileGlob(action.toLowerCase())),
    notResources,
    resources: resources?.map((resource) => compileResource(resource, variables)),
    conditions: conditions.map(({operator, key, values}) => compileCondition(operator, key, values, variables)),
  }
}

function isAboutAction({actions, notActions}: CompiledStatement, action: string): boolean {
  return actions.some((glob) => matchesGlob(glob, action)) !== notActions
}
