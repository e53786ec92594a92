import {CostExplorerClient, GetCostAndUsageCommand} from '@aws-sdk/client-cost-explorer'
import {PricingClient, paginateGetProducts} from '@aws-sdk/client-pricing'
import {describe, expect, test} from 'vitest'
import {startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {listScenarios} from '../../src/lib/sandbox/world/load-scenario.js'
import type {Scenario} from '../../src/lib/sandbox/world/scenario.schema.js'

// The bill and the Price List of one sandbox tell the same prices, whatever a scenario uses.

type Account = Scenario['accounts'][number]

const OFFERS = ['AmazonBedrock', 'AmazonBedrockFoundationModels', 'AmazonBedrockService']
const METRICS = ['UnblendedCost', 'UsageQuantity']
const GROUP_BY = ['SERVICE', 'USAGE_TYPE'].map((Key) => ({Type: 'DIMENSION' as const, Key}))

const scenarios = await listScenarios()
const accounts = scenarios.flatMap(({name, scenario}) =>
  scenario.accounts.filter(hasUsage).map((account) => ({name, id: account.id, account})),
)

function hasUsage({regions = {}}: Account): boolean {
  return Object.values(regions).some(({usage, guardrailUsage}) => usage !== undefined || guardrailUsage !== undefined)
}

/** Service and usage type → unit and price. */
async function listedPrices(
  endpoint: string,
  credentials: Credentials,
): Promise<Map<string, {unit: string; usd: number}>> {
  const client = new PricingClient({endpoint, credentials, region: 'us-east-1'})
  const found = new Map<string, {unit: string; usd: number}>()
  for (const ServiceCode of OFFERS) {
    for await (const {PriceList = []} of paginateGetProducts({client}, {ServiceCode})) {
      for (const text of PriceList) {
        const {product, terms} = JSON.parse(String(text)) as Item
        const {servicename, usagetype} = product.attributes
        const dimensions = Object.values(terms.OnDemand).flatMap((term) => Object.values(term.priceDimensions))
        for (const price of dimensions)
          found.set(`${servicename} ${usagetype}`, {unit: price.unit, usd: Number(price.pricePerUnit.USD)})
      }
    }
  }
  client.destroy()
  return found
}

interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

interface Item {
  readonly product: {readonly attributes: {readonly servicename: string; readonly usagetype: string}}
  readonly terms: {
    readonly OnDemand: Readonly<
      Record<
        string,
        {
          readonly priceDimensions: Readonly<
            Record<string, {readonly unit: string; readonly pricePerUnit: {readonly USD: string}}>
          >
        }
      >
    >
  }
}

describe.each(accounts)('$name, account $id', ({name, account}) => {
  test('each usage type costs its quantity times the price that the Price List has for it', async () => {
    const sandbox = await startSandbox({scenario: name})
    const [key] = account.keys
    const credentials = {accessKeyId: key?.accessKeyId ?? '', secretAccessKey: key?.secretAccessKey ?? ''}
    const costExplorer = new CostExplorerClient({endpoint: sandbox.url, credentials, region: 'us-east-1'})
    const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10)
    // The denied scenario may not read prices; they are the same in every account.
    const open = name === 'denied' ? await startSandbox({scenario: 'clean'}) : sandbox
    const listed = await listedPrices(open.url, credentials)
    const {ResultsByTime = []} = await costExplorer.send(
      new GetCostAndUsageCommand({
        TimePeriod: {Start: day(5), End: day(4)},
        Granularity: 'DAILY',
        Metrics: METRICS,
        GroupBy: GROUP_BY,
      }),
    )
    costExplorer.destroy()
    await sandbox.close()
    if (open !== sandbox) await open.close()

    const spent = new Set((account.cost?.spend ?? []).map(({usageType}) => usageType))
    const groups = (ResultsByTime[0]?.Groups ?? []).filter(({Keys: [, type = ''] = []}) => !spent.has(type))
    expect(groups.length).toBeGreaterThan(0)
    for (const {Keys: [service, type] = [], Metrics: {UnblendedCost, UsageQuantity} = {}} of groups) {
      const price = listed.get(`${service} ${type}`)
      expect([type, UsageQuantity?.Unit]).toEqual([type, type?.endsWith('-Units') ? 'Units' : price?.unit])
      expect(Number(UnblendedCost?.Amount)).toBeCloseTo(Number(UsageQuantity?.Amount) * (price?.usd ?? Number.NaN), 6)
    }
  }, 30_000)
})
