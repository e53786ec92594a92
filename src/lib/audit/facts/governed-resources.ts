import {type Reading, read, readPart} from '../../account/read.js'
import type {ReadId} from '../../account/snapshot.schema.js'
import type {AuditContext} from '../audit-context.js'
import type {Place} from '../judge-resource.js'

/** Reads whose items carry a resource policy. */
export const GOVERNED_READS = [
  'bedrock:guardrails',
  'bedrock-agent:knowledge-bases',
  'bedrock-agentcore:runtimes',
  'bedrock-agentcore:gateways',
] as const

/** Something that has, or may have, a policy of its own. */
export interface Governed {
  readonly read: ReadId
  readonly place: Place
  readonly service: 'bedrock' | 'bedrock-agentcore'
  readonly policy: Reading<string | null>
  /** Callers are told apart by a token; AWS then asks for Principal * in the policy. */
  readonly byToken: boolean
}

/** Everything of a Region that may carry a resource policy, as far as it was listed. */
export function governedIn({snapshot, policies}: AuditContext, region: string): readonly Governed[] {
  const {partition, account} = policies
  const arnOf = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`
  const [guardrails, bases, runtimes, gateways] = [
    listOf(read(snapshot, 'bedrock:guardrails', region)),
    listOf(read(snapshot, 'bedrock-agent:knowledge-bases', region)),
    listOf(read(snapshot, 'bedrock-agentcore:runtimes', region)),
    listOf(read(snapshot, 'bedrock-agentcore:gateways', region)),
  ]
  return [
    ...guardrails.map(({arn, name, resourcePolicy}): Governed => {
      const place = {region, resource: {type: 'guardrail', id: arn, name}}
      return {read: 'bedrock:guardrails', place, service: 'bedrock', policy: readPart(resourcePolicy), byToken: false}
    }),
    ...bases.map(({id, name, resourcePolicy}): Governed => {
      const place = {region, resource: {type: 'knowledge-base', id: arnOf('bedrock', `knowledge-base/${id}`), name}}
      return {
        read: 'bedrock-agent:knowledge-bases',
        place,
        service: 'bedrock',
        policy: readPart(resourcePolicy),
        byToken: false,
      }
    }),
    ...runtimes.map(({arn, name, detail, resourcePolicy}): Governed => {
      const place = {region, resource: {type: 'agentcore-runtime', id: arn, name}}
      const byToken = detail.status === 'read' && detail.value.jwt !== null
      return {
        read: 'bedrock-agentcore:runtimes',
        place,
        service: 'bedrock-agentcore',
        policy: readPart(resourcePolicy),
        byToken,
      }
    }),
    ...gateways.map(({id, arn, name, authorizerType, resourcePolicy}): Governed => {
      const ownArn = arn ?? arnOf('bedrock-agentcore', `gateway/${id}`)
      const place = {region, resource: {type: 'agentcore-gateway', id: ownArn, name}}
      return {
        read: 'bedrock-agentcore:gateways',
        place,
        service: 'bedrock-agentcore',
        policy: readPart(resourcePolicy),
        byToken: authorizerType === 'CUSTOM_JWT',
      }
    }),
  ]
}

function listOf<Item>(reading: Reading<readonly Item[]>): readonly Item[] {
  return reading.state === 'read' ? reading.value : []
}
