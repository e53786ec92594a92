import type {MeterId} from '../catalog/meters.js'
import type {Settings} from '../config/settings.js'
import {didYouMean} from '../core/closest.js'
import {usageError} from '../core/errors.js'
import {sanitise} from '../core/text.js'
import type {PricesResult} from '../cost/prices/prices.schema.js'
import type {Connection} from './connect.js'
import {type BookFrame, openPrices} from './price-book.js'
import type {PriceFlags} from './price-flags.js'

/** Tiers that any price is known for. */
const TIERS = ['standard', 'flex', 'priority', 'latency-optimized', 'batch', 'reserved', 'provisioned', 'ultrafast']

/** The price sheet of what the words of the command name. */
export async function readPriceSheet(
  text: string | undefined,
  flags: PriceFlags,
  settings: Settings,
  connection: Connection,
  frame: Omit<BookFrame, 'regions'>,
): Promise<PricesResult> {
  if (text === undefined && !flags.unparsed) {
    throw usageError('NOTHING_NAMED', 'Of what are the prices?', {
      hint: 'Name a model by any id or name, or a billed service such as guardrails; --unparsed alone lists what is not understood.',
    })
  }
  const [{listPrices}, {nameSubject}, {selectRegions}] = await Promise.all([
    import('../cost/prices/list-prices.js'),
    import('../cost/prices/name-subject.js'),
    import('../routing/select-regions.js'),
  ])
  const {catalog, configuredRegion} = connection
  const meter = await readMeter(flags.meter)
  const tier = readTier(flags.tier)
  const subject = text === undefined ? undefined : nameSubject(text, catalog)
  const choice = {asked: settings.regions, configured: configuredRegion, otherwise: 'all'} as const
  const named = settings.regions.length > 0 ? selectRegions(choice, catalog) : []
  const live = named.length > 0 ? named : [configuredRegion]
  const {book, lists, origin} = await openPrices(settings, connection, {...frame, regions: live})
  return listPrices(
    {
      ...{subject, meter, tier, route: flags.route, unparsed: flags.unparsed},
      regions: settings.regions.includes('all') ? [] : named,
    },
    {book, lists, origin, secondOpinion: otherOpinion, simulated: () => connection.simulated()},
  )
}

/** Only Claude is compared: of other models the list has the price of one Region. */
const otherOpinion: Parameters<typeof import('../cost/prices/list-prices.js').listPrices>[1]['secondOpinion'] = async (
  modelId,
  rows,
) => {
  if (!modelId.startsWith('anthropic.')) return null
  const [{secondOpinion}, {genaiPrices}] = await Promise.all([
    import('../cost/prices/second-opinion.js'),
    import('../cost/prices/genai-prices.js'),
  ])
  return secondOpinion(modelId, rows, genaiPrices())
}

async function readMeter(text: string | undefined): Promise<MeterId | undefined> {
  if (text === undefined) return undefined
  const {isMeterId, METER_IDS} = await import('../catalog/meters.js')
  if (isMeterId(text)) return text
  throw usageError('UNKNOWN_METER', `--meter ${sanitise(text)}: nothing is billed by it.`, {
    hint: didYouMean(text, METER_IDS) ?? `Meters are ${METER_IDS.join(', ')}.`,
  })
}

function readTier(text: string | undefined): string | undefined {
  const base = text?.split(':')[0]
  if (base === undefined || TIERS.includes(base)) return text
  throw usageError('UNKNOWN_TIER', `--tier ${sanitise(base)}: there is no such tier.`, {
    hint: didYouMean(base, TIERS) ?? `Tiers are ${TIERS.join(', ')}.`,
  })
}
