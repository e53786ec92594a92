import {read, regionsOf} from '../../account/read.js'
import type {AccountSnapshot, ReadItem} from '../../account/snapshot.schema.js'
import {SUB_SERVICES, type SubService} from '../../core/sub-services.js'
import type {Place} from '../judge-resource.js'

type Endpoint = ReadItem<'ec2:vpc-endpoints'>

/** An interface endpoint of Bedrock. */
export interface BedrockEndpoint {
  readonly detail: Endpoint
  /** Of its VPC. */
  readonly region: string
  /** Of the service it leads to; another one than `region` for an endpoint across Regions. */
  readonly serviceRegion: string
  /** Last part of the service name, such as `bedrock-runtime-fips`. */
  readonly suffix: string
  /** What it serves; a FIPS endpoint serves what the endpoint without does. Undefined for Data Automation. */
  readonly service: SubService | undefined
  /** Without regard to case and hyphens: `pendingacceptance`. */
  readonly state: string
  /** The name that callers ask for by default. */
  readonly host: string
}

const SERVICE_NAME = /(?:^|\.)([a-z]{2,4}(?:-[a-z]+)+-\d+)\.(bedrock[a-z.-]*)$/
/** Nothing is there that could be judged. */
const GONE = ['deleting', 'deleted']

/** Undefined for an endpoint of another service, or of another type, which carries no call to Bedrock. */
export function toBedrockEndpoint(detail: Endpoint, region: string): BedrockEndpoint | undefined {
  if (detail.type !== '' && detail.type.toLowerCase() !== 'interface') return undefined
  const [, named, suffix] = SERVICE_NAME.exec(detail.service) ?? []
  if (named === undefined || suffix === undefined) return undefined
  const serviceRegion = detail.serviceRegion ?? named
  const plain = suffix.replace(/-fips$/, '')
  return {
    detail,
    region,
    serviceRegion,
    suffix,
    service: SUB_SERVICES.find((one) => one === plain),
    state: detail.state.toLowerCase().replaceAll(/[^a-z]/g, ''),
    host: hostOf(suffix, serviceRegion),
  }
}

/** The endpoints of Bedrock among those of a Region, without those that are deleted. */
export function bedrockEndpointsOf(endpoints: readonly Endpoint[], region: string): readonly BedrockEndpoint[] {
  return endpoints.flatMap((one) => {
    const found = toBedrockEndpoint(one, region)
    return found === undefined || GONE.includes(found.state) ? [] : [found]
  })
}

const known = new WeakMap<AccountSnapshot, readonly BedrockEndpoint[]>()

/** All that the snapshot holds, in every Region that was read. */
export function allBedrockEndpoints(snapshot: AccountSnapshot): readonly BedrockEndpoint[] {
  const found =
    known.get(snapshot) ??
    regionsOf(snapshot, 'ec2:vpc-endpoints').flatMap((region) => {
      const endpoints = read(snapshot, 'ec2:vpc-endpoints', region)
      return endpoints.state === 'read' ? bedrockEndpointsOf(endpoints.value, region) : []
    })
  known.set(snapshot, found)
  return found
}

/** Whether calls pass through it. */
export function isAvailable({state}: BedrockEndpoint): boolean {
  return state === 'available'
}

export function endpointPlace({detail, region, suffix}: BedrockEndpoint, aspect?: string): Place {
  const name = detail.tags.find(({key}) => key === 'Name')?.value ?? suffix
  return {region, resource: {type: 'vpc-endpoint', id: detail.id, name}, ...(aspect !== undefined && {aspect})}
}

/**
 * The name under which callers ask for a service (Bedrock User Guide, vpc-interface-endpoints). A gateway of AgentCore has
 * a name of its own in front, for which `*` stands.
 */
export function hostOf(suffix: string, region: string): string {
  if (suffix === 'bedrock-mantle') return `bedrock-mantle.${region}.api.aws`
  const domain = `${region}.${dnsSuffixOf(region)}`
  if (suffix === 'bedrock-agentcore.gateway') return `*.gateway.bedrock-agentcore.${domain}`
  return `${suffix}.${domain}`
}

function dnsSuffixOf(region: string): string {
  if (region.startsWith('cn-')) return 'amazonaws.com.cn'
  return region.startsWith('eusc-') ? 'amazonaws.eu' : 'amazonaws.com'
}
