import {type BedrockctlError, usageError} from '../../core/errors.js'
import type {PriceBook} from '../../prices/price-book.js'
import {hashSegments} from '../plan/hash-segments.js'
import type {PlanFile} from '../plan/plan.schema.js'
import {planAmount} from '../plan/price-plan.js'
import type {BilledModel} from '../progress/cost-of-tokens.js'
import {type RoundInput, shareOfPrice} from './make-round.js'

/** What records on demand cost by. */
export interface OnDemandPrices {
  readonly book: PriceBook
  /** Undefined where the catalog does not know what the model is. */
  readonly billed: BilledModel | undefined
}

/** More would take hours one by one, and cost twice what batch does. */
const MOST_RECORDS = 1000
/** They are held in memory. */
const MOST_BYTES = 256 * 1024 * 1024

/** The plan of a round whose records are answered one by one: one shard, priced on demand. */
export async function makeOnDemandRound(
  {now, plans, signal, source, tally}: RoundInput,
  prices: OnDemandPrices,
): Promise<PlanFile> {
  const [first] = plans
  if (first === undefined) throw usageError('GROUP_EMPTY', 'The group has no plan.')
  const {bytes, records} = tally.totals()
  if (records > MOST_RECORDS) throw tooMany(first.group, records)
  if (bytes > MOST_BYTES) throw tooLarge(bytes)
  const [segments = []] = tally.segments([records])
  const shards = [{number: 1, records, bytes, sha256: await hashSegments(source, segments, signal), segments}]
  return {
    ...first,
    round: plans.length + 1,
    way: 'on-demand',
    createdAt: now.toISOString(),
    shards,
    price: onDemandPrice(shareOfPrice(first, shards), prices),
  }
}

/** The tokens of a plan at the on-demand rows of the book. */
export function onDemandPrice(price: PlanFile['price'], {billed, book}: OnDemandPrices): PlanFile['price'] {
  const rateOf = (of: 'input' | 'output') =>
    billed && book.rate({...billed, meter: 'tokens', of, variant: null, ...TIER})
  const [input, output] = [rateOf('input'), rateOf('output')]
  const known = input ?? output
  const most = price.outputTokensAtMost
  return {
    ...price,
    currency: known?.currency ?? price.currency,
    input: input ? planAmount(input, price.inputTokens) : null,
    outputAtMost: most === 0 ? '0' : output && most !== null ? planAmount(output, most) : null,
    source: known === undefined ? 'none' : known.sources.join(', '),
    asOf: known?.asOf ?? '',
  }
}

const TIER = {tier: 'standard'} as const

function tooMany(group: string, records: number): BedrockctlError {
  const many = records.toLocaleString('en-US')
  return usageError('TOO_MANY_ON_DEMAND', `${many} records are too many to be asked one by one.`, {
    why: `At most ${MOST_RECORDS.toLocaleString('en-US')} are.`,
    hint: 'Batch takes these: leave --on-demand out.',
    actions: [`bedrockctl batch retry ${group}`],
  })
}

function tooLarge(bytes: number): BedrockctlError {
  return usageError(
    'TOO_LARGE_ON_DEMAND',
    `Records of ${Math.ceil(bytes / 1e6)} MB are too large to be asked one by one.`,
    {
      why: `At most ${Math.floor(MOST_BYTES / 1e6)} MB are.`,
      hint: 'Write their ids with batch collect --failed FILE, and ask for them in parts of your own.',
    },
  )
}
