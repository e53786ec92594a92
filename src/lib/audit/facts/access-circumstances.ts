import {read, regionsOf} from '../../account/read.js'
import type {AccountSnapshot} from '../../account/snapshot.schema.js'
import type {CompiledStatement} from '../../iam/compile-policy.js'
import type {ContextValues} from '../../iam/request-context.js'

const NETWORK_KEYS = ['aws:sourcevpce', 'aws:sourcevpc', 'aws:sourceip', 'aws:vpcsourceip']
/** Keys whose value a caller picks with the request. */
const CHOSEN_KEYS = ['bedrock:GuardrailIdentifier', 'bedrock:ServiceTier', 'bedrock-mantle:ServiceTier']
/** A value that no condition names: enough where only its being there is asked for. */
const UNNAMED_VALUE = 'unnamed'
const MOST = 32

const INTERNET: ContextValues = {'aws:SourceVpce': null, 'aws:SourceVpc': null, 'aws:VpcSourceIp': null}

/** VPC endpoint → its VPC, and back. */
export interface Networks {
  readonly vpcOf: ReadonlyMap<string, string>
  readonly endpointsOf: ReadonlyMap<string, readonly string[]>
}

export function networksOf(snapshot: AccountSnapshot): Networks {
  const vpcOf = new Map<string, string>()
  const endpointsOf = new Map<string, string[]>()
  for (const region of regionsOf(snapshot, 'ec2:vpc-endpoints')) {
    const endpoints = read(snapshot, 'ec2:vpc-endpoints', region)
    for (const {id, vpcId} of endpoints.state === 'read' ? endpoints.value : []) {
      vpcOf.set(id, vpcId)
      endpointsOf.set(vpcId, [...(endpointsOf.get(vpcId) ?? []), id])
    }
  }
  return {vpcOf, endpointsOf}
}

/**
 * The ways of calling that the statements tell apart and a caller can choose: the network, the guardrail and the service
 * tier it names. What `settled` already says is not varied. At most 32, and empty when there is nothing to choose.
 */
export function circumstancesOf(
  statements: readonly CompiledStatement[],
  settled: ContextValues,
  networks: Networks,
): readonly ContextValues[] {
  const named = valuesByKey(statements)
  const taken = new Set(Object.keys(settled).map((key) => key.toLowerCase()))
  let found: readonly ContextValues[] = [{}]
  if (NETWORK_KEYS.some((key) => named.has(key) && !taken.has(key))) {
    found = cross(found, networkChoices(named, networks))
  }
  for (const key of CHOSEN_KEYS) {
    const values = taken.has(key.toLowerCase()) ? undefined : named.get(key.toLowerCase())
    if (values)
      found = cross(
        found,
        [...values, UNNAMED_VALUE, null].map((value) => ({[key]: value})),
      )
  }
  return found.length === 1 ? [] : found.slice(0, MOST)
}

function cross(some: readonly ContextValues[], more: readonly ContextValues[]): readonly ContextValues[] {
  return some.flatMap((one) => more.map((other) => ({...one, ...other})))
}

/** Key in lower case → the values that conditions name, wildcards filled in. */
function valuesByKey(statements: readonly CompiledStatement[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const {conditions} of statements) {
    for (const {lookUpKey, values, operator} of conditions) {
      const sources = operator.comparison === 'null' ? [] : values.map(({source}) => source.replace(/[*?]/g, '1'))
      found.set(lookUpKey, [...new Set([...(found.get(lookUpKey) ?? []), ...sources])])
    }
  }
  return found
}

function networkChoices(
  named: ReadonlyMap<string, readonly string[]>,
  {vpcOf, endpointsOf}: Networks,
): readonly ContextValues[] {
  const vpcs = named.get('aws:sourcevpc') ?? []
  const endpoints = [...(named.get('aws:sourcevpce') ?? []), ...vpcs.flatMap((vpc) => endpointsOf.get(vpc) ?? [])]
  const inside = [
    ...[...new Set(endpoints)].map((id): ContextValues => {
      const vpc = vpcOf.get(id)
      return {'aws:SourceVpce': id, ...(vpc !== undefined && {'aws:SourceVpc': vpc})}
    }),
    ...vpcs.filter((vpc) => !endpointsOf.has(vpc)).map((vpc): ContextValues => ({'aws:SourceVpc': vpc})),
  ]
  const addresses = (named.get('aws:vpcsourceip') ?? []).map(firstAddress)
  const within =
    addresses.length === 0 ? inside : cross(inside, [{}, ...addresses.map((ip) => ({'aws:VpcSourceIp': ip}))])
  const outside = (named.get('aws:sourceip') ?? []).map((range) => ({...INTERNET, 'aws:SourceIp': firstAddress(range)}))
  return [...within.map((one) => ({...one, 'aws:SourceIp': null})), ...outside, INTERNET]
}

function firstAddress(range: string): string {
  return range.split('/')[0] ?? range
}
