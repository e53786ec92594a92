import type {CalledModel} from '../../../cost/actual/called-model.js'
import type {calledRate} from '../../../cost/actual/price-tokens.js'
import type {Looked, TopicReader} from '../../../monitor/board/ports.js'
import type {RatePrice} from '../../../monitor/board/prices/prices.schema.js'
import type {SeenModel, SeenModels} from '../../../monitor/board/prices/seen-models.js'
import type {TokenKind} from '../../../prices/price-list.js'
import {type BoardBook, boardBooks} from '../books.js'
import type {MonitorDoor} from '../door.js'

/** An id that is new in the traffic gets its prices within so long; the book itself is opened less often. */
const EVERY_MS = 60_000

type Target = Pick<CalledModel, 'kind' | 'modelId' | 'profileId' | 'route'>

const KINDS = ['input', 'output', 'cacheRead', 'cacheWrite'] as const satisfies readonly TokenKind[]

/** Reads the prices of the ids that the traffic shows, from the price book that the cost commands use. */
export function pricesReader(door: MonitorDoor, seen: SeenModels): TopicReader<'prices'> {
  const books = boardBooks(door)
  const priceIn = keptPrices()
  return {
    topic: 'prices',
    scope: 'region',
    everyMs: EVERY_MS,
    async look({nowMs, place, signal}): Promise<Looked<'prices'>> {
      const region = place ?? door.home
      const [{calledRate: rateOf}, opened] = await Promise.all([
        import('../../../cost/actual/price-tokens.js'),
        books(region, nowMs, signal),
        // What is called tells which prices are wanted, however slow the link is: the looks for it are begun before these.
        seen.noted(region),
      ])
      return {rows: pricedOf(seen.in(region)).map((one) => priceIn(opened, one, region, rateOf)), metrics: 0}
    },
  }
}

/** Each id at the standard price, and in each further tier that served it. */
function pricedOf(seen: readonly SeenModel[]): readonly SeenModel[] {
  const known = new Map<string, SeenModel>()
  for (const one of seen) {
    const tier = one.tier === 'default' || one.tier === 'standard' ? null : one.tier
    for (const of of new Set([null, tier])) known.set(`${one.endpoint} ${one.modelId} ${of}`, {...one, tier: of})
  }
  return [...known.values()]
}

/** A price is the same as long as the book is: of each id it is found once in a book. */
function keptPrices() {
  const known = new WeakMap<BoardBook, Map<string, RatePrice>>()
  return (opened: BoardBook, seen: SeenModel, region: string, rateOf: typeof calledRate): RatePrice => {
    const target = targetOf(seen)
    const key = JSON.stringify([seen.endpoint, seen.modelId, seen.tier, target])
    const prices = known.get(opened) ?? new Map<string, RatePrice>()
    known.set(opened, prices)
    const price = prices.get(key) ?? toPrice({...seen, target}, region, opened, rateOf)
    prices.set(key, price)
    return price
  }
}

function toPrice(
  {endpoint, modelId, target, tier}: SeenModel & {readonly target: Target},
  region: string,
  {book, origin}: BoardBook,
  rateOf: typeof calledRate,
): RatePrice {
  const found = KINDS.map((kind) => rateOf({region, called: modelId, tier: tier ?? 'standard', kind}, target, book))
  const [input = null, output = null, cacheRead = null, cacheWrite = null] = found.map(({rate}) =>
    rate === null ? null : rate.amount.times(1_000_000).div(rate.per).toFixed(),
  )
  const dates = [...new Set(found.flatMap(({rate}) => (rate?.asOf ? [rate.asOf.slice(0, 10)] : [])))]
  const source = sourceWords(origin)
  return {
    ...{endpoint, modelId, tier, input, output, cacheRead, cacheWrite},
    currency: found.find(({rate}) => rate !== null)?.rate?.currency ?? 'USD',
    source: dates.length === 0 ? source : `${source}; price of ${dates.join(', ')}`,
    why: found.find(({rate, why}) => rate === null && why !== null)?.why ?? null,
  }
}

const OWN: Partial<Readonly<Record<SeenModel['about']['kind'], CalledModel['kind']>>> = {
  'application-profile': 'application-profile',
  provisioned: 'provisioned',
  deployment: 'custom-deployment',
  custom: 'custom-deployment',
  imported: 'imported',
  unknown: 'unknown',
}

/** How the id is billed. What is billed by the hour or by copies has no price of its tokens, whatever it serves. */
function targetOf({about, endpoint, modelId}: Omit<SeenModel, 'tier'>): Target {
  const kind = OWN[about.kind] ?? 'system'
  const isByTokens = kind !== 'provisioned' && kind !== 'imported'
  return {
    kind,
    modelId: isByTokens ? about.model : null,
    route: endpoint === 'mantle' ? 'mantle' : about.route,
    profileId: about.kind === 'profile' ? bareId(modelId) : undefined,
  }
}

function bareId(modelId: string): string {
  return modelId.slice(modelId.lastIndexOf('/') + 1).replace(/\+latency-optimized$/, '')
}

function sourceWords({asOf, kind}: BoardBook['origin']): string {
  const day = asOf.slice(0, 10)
  switch (kind) {
    case 'live':
      return `AWS Price List, read ${day}`
    case 'cache':
      return `AWS Price List, kept since ${day}`
    default:
      return `bundled price book of ${day}`
  }
}
