import type {AdviseInput, BedrockOffer} from '../bench/advise/advise.js'
import type {RunSummary} from '../bench/metrics/summary.schema.js'
import type {Catalog} from '../catalog/catalog.js'
import {type Decimal, decimal, ONE} from '../core/decimal.js'
import {usageError} from '../core/errors.js'
import type {WorkloadOf} from '../cost/workload/workload.schema.js'
import type {PriceBook} from '../prices/price-book.js'
import type {CommandFrame} from './base-command.js'
import type {BenchAdviseFlags} from './bench-advise-flags.js'
import {type AdviseTerms, readTerms} from './bench-advise-terms.js'
import {type OwnTarget, ownTarget, sloWords} from './bench-own-target.js'
import type {WorkloadFlags} from './cost-flags.js'
import {openMeasured} from './open-measured.js'
import {type OpenedBook, openPrices} from './price-book.js'
import {readWorkloadFlags} from './workload-of-flags.js'

export interface AdviseFrame extends CommandFrame {
  readonly warn: (text: string) => void
}

type AdviseFlags = BenchAdviseFlags & WorkloadFlags
type Inference = WorkloadOf<'inference'>

const MOST_RUNS = 2

/** Runs, flags and prices together: all that an advice is made of. */
export async function readAdvice(flags: AdviseFlags, frame: AdviseFrame): Promise<AdviseInput> {
  const references = flags.run ?? ['latest']
  if (references.length > MOST_RUNS) throw usageError('BENCH_RUNS', 'An advice is made of one run, or of two.')
  const [runs, {toldReasons}] = await Promise.all([openMeasured(references), import('../bench/show/run-words.js')])
  const own = await ownTarget(runs, flags.own)
  const terms = await readTerms(flags, own)
  const connection = await frame.connect()
  const offered = await readOffer(
    {flags, own, runs, terms, region: frame.settings.regions[0] ?? connection.configuredRegion},
    async (region) => {
      const opened = await openPrices(frame.settings, connection, {...frame, regions: [region]})
      return {...opened, catalog: connection.catalog}
    },
  )
  return {
    simulated: runs.some(({simulated}) => simulated),
    runs: runs.map(({id}) => id),
    measured: own,
    slo: sloWords(own.run.slo),
    ...terms,
    bedrock: offered,
    cautions: runs.flatMap((run) => cautionsOf(run, toldReasons(run))),
  }
}

interface OfferQuestion {
  readonly flags: AdviseFlags
  readonly own: OwnTarget
  readonly runs: readonly RunSummary[]
  readonly terms: AdviseTerms
  readonly region: string | undefined
}

interface OpenedOffer extends OpenedBook {
  readonly catalog: Catalog
}

/** The workload on Bedrock: the model of the flags, or that of the Bedrock target that was measured beside. */
async function readOffer(
  question: OfferQuestion,
  open: (region: string | undefined) => Promise<OpenedOffer>,
): Promise<AdviseInput['bedrock']> {
  const {flags, own, runs, terms} = question
  const beside = runs.flatMap(({cells, targets}) =>
    targets.flatMap((target, place) =>
      target.kind === 'bedrock' ? [{target, cells: cells.filter((cell) => cell.target === place)}] : [],
    ),
  )
  const [measured, ...more] = beside
  if (flags.model === undefined && (!measured || more.length > 0)) {
    return {
      why: measured
        ? 'several targets are of Bedrock: name the model with --model'
        : 'no model of Bedrock is named: --model',
    }
  }
  const model = flags.model ?? measured?.target.model
  const region = question.region ?? measured?.target.region ?? undefined
  const opened = await open(region)
  const {problems, workload} = readWorkloadFlags(
    {
      ...flags,
      model,
      tier: flags.tier ?? tierOf(flags.model === undefined ? measured?.target.tier : undefined),
      requests: flags.requests ?? '1',
      'input-tokens': String(terms.mix.inputTokens),
      'output-tokens': String(terms.mix.outputTokens),
    },
    region,
  )
  if (!workload) return {why: problems.join('; ')}
  const goodputs = flags.model === undefined ? (measured?.cells ?? []).flatMap(({goodput}) => goodput ?? []) : []
  const judged = goodputs.reduce((sum, {bad, good}) => sum + good + bad, 0)
  const attainment = judged === 0 ? null : goodputs.reduce((sum, {good}) => sum + good, 0) / judged
  return priceOffer({...question, own}, workload, opened, attainment)
}

