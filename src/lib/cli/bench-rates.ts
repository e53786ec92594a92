import type {TokenRates} from '../bench/metrics/summary.schema.js'
import type {Target} from '../bench/target/target.js'
import type {Catalog} from '../catalog/catalog.js'
import type {Settings} from '../config/settings.js'
import type {PriceBook, Rate, Route} from '../prices/price-book.js'
import type {PriceKind} from '../prices/price-list.js'
import type {Connection} from './connect.js'
import type {BookFrame} from './price-book.js'

/** What the tokens of a target cost, or why that is not known. */
export interface FoundRates {
  readonly rates: TokenRates | null
  readonly absent: string | null
}

/** Rates of all targets, by the price book of their Regions; the lists are read where a target is Bedrock's. */
export async function ratesOf(
  targets: readonly Target[],
  settings: Settings,
  connection: Connection,
  frame: Omit<BookFrame, 'regions'>,
): Promise<readonly FoundRates[]> {
  const regions = targets.flatMap((target) => (target.kind === 'bedrock' ? [target.region] : []))
  if (regions.length === 0) return targets.map((target) => unpriced(target))
  const {openPrices} = await import('./price-book.js')
  const {book} = await openPrices(settings, connection, {...frame, regions})
  return targets.map((target) =>
    target.kind === 'bedrock' ? bedrockRates(target, connection.catalog, book) : unpriced(target),
  )
}

function unpriced({kind}: Target): FoundRates {
  switch (kind) {
    case 'imported':
      return {rates: null, absent: 'an imported model is billed by the minute of its copies: bedrockctl imports show'}
    case 'provisioned':
      return {rates: null, absent: 'capacity of your own is billed by the hour: bedrockctl capacity list'}
    default:
      return {rates: null, absent: 'a server of your own: --gpu-hourly says what it costs'}
  }
}

type Bedrock = Extract<Target, {readonly kind: 'bedrock'}>

/** By model, route, tier and Region; what one of these has no price for has none here. */
function bedrockRates(target: Bedrock, catalog: Catalog, book: PriceBook): FoundRates {
  const {modelId, region = ''} = target
  const id = modelId.startsWith('arn:') ? modelId.slice(modelId.lastIndexOf('/') + 1) : modelId
  const profile = catalog.profile(id)
  const model = profile?.model ?? catalog.model(id)
  if (model === undefined) return {rates: null, absent: `no price is known of ${id}`}
  if (target.tier === 'reserved') return {rates: null, absent: 'reserved capacity is billed by the hour'}
  const route: Route = target.api.startsWith('mantle') ? 'mantle' : (profile?.profile.kind ?? 'in-region')
  const tier = tierOf(target)
  const query = {modelId: model.aliasOf ?? model.id, region, route, profileId: profile?.profile.id, tier}
  const of = (kind: PriceKind) => book.rate({...query, meter: 'tokens', of: kind, variant: null})
  const writes = model.outputModalities?.includes('EMBEDDING') !== true
  const [input, output] = [of('input'), of('output')]
  if (input === undefined || (output === undefined && writes)) {
    return {rates: null, absent: `no price is known of ${model.id} in ${region}, ${tier} tier, route ${route}`}
  }
  if (input.currency !== 'USD') return {rates: null, absent: `${model.id} is billed in ${input.currency} there`}
  return {
    rates: {
      basis: [model.id, tier, region, ...(route === 'in-region' ? [] : [route])].join(', '),
      source: input.sources.join(', '),
      date: input.asOf,
      usdPerMillion: {
        input: decimalText(input) ?? '0',
        output: decimalText(output) ?? '0',
        cacheRead: decimalText(of('cacheRead')),
        cacheWrite: decimalText(of('cacheWrite')),
      },
    },
    absent: null,
  }
}

/** As the price book names it. */
function tierOf({latency, tier}: Bedrock): string {
  if (latency === 'optimized') return 'latency-optimized'
  return tier === 'default' ? 'standard' : tier
}

/** Of a price for a million tokens, as those of tokens are. */
function decimalText(rate: Rate | undefined): string | null {
  return rate?.amount.toFixed() ?? null
}
