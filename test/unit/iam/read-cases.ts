import {readFileSync} from 'node:fs'
import {compilePolicy} from '../../../src/lib/iam/compile-policy.js'
import type {Actor, CallSubject} from '../../../src/lib/iam/legs/judge-call.js'
import type {CallPlace} from '../../../src/lib/iam/legs/leg.js'
import type {Workload} from '../../../src/lib/iam/legs/workload-legs.js'
import type {PolicyKind} from '../../../src/lib/iam/policy-document.js'
import {layersOf, type PolicyLayers, type PolicySet} from '../../../src/lib/iam/policy-layers.js'
import type {Principal} from '../../../src/lib/iam/principal.js'
import {readIamFacts} from '../../../src/lib/iam/read-iam-facts.js'
import {type ContextValues, createContext} from '../../../src/lib/iam/request-context.js'

export const FACTS = readIamFacts()
export const ACCOUNT = '111122223333'
export const PLACE: CallPlace = {partition: 'aws', account: ACCOUNT, region: 'eu-central-1'}
export const ROLE: Principal = {kind: 'role', arn: `arn:aws:iam::${ACCOUNT}:role/app`, account: ACCOUNT}

export interface Expected {
  readonly outcome: 'ALLOW' | 'DENY' | 'UNKNOWN'
  readonly denial?: 'explicit' | 'implicit'
  readonly layer?: string
  readonly level?: string
  readonly statement?: string
  readonly gap?: string
  readonly gapSubject?: string
  readonly nearMiss?: string
  readonly inert?: string
}

export interface WrittenRequest {
  readonly action: string
  readonly resource: string
  readonly principal?: Principal
  readonly context?: ContextValues
  readonly resourceAccount?: string
}

type Statement = Readonly<Record<string, unknown>>

export interface StatementCase {
  readonly name: string
  readonly version: string | null
  readonly statement: Statement | readonly Statement[]
  readonly request: WrittenRequest
  readonly expected: Expected
}

interface WrittenLevel {
  readonly name: string
  readonly policies: readonly unknown[]
  readonly unread?: readonly string[]
}

export interface WrittenLayers {
  readonly identity?: readonly unknown[]
  readonly boundary?: readonly unknown[]
  readonly session?: readonly unknown[]
  readonly endpoint?: readonly unknown[]
  readonly resource?: readonly unknown[]
  readonly trust?: readonly unknown[]
  readonly scp?: readonly WrittenLevel[]
  readonly rcp?: readonly WrittenLevel[]
  readonly managementAccount?: string
  /** Layer to the reason why it was not read whole. */
  readonly unread?: Readonly<Record<string, string>>
}

export interface LayerCase {
  readonly name: string
  readonly layers: WrittenLayers
  readonly request: WrittenRequest
  readonly expected: Expected
}

export interface CallCase {
  readonly name: string
  readonly workload: Workload
  readonly layers: WrittenLayers
  readonly context?: ContextValues
  readonly serviceRole?: readonly unknown[]
  readonly trust?: readonly unknown[]
  readonly resourcePolicies?: Readonly<Record<string, {policies?: readonly unknown[]; unread?: readonly string[]}>>
  readonly expected: Expected & {readonly leg?: string; readonly doubt?: string}
}

export function readCases<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(`test/cases/iam/${name}.json`, 'utf8'))
}

/** A statement of a case: what it leaves out is an allow of InvokeModel on everything; null removes an element. */
export function policyOf({version, statement}: Pick<StatementCase, 'version' | 'statement'>): object {
  const statements = (Array.isArray(statement) ? statement : [statement]).map((one: Statement) =>
    Object.fromEntries(Object.entries({...DEFAULTS, ...one}).filter(([, value]) => value !== null)),
  )
  return {...(version !== null && {Version: version}), Statement: statements}
}

const DEFAULTS = {Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: '*'}

export function setOf(kind: PolicyKind, policies: readonly unknown[] = [], unread: readonly string[] = []): PolicySet {
  return {
    policies: policies.map((policy, index) => compilePolicy(policy, {kind, name: `${kind}-${index + 1}`})),
    unread,
  }
}

export function layersFrom(written: WrittenLayers): PolicyLayers {
  const unread = (layer: string) => (written.unread?.[layer] === undefined ? [] : [written.unread[layer]])
  const one = (kind: 'boundary' | 'session' | 'endpoint' | 'resource') =>
    written[kind] || written.unread?.[kind] ? setOf(kind, written[kind], unread(kind)) : null
  const levels = (kind: 'scp' | 'rcp') =>
    written[kind]?.map((level) => ({name: level.name, ...setOf(kind, level.policies, level.unread)})) ?? null
  return layersOf({
    identity: setOf('identity', written.identity, unread('identity')),
    boundary: one('boundary'),
    session: one('session'),
    endpoint: one('endpoint'),
    resource: written.trust ? setOf('trust', written.trust) : one('resource'),
    scp: levels('scp'),
    rcp: levels('rcp'),
    managementAccount: written.managementAccount ?? 'none',
  })
}

export function subjectOf(written: CallCase): CallSubject {
  const roleArn = written.workload.kind === 'batch' ? written.workload.roleArn : ''
  const context = createContext({'aws:PrincipalOrgID': 'o-1', ...written.context})
  const trust = written.trust && setOf('trust', written.trust)
  const serviceRole: Actor = {
    principal: {kind: 'role', arn: roleArn, account: ACCOUNT},
    layers: layersFrom({...written.layers, identity: written.serviceRole ?? []}),
    context,
  }
  const service: Actor = {
    principal: {kind: 'service', name: 'bedrock.amazonaws.com'},
    layers: layersOf({}),
    context: createContext({}),
  }
  return {
    caller: {principal: ROLE, layers: layersFrom(written.layers), context},
    ...(written.serviceRole && {serviceRole}),
    ...(trust && {service}),
    resourcePolicies: (resource) => {
      if (resource === roleArn && trust) return trust
      const found = written.resourcePolicies?.[resource]
      return found === undefined ? null : setOf('resource', found.policies, found.unread)
    },
  }
}
