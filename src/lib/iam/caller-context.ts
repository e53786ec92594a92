import type {Principal} from './principal.js'
import {type ContextValues, createContext, type RequestContext} from './request-context.js'

/** What is known of a caller beyond its policies. */
export interface CallerFacts {
  /** All tags of the principal and its session; null when they were not read. */
  readonly tags: Readonly<Record<string, string>> | null
  /** Id of the organisation; null when the account is in none, undefined when not known. */
  readonly organization?: string | null
  /** The way to the endpoint; undefined when not known. */
  readonly network?: CallerNetwork
  /** More context keys; they win over what is derived. */
  readonly values?: ContextValues
}

export type CallerNetwork =
  | {readonly kind: 'endpoint'; readonly vpcEndpointId: string; readonly vpcId: string}
  | {readonly kind: 'internet'; readonly sourceIp?: string}

/** The context keys that follow from who calls and how; for a call the principal makes itself, over TLS. */
export function callerContext(principal: Principal, facts: CallerFacts): RequestContext {
  const values: ContextValues = {
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
    'aws:CalledVia': null,
    'aws:CalledViaFirst': null,
    'aws:CalledViaLast': null,
    ...principalValues(principal),
    ...(facts.organization !== undefined && {'aws:PrincipalOrgID': facts.organization}),
    ...networkValues(facts.network),
    ...Object.fromEntries(Object.entries(facts.tags ?? {}).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
    ...facts.values,
  }
  return createContext(values, {complete: facts.tags === null ? [] : ['aws:PrincipalTag/']})
}

/** What a service does with a role of its own to call another service passes through no endpoint of the caller. */
export const AWS_NETWORK: ContextValues = {'aws:SourceVpce': null, 'aws:SourceVpc': null, 'aws:VpcSourceIp': null}

function principalValues(principal: Principal): ContextValues {
  if (principal.kind === 'service') {
    return {
      'aws:PrincipalIsAWSService': 'true',
      'aws:PrincipalServiceName': principal.name,
      'aws:PrincipalArn': null,
      'aws:PrincipalAccount': null,
      'aws:username': null,
    }
  }
  return {
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalServiceName': null,
    'aws:PrincipalArn': principal.arn,
    'aws:PrincipalAccount': principal.account,
    'aws:PrincipalType': PRINCIPAL_TYPES[principal.kind],
    'aws:username': principal.kind === 'user' ? (principal.arn.split('/').at(-1) ?? null) : null,
  }
}

const PRINCIPAL_TYPES = {user: 'User', role: 'AssumedRole', root: 'Account'} as const

function networkValues(network: CallerNetwork | undefined): ContextValues {
  if (network === undefined) return {}
  if (network.kind === 'endpoint') {
    return {'aws:SourceVpce': network.vpcEndpointId, 'aws:SourceVpc': network.vpcId, 'aws:SourceIp': null}
  }
  return {...AWS_NETWORK, ...(network.sourceIp !== undefined && {'aws:SourceIp': network.sourceIp})}
}
