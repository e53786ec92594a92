import {BedrockClient, ListFoundationModelsCommand} from '@aws-sdk/client-bedrock'
import {BedrockAgentClient, ListAgentsCommand} from '@aws-sdk/client-bedrock-agent'
import {BedrockRuntimeClient, ListAsyncInvokesCommand} from '@aws-sdk/client-bedrock-runtime'
import {DescribeServicesCommand, PricingClient} from '@aws-sdk/client-pricing'
import {ListServicesCommand, ServiceQuotasClient} from '@aws-sdk/client-service-quotas'
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import type {BuildHandlerOptions, BuildMiddleware} from '@smithy/types'
import type {ProbedService} from '../doctor/ports.js'
import {pricingRegion} from './pricing-region.js'
import type {ClientConfig} from './wire.js'

interface Client {
  readonly middlewareStack: {add(middleware: BuildMiddleware<object, object>, options: BuildHandlerOptions): void}
}

interface WireRequest {
  readonly protocol?: string
  readonly hostname?: string
  readonly port?: number
}

/** Where a call would really go. */
export interface EndpointAddress {
  readonly region: string
  readonly url: string
}

const ADDRESSES: Readonly<Record<ProbedService, (config: ClientConfig) => Promise<string>>> = {
  bedrock: (config) => capture(new BedrockClient(config), (client) => client.send(new ListFoundationModelsCommand({}))),
  'bedrock-runtime': (config) =>
    capture(new BedrockRuntimeClient(config), (client) => client.send(new ListAsyncInvokesCommand({}))),
  'bedrock-agent': (config) =>
    capture(new BedrockAgentClient(config), (client) => client.send(new ListAgentsCommand({}))),
  'bedrock-mantle': (config) => Promise.resolve(mantleUrl(config)),
  sts: (config) => capture(new STSClient(config), (client) => client.send(new GetCallerIdentityCommand({}))),
  pricing: (config) => capture(new PricingClient(config), (client) => client.send(new DescribeServicesCommand({}))),
  'service-quotas': (config) =>
    capture(new ServiceQuotasClient(config), (client) => client.send(new ListServicesCommand({}))),
}

/**
 * The address the SDK would use for a service, after endpoint variables, profile, FIPS and dual stack: a call is built
 * to the point where its host is known and stopped there. Nothing is sent, and no credentials are needed.
 */
export async function endpointAddress(
  service: ProbedService,
  region: string,
  base: Omit<ClientConfig, 'region'>,
): Promise<EndpointAddress> {
  const called = service === 'pricing' ? pricingRegion(region) : region
  const nobody = {accessKeyId: 'none', secretAccessKey: 'none'}
  return {region: called, url: await ADDRESSES[service]({...base, credentials: nobody, region: called})}
}

class Captured extends Error {
  readonly url: string

  constructor(url: string) {
    super(url)
    this.url = url
  }
}

async function capture<C extends Client>(client: C, send: (client: C) => Promise<unknown>): Promise<string> {
  client.middlewareStack.add(
    () => (args: {readonly request?: unknown}) => {
      const {protocol = 'https:', hostname = '', port} = args.request as WireRequest
      return Promise.reject(new Captured(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`))
    },
    {step: 'build', name: 'bedrockctlCapture'},
  )
  try {
    await send(client)
  } catch (error) {
    if (error instanceof Captured) return error.url
    throw error
  }
  throw new Error('the call was sent instead of stopped')
}

/** No SDK client knows this host; an endpoint for everything holds for it too. */
function mantleUrl({endpoint, region}: ClientConfig): string {
  return endpoint ?? process.env['AWS_ENDPOINT_URL'] ?? `https://bedrock-mantle.${region}.api.aws`
}
