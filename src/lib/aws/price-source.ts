import {paginateDescribeServices, paginateGetProducts, PricingClient} from '@aws-sdk/client-pricing'
import {BedrockctlError} from '../core/errors.js'
import type {PriceSource} from '../refresh/ports.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

// The Price List answers in few Regions, whatever Region is priced.
const ENDPOINTS: Readonly<Record<string, readonly string[]>> = {
  aws: ['us-east-1', 'eu-central-1', 'ap-south-1'],
  'aws-cn': ['cn-northwest-1'],
  'aws-eusc': ['eusc-de-east-1'],
}

// Sources disagree on which service code sells which model, so all that exist are read.
const OFFERS: ReadonlySet<string> = new Set([
  'AmazonBedrock',
  'AmazonBedrockFoundationModels',
  'AmazonBedrockService',
  'AmazonBedrockAgentCore',
  'AmazonKnowledgeBase',
])

// What another endpoint may answer better: outages, busy ones, and policies that close single Regions.
const ASK_ELSEWHERE_AFTER = new Set(['UNREACHABLE', 'SERVICE_ERROR', 'THROTTLED', 'ACCESS_DENIED', 'UNREADABLE_ANSWER'])

const PAGE_SIZE = 100

/** Undefined where the partition has no Price List of its own. */
export function createPriceSource(wire: Wire, partition: string): PriceSource | undefined {
  const endpoints = Object.hasOwn(ENDPOINTS, partition) ? ENDPOINTS[partition] : undefined
  if (endpoints === undefined) return undefined
  let preferred = 0

  /** Asks the endpoint that answered last, then the others; the first failure is the one told. */
  async function ask<T>(
    action: string,
    signal: AbortSignal | undefined,
    run: (client: PricingClient, abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const order = endpoints?.map((_, at, all) => (at + preferred) % all.length) ?? []
    let first: BedrockctlError | undefined
    for (const at of order) {
      const region = endpoints?.[at] ?? ''
      const client = wire.client('pricing', region, (config) => new PricingClient(config))
      try {
        const answer = await wire.call('pricing', {action, region}, signal, (abortSignal) => run(client, abortSignal))
        preferred = at
        return answer
      } catch (error) {
        if (!(error instanceof BedrockctlError)) throw error
        first ??= error
        if (!ASK_ELSEWHERE_AFTER.has(error.code)) throw first
      }
    }
    throw first ?? new Error('the partition has no endpoint')
  }

  return {
    async listOffers(signal) {
      const services = await ask('pricing:DescribeServices', signal, (client, abortSignal) =>
        collectPages(
          paginateDescribeServices({client, pageSize: PAGE_SIZE}, {FormatVersion: 'aws_v1'}, {abortSignal}),
          (page) => page.Services,
          (page) => page.NextToken,
        ),
      )
      return services.flatMap(({ServiceCode = ''}) => (OFFERS.has(ServiceCode) ? [ServiceCode] : []))
    },
    async listProducts(offer, region, signal) {
      const items = await ask('pricing:GetProducts', signal, (client, abortSignal) =>
        collectPages(
          paginateGetProducts(
            {client, pageSize: PAGE_SIZE},
            {
              ServiceCode: offer,
              FormatVersion: 'aws_v1',
              Filters: [{Type: 'TERM_MATCH', Field: 'regionCode', Value: region}],
            },
            {abortSignal},
          ),
          (page) => page.PriceList,
          (page) => page.NextToken,
        ),
      )
      return items.map((item) => parseItem(String(item)))
    },
  }
}

/** Each item of the list is a JSON document in a string; one that is not is left for the reader to count. */
function parseItem(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
