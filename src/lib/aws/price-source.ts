import {PricingClient, paginateDescribeServices, paginateGetProducts} from '@aws-sdk/client-pricing'
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
  const endpoints = Object.hasOwn(ENDPOINTS, partition) ? (ENDPOINTS[partition] ?? []) : []
  if (endpoints.length === 0) return undefined
  let order = endpoints

  /** Asks the endpoint that answered last, then the others; when none answers, the first failure is told. */
  async function ask<T>(
    action: string,
    signal: AbortSignal | undefined,
    run: (client: PricingClient, abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const failures: BedrockctlError[] = []
    for (const region of order) {
      const client = wire.client('pricing', region, (config) => new PricingClient(config))
      try {
        const answer = await wire.call('pricing', {action, region}, signal, (abortSignal) => run(client, abortSignal))
        order = [region, ...endpoints.filter((endpoint) => endpoint !== region)]
        return answer
      } catch (error) {
        failures.push(mayAskElsewhere(error))
      }
    }
    throw failures[0]
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

/** The failure, when another endpoint may do better; any other is thrown. */
function mayAskElsewhere(error: unknown): BedrockctlError {
  if (error instanceof BedrockctlError && ASK_ELSEWHERE_AFTER.has(error.code)) return error
  throw error
}

/** Each item of the list is a JSON document in a string; one that is not is left for the reader to count. */
function parseItem(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
