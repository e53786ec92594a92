import type {NormalizedSchema} from '@smithy/core/schema'
import type {AnyHandler} from './handler.js'
import {AGENTCORE_REGIONS, BUDGET_ACTIONS, RUNTIME_ACTIONS, S3_ACTIONS} from './service-facts.js'
import type {Protocol} from './wire/protocol.js'
import {buildRoutes, type Route} from './wire/routes.js'
import {type ClientModule, errorsOf, type Operation, operationsOf} from './wire/schema.js'

/** A service as the wire sees it. */
export interface ServiceSpec {
  readonly id: string
  /** Service name in the credential scope. */
  readonly signing: string
  /** Prefix of its IAM actions, where it is not the signing name. */
  readonly iamPrefix?: string
  /** IAM actions of operations that are not called as the action is. */
  readonly iamActions?: Readonly<Record<string, string>>
  /** First the one that the JS client speaks. */
  readonly protocols: readonly Protocol[]
  /** Prefix of `X-Amz-Target`, and service name in the path of RPC v2. */
  readonly target?: string
  readonly xmlNamespace?: string
  /** API version: what a Query request names its service by. */
  readonly version?: string
  /** One state for all Regions; any Region in the scope will do, as clients sign with their own at a custom endpoint. */
  readonly global?: true
  /** The only Regions with an endpoint; elsewhere the host does not exist. */
  readonly endpointRegions?: readonly string[]
  /** The endpoint exists where the catalog's Region lists this service's id. */
  readonly followsCatalog?: true
  /** Schemas of the operations and errors. */
  readonly client: () => Promise<ClientModule>
  /** Handlers by operation; absent: every operation answers 501. */
  readonly fake?: () => Promise<{readonly default: object}>
}

