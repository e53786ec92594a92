import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import type {CompiledPolicy, CompiledStatement} from '../../iam/compile-policy.js'
import {type Glob, matchesGlob} from '../../iam/glob.js'
import type {IamFacts} from '../../iam/iam-facts.schema.js'
import type {AuditContext} from '../audit-context.js'

/** A service with its actions in lower case, prefix and all. */
interface Service {
  readonly prefix: string
  readonly actions: readonly string[]
  readonly known: ReadonlySet<string>
}

/** What one document says of services as a whole. */
interface Said {
  readonly allows: readonly string[]
  /** Denied altogether: every action on everything, without condition. */
  readonly denies: readonly string[]
}

/**
 * Which of the services of Bedrock the policies of a principal allow anything in: by own and group policies, what its
 * boundary leaves of them, and without what they deny altogether. Every document is looked at once.
 */
export function grantedServices({iam}: AuditContext): (principal: AccountPrincipal) => readonly string[] {
  const services = servicesOf(iam)
  const known = new WeakMap<readonly CompiledStatement[], Said>()
  const say = ({statements}: CompiledPolicy): Said => {
    const found = known.get(statements) ?? saidIn(statements, services)
    known.set(statements, found)
    return found
  }
  return ({layers}) => {
    const own = layers.identity.policies.map(say)
    const boundary = layers.boundary?.policies.map(say)
    const denied = [...own, ...(boundary ?? [])].flatMap(({denies}) => denies)
    const isWithin = (service: string) =>
      boundary === undefined || boundary.some(({allows}) => allows.includes(service))
    const allowed = new Set(own.flatMap(({allows}) => allows))
    return [...allowed].filter((service) => isWithin(service) && !denied.includes(service)).sort()
  }
}

function servicesOf({services}: IamFacts): readonly Service[] {
  return services.map(({prefix, actions}) => {
    const all = actions.map(({name}) => `${prefix}:${name}`.toLowerCase())
    return {prefix, actions: all, known: new Set(all)}
  })
}

function saidIn(statements: readonly CompiledStatement[], services: readonly Service[]): Said {
  const allowing = statements.filter(({effect}) => effect === 'Allow')
  const denying = statements.filter((one) => one.effect === 'Deny' && isUnconditional(one))
  return {
    allows: services
      .filter((service) => allowing.some((statement) => isAboutAny(statement, service)))
      .map(({prefix}) => prefix),
    denies: services
      .filter((service) => denying.some((statement) => isAboutAll(statement, service)))
      .map(({prefix}) => prefix),
  }
}

function isUnconditional({conditions, notResources, resources}: CompiledStatement): boolean {
  return conditions.length === 0 && !notResources && (resources ?? []).some(({all}) => all)
}

function isAboutAny({actions, notActions}: CompiledStatement, service: Service): boolean {
  if (notActions) return service.actions.some((action) => !actions.some((glob) => matchesGlob(glob, action)))
  return actions.some((glob) => {
    if (glob.kind === 'exact') return service.known.has(glob.text)
    return !isElsewhere(glob, service.prefix) && service.actions.some((action) => matchesGlob(glob, action))
  })
}

function isAboutAll({actions, notActions}: CompiledStatement, {prefix, actions: all}: Service): boolean {
  if (!notActions && actions.every((glob) => isElsewhere(glob, prefix))) return false
  return all.every((action) => actions.some((glob) => matchesGlob(glob, action)) !== notActions)
}

/** Spelt out to a service that is not this one. */
function isElsewhere(glob: Glob, prefix: string): boolean {
  if (glob.kind !== 'exact' && glob.kind !== 'prefix') return false
  const start = `${prefix}:`
  return !glob.text.startsWith(start) && !(glob.kind === 'prefix' && start.startsWith(glob.text))
}