/** Tiers of a target in the words of prices. */
function tierOf(tier: string | undefined): WorkloadFlags['tier'] {
  return tier === 'flex' || tier === 'priority' ? tier : 'standard'
}

async function priceOffer(
  {runs, terms}: OfferQuestion,
  workload: Inference,
  {book, catalog, origin}: OpenedOffer,
  attainment: number | null,
): Promise<BedrockOffer | {readonly why: string}> {
  const [{resolveCall}, {amountOf, contextOf, priceRequests}, {inferenceDemand}, {breakEven}] = await Promise.all([
    import('../cost/workload/resolve-call.js'),
    import('../cost/breakeven/price-option.js'),
    import('../cost/workload/inference/inference-demand.js'),
    import('../cost/breakeven/break-even.js'),
  ])
  const call = resolveCall(workload, catalog, undefined)
  if (typeof call === 'string') return {why: call}
  const capacity = capacityTerms(terms, undefined)
  const amount = amountOf(priceRequests({call, workload, terms: capacity}, workload.tier, ONE, book))
  if (typeof amount === 'string') return {why: amount}
  if (amount.currency !== 'USD') return {why: `its prices are in ${amount.currency}, GPUs are paid in USD`}
  const {assumptions, excluded} = inferenceDemand(workload, contextOf(call))
  const ports: {catalog: Catalog; book: PriceBook} = {catalog, book}
  return {
    ...{model: call.modelId, region: call.region, route: call.route, tier: workload.tier},
    perRequest: amount.amount,
    prices: {kind: origin.kind, asOf: origin.asOf, source: 'Price List'},
    attainment,
    assumptions,
    excluded: [...excluded, 'discounts that are agreed with AWS'],
    crossings(tokensPerSecond) {
      const found = breakEven(
        {
          workload,
          region: undefined,
          terms: capacityTerms(terms, tokensPerSecond),
          ...{from: undefined, to: undefined, by: 'requests', prices: origin},
          simulated: runs.some(({simulated}) => simulated),
        },
        ports,
      )
      const both = [found.baseline, 'self-hosted']
      return found.crossings
        .filter(({cheaperAbove, cheaperBelow}) => both.includes(cheaperAbove) && both.includes(cheaperBelow))
        .map(({cheaperAbove, requestsPerMonth}) => ({
          requestsPerMonth,
          cheaperAbove: cheaperAbove === 'self-hosted' ? ('on-premises' as const) : ('bedrock' as const),
        }))
    },
  }
}

function capacityTerms({gpuHourly, gpus, utilisation}: AdviseTerms, tokensPerSecond: Decimal | undefined) {
  return {
    utilisation,
    peakFactor: ONE,
    tokensPerMinutePerUnit: undefined,
    imported: undefined,
    selfHosted: {gpuHourly, currency: 'USD', tokensPerSecond, gpusPerCopy: decimal(gpus)},
  }
}

/** What a run says against its own numbers. */
function cautionsOf(
  {ended, endedWhy, id, simulated}: RunSummary,
  reasons: readonly {readonly text: string}[],
): readonly string[] {
  return [
    ...(simulated ? [`${id}: a sandbox answered, so its throughput is nobody's`] : []),
    ...(ended === 'partial' ? [`${id} is partial: ${endedWhy ?? 'it was broken off'}`] : []),
    ...reasons.map(({text}) => `${id}: ${text}`),
  ]
}
