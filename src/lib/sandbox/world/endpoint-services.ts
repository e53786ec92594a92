import type {Catalog} from '../../catalog/catalog.js'
import {hexId} from './unique-id.js'

/** A service that VPC endpoints can reach in a Region. */
export interface EndpointService {
  readonly id: string
  readonly name: string
  readonly type: 'Interface' | 'Gateway'
  readonly baseDnsName: string
  /** What resolves to the endpoint with private DNS; a Gateway has none. */
  readonly privateDnsName: string | undefined
}

// docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html and the AgentCore guide, October 2026.
const AGENTCORE =
  'us-east-1 us-east-2 us-west-1 us-west-2 eu-central-1 eu-west-1 eu-west-2 eu-south-1 eu-west-3 eu-south-2 eu-north-1 ' +
  'ap-southeast-5 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-7 ap-northeast-1 ap-northeast-2 ' +
  'ca-central-1 sa-east-1 us-gov-west-1'
const DATA_AUTOMATION =
  'us-east-1 us-east-2 us-west-2 ap-south-1 ap-southeast-2 ap-northeast-1 ca-central-1 eu-central-1 eu-west-1 ' +
  'eu-west-2 eu-south-2 us-gov-west-1'
const DATA_AUTOMATION_FIPS = 'us-east-1 us-east-2 us-west-2 ca-central-1 us-gov-west-1'

const REGIONS: Readonly<Record<string, string>> = {
  'bedrock-agentcore': AGENTCORE,
  'bedrock-agentcore-control': AGENTCORE,
  'bedrock-agentcore.gateway': AGENTCORE,
  'bedrock-data-automation': DATA_AUTOMATION,
  'bedrock-data-automation-runtime': DATA_AUTOMATION,
  'bedrock-data-automation-fips': DATA_AUTOMATION_FIPS,
  'bedrock-data-automation-runtime-fips': DATA_AUTOMATION_FIPS,
}

/** Services whose name stands for where the catalog's endpoint of another name exists too. */
const CATALOGUED: Readonly<Record<string, string>> = {
  bedrock: 'bedrock',
  'bedrock-agent': 'bedrock-agent',
  'bedrock-agent-runtime': 'bedrock-agent',
  'bedrock-fips': 'bedrock-fips',
  'bedrock-mantle': 'bedrock-mantle',
  'bedrock-runtime': 'bedrock-runtime',
  'bedrock-runtime-fips': 'bedrock-runtime-fips',
}

const EVERYWHERE = ['ecr.api', 'ecr.dkr', 'kms', 'logs', 'monitoring', 's3', 'secretsmanager', 'sts']

/** Interface services of a Region and its two gateways, by name. */
export function endpointServices(catalog: Catalog, region: string): readonly EndpointService[] {
  const endpoints = catalog.region(region)?.endpoints ?? []
  const suffixes = [
    ...Object.entries(CATALOGUED).flatMap(([suffix, endpoint]) => (endpoints.includes(endpoint) ? [suffix] : [])),
    ...Object.entries(REGIONS).flatMap(([suffix, regions]) => (regions.split(' ').includes(region) ? [suffix] : [])),
    ...EVERYWHERE,
  ]
  return [
    ...suffixes.map((suffix) => service(suffix, region, 'Interface')),
    ...['s3', 'dynamodb'].map((suffix) => service(suffix, region, 'Gateway')),
  ].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function service(suffix: string, region: string, type: EndpointService['type']): EndpointService {
  const name = `com.amazonaws.${region}.${suffix}`
  return {
    id: `vpce-svc-${hexId(`${name}/${type}`)}`,
    name,
    type,
    baseDnsName: type === 'Gateway' ? `${suffix}.${region}.amazonaws.com` : `${suffix}.${region}.vpce.amazonaws.com`,
    privateDnsName: type === 'Gateway' ? undefined : privateDnsName(suffix, region),
  }
}

function privateDnsName(suffix: string, region: string): string {
  if (suffix === 'bedrock-mantle') return `bedrock-mantle.${region}.api.aws`
  if (suffix === 'bedrock-agentcore.gateway') return `*.gateway.bedrock-agentcore.${region}.amazonaws.com`
  if (suffix === 'ecr.api') return `api.ecr.${region}.amazonaws.com`
  return suffix === 'ecr.dkr' ? `*.dkr.ecr.${region}.amazonaws.com` : `${suffix}.${region}.amazonaws.com`
}