export const SERVICES: readonly ServiceSpec[] = [
  {
    id: 'bedrock',
    signing: 'bedrock',
    protocols: ['restJson1'],
    followsCatalog: true,
    client: () => import('@aws-sdk/client-bedrock'),
    fake: () => import('./fakes/bedrock.js'),
  },
  {
    id: 'bedrock-runtime',
    signing: 'bedrock',
    protocols: ['restJson1'],
    followsCatalog: true,
    iamActions: RUNTIME_ACTIONS,
    client: () => import('@aws-sdk/client-bedrock-runtime'),
    fake: () => import('./fakes/bedrock-runtime.js'),
  },
  {
    id: 'bedrock-agent',
    signing: 'bedrock',
    protocols: ['restJson1'],
    followsCatalog: true,
    client: () => import('@aws-sdk/client-bedrock-agent'),
    fake: () => import('./fakes/bedrock-agent.js'),
  },
  {
    id: 'bedrock-agentcore-control',
    signing: 'bedrock-agentcore',
    protocols: ['restJson1'],
    endpointRegions: AGENTCORE_REGIONS,
    client: () => import('@aws-sdk/client-bedrock-agentcore-control'),
    fake: () => import('./fakes/agentcore.js'),
  },
  {
    id: 'account',
    signing: 'account',
    protocols: ['restJson1'],
    global: true,
    client: () => import('@aws-sdk/client-account'),
    fake: () => import('./fakes/account.js'),
  },
  {
    id: 'sts',
    signing: 'sts',
    protocols: ['awsQuery'],
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    version: '2011-06-15',
    client: () => import('@aws-sdk/client-sts'),
    fake: () => import('./fakes/sts.js'),
  },
  {
    id: 'iam',
    signing: 'iam',
    protocols: ['awsQuery'],
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    version: '2010-05-08',
    global: true,
    client: () => import('@aws-sdk/client-iam'),
    fake: () => import('./fakes/iam.js'),
  },
  {
    id: 'ec2',
    signing: 'ec2',
    protocols: ['ec2Query'],
    xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
    version: '2016-11-15',
    client: () => import('./wire/ec2-schemas.js'),
    fake: () => import('./fakes/ec2.js'),
  },
  {
    // Before S3, whose routes take any path: an unsigned request names no service.
    id: 'route53',
    signing: 'route53',
    protocols: ['restXmlWrapped'],
    xmlNamespace: 'https://route53.amazonaws.com/doc/2013-04-01/',
    global: true,
    client: () => import('@aws-sdk/client-route-53'),
    fake: () => import('./fakes/route53.js'),
  },
  {
    id: 's3',
    signing: 's3',
    protocols: ['restXml'],
    xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
    iamActions: S3_ACTIONS,
    client: () => import('@aws-sdk/client-s3'),
    fake: () => import('./fakes/s3.js'),
  },
  {
    id: 'pricing',
    signing: 'pricing',
    protocols: ['awsJson1_1'],
    target: 'AWSPriceListService',
    endpointRegions: ['us-east-1', 'eu-central-1', 'ap-south-1'],
    client: () => import('@aws-sdk/client-pricing'),
    fake: () => import('./fakes/pricing.js'),
  },
  {
    id: 'service-quotas',
    signing: 'servicequotas',
    protocols: ['awsJson1_1'],
    target: 'ServiceQuotasV20190624',
    client: () => import('@aws-sdk/client-service-quotas'),
    fake: () => import('./fakes/service-quotas.js'),
  },
  {
    id: 'cloudwatch',
    signing: 'monitoring',
    iamPrefix: 'cloudwatch',
    protocols: ['awsJson1_0', 'awsQuery', 'rpcv2Cbor'],
    target: 'GraniteServiceVersion20100801',
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    version: '2010-08-01',
    client: () => import('@aws-sdk/client-cloudwatch'),
    fake: () => import('./fakes/cloudwatch.js'),
  },
  {
    id: 'logs',
    signing: 'logs',
    protocols: ['awsJson1_1'],
    target: 'Logs_20140328',
    client: () => import('@aws-sdk/client-cloudwatch-logs'),
    fake: () => import('./fakes/logs.js'),
  },
  {
    id: 'cloudtrail',
    signing: 'cloudtrail',
    protocols: ['awsJson1_1'],
    target: 'CloudTrail_20131101',
    client: () => import('@aws-sdk/client-cloudtrail'),
    fake: () => import('./fakes/cloudtrail.js'),
  },
  {
    id: 'budgets',
    signing: 'budgets',
    protocols: ['awsJson1_1'],
    target: 'AWSBudgetServiceGateway',
    global: true,
    iamActions: BUDGET_ACTIONS,
    client: () => import('@aws-sdk/client-budgets'),
    fake: () => import('./fakes/budgets.js'),
  },
  {
    id: 'ce',
    signing: 'ce',
    protocols: ['awsJson1_1'],
    target: 'AWSInsightsIndexService',
    global: true,
    client: () => import('@aws-sdk/client-cost-explorer'),
    fake: () => import('./fakes/cost-explorer.js'),
  },
  {
    id: 'organizations',
    signing: 'organizations',
    protocols: ['awsJson1_1'],
    target: 'AWSOrganizationsV20161128',
    global: true,
    client: () => import('@aws-sdk/client-organizations'),
    fake: () => import('./fakes/organizations.js'),
  },
  {
    id: 'kms',
    signing: 'kms',
    protocols: ['awsJson1_1'],
    target: 'TrentService',
    client: () => import('@aws-sdk/client-kms'),
    fake: () => import('./fakes/kms.js'),
  },
  {
    id: 'sagemaker',
    signing: 'sagemaker',
    protocols: ['awsJson1_1'],
    target: 'SageMaker',
    client: () => import('@aws-sdk/client-sagemaker'),
    fake: () => import('./fakes/sagemaker.js'),
  },
]

/** A service with its schemas and handlers at hand. */
export interface Service {
  readonly spec: ServiceSpec
  readonly operations: ReadonlyMap<string, Operation>
  readonly errors: ReadonlyMap<string, NormalizedSchema>
  readonly routes: readonly Route[]
  readonly handlers: Readonly<Record<string, AnyHandler | undefined>>
}

/** Loads each service on its first request: an SDK client costs 70 to 500 ms. */
export class ServiceTable {
  readonly specs: readonly ServiceSpec[]
  readonly #loaded = new Map<ServiceSpec, Promise<Service>>()

  constructor(specs: readonly ServiceSpec[] = SERVICES) {
    this.specs = specs
  }

  load(spec: ServiceSpec): Promise<Service> {
    const known = this.#loaded.get(spec)
    if (known) return known
    const service = loadService(spec)
    this.#loaded.set(spec, service)
    return service
  }
}

async function loadService(spec: ServiceSpec): Promise<Service> {
  const [client, fake] = await Promise.all([spec.client(), spec.fake?.()])
  const operations = operationsOf(client)
  return {
    spec,
    operations,
    errors: errorsOf(client),
    routes: buildRoutes(operations.values()),
    handlers: (fake?.default ?? {}) as Readonly<Record<string, AnyHandler>>,
  }
}
