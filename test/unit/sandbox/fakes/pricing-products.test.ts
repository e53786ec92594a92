import {readFileSync} from 'node:fs'
import {beforeAll, describe, expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {OFFERS, type Product, priceListItem} from '../../../../src/lib/sandbox/fakes/pricing/product.js'
import {priceLists} from '../../../../src/lib/sandbox/fakes/pricing/products.js'
import {regionPrefix} from '../../../../src/lib/sandbox/world/region-prefix.js'

/** An item of the real Price List. */
interface RealItem {
  readonly offer: string
  readonly attributes: Readonly<Record<string, string>>
  readonly unit: string
  readonly description: string
  readonly offerTermCode: string
}

const real: readonly RealItem[] = JSON.parse(readFileSync('test/cases/sandbox/price-list-items.json', 'utf8')).items

let products: readonly Product[]

beforeAll(async () => {
  const lists = await priceLists(await openCatalog())
  products = OFFERS.flatMap((offer) => lists.get(offer)?.all ?? [])
})

const usageTypes = () => products.map(({attributes}) => attributes['usagetype'] ?? '')

describe('the list of the bundled catalog', () => {
  test('has more than 8,000 SKUs, each once, of sixteen letters and digits', () => {
    expect(products.length).toBeGreaterThan(8000)
    expect(new Set(products.map(({sku}) => sku)).size).toBe(products.length)
    expect(products.every(({sku}) => /^[A-Z0-9]{16}$/.test(sku))).toBe(true)
  })

  test('sells by every offer', () => {
    const counts = OFFERS.map((offer) => products.filter((product) => product.offer === offer).length)

    expect(counts.every((count) => count > 100)).toBe(true)
  })

  test.each([
    /-input-tokens-cross-region-global$/,
    /-output-tokens-(flex|priority)$/,
    /-output-tokens-batch$/,
    /-cache-read-input-token-count$/,
    /-mantle-output-tokens-priority$/,
    /-mantle-cache-write-tokens-long-ctx-standard$/,
    /_cache_write_tokens_global_standard-Units$/,
    /_input_tokens_long_ctx_standard-Units$/,
    /_MillionBatchInputTokens-Units$/,
    /_Reserved_3Month_OutputTPM_Global-Units$/,
    /-Claude4\.5Sonnet-reserved-1-month-input-tokens-per-minute-cross-region-global$/,
    /-ProvisionedThroughput-NoCommit-ModelUnits$/,
    /-NovaSonic-speech-input-tokens$/,
    /-NovaSonic-text-input-tokens$/,
    /-NovaCanvas-T2I-2048-Premium$/,
    /-NovaMultiModalEmbeddings-input-document-image$/,
    /-Ray-V2-Medfps-HDRes$/,
    /-AmazonRerank-v1-searchunits$/,
    /_search_units-Units$/,
    /_created_image-Units$/,
    /-Guardrail-TopicPolicyUnitsConsumed$/,
    /-Llama-CustomModelImport-Inference-v1:0$/,
    /-Customization-Training$/,
    /-input-tokens-custom-model$/,
    /-DataAutomation-Custom-PagesProcessed$/,
    /-Runtime:Consumption-based:vCPU$/,
    /-Knowledge-Base:Consumption-based:Retrieval$/,
  ])('has a row of %s', (pattern) => {
    expect(usageTypes().some((usageType) => pattern.test(usageType))).toBe(true)
  })

  test('has rows that nobody reads: a new meter, a free one, a model of the future, and one price twice', () => {
    const zero = products.filter(({usd}) => usd === 0).length
    const once = new Set(products.map(({offer, attributes, usd}) => JSON.stringify([offer, attributes, usd])))

    expect(usageTypes()).toContain('USE1-Bedrock-Websearch-Queries')
    expect(usageTypes()).toContain('USE1-Nova2.0Pro-Customization-Training')
    expect(zero).toBeGreaterThan(0)
    expect(products.length - once.size).toBe(1)
  })

  test('has no price that ten decimals cannot tell', () => {
    const lost = products.filter(({usd}) => Math.abs(Number(usd.toFixed(10)) - usd) > usd * 1e-9)

    expect(lost.map(({attributes}) => attributes['usagetype'])).toEqual([])
  })
})

test.each(real.map((item) => [`${item.attributes['usagetype']} of ${item.attributes['servicename']}`, item] as const))(
  '%s is written as AWS writes it',
  (_name, item) => {
    const {usagetype, servicename} = item.attributes
    const [ours] = products.filter(
      ({attributes, offer}) =>
        offer === item.offer && attributes['usagetype'] === usagetype && attributes['servicename'] === servicename,
    )
    if (!ours) throw new Error('the sandbox does not sell it')

    const written = JSON.parse(priceListItem(ours, '2026-09-11'))

    const [term] = Object.values<{offerTermCode: string; priceDimensions: object}>(written.terms.OnDemand)
    const [rate] = Object.values<{unit: string; description: string}>({...term?.priceDimensions})
    const unpriced = (text: string | undefined) => text?.replace(/^\$\S+/, '$')
    expect(written.product.attributes).toEqual(item.attributes)
    expect([rate?.unit, unpriced(rate?.description)]).toEqual([item.unit, unpriced(item.description)])
    expect(term?.offerTermCode).toBe(item.offerTermCode)
  },
)

test('every Region has an abbreviation of its own', async () => {
  const {regions} = await openCatalog()

  const prefixes = regions.map(({name}) => regionPrefix(name))

  expect(new Set(prefixes).size).toBe(regions.length)
  expect(['us-east-1', 'eu-central-1', 'eu-north-1', 'ap-northeast-1', 'us-gov-west-1'].map(regionPrefix)).toEqual([
    'USE1',
    'EUC1',
    'EUN1',
    'APN1',
    'UGW1',
  ])
})
