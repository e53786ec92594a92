import {type Decimal, decimal, sumOf, toNumber} from '../../core/decimal.js'
import type {CellSamples} from './cell-samples.js'
import type {Goodput} from './goodput.js'
import type {CellSummary, TargetHead, TokenRates} from './summary.schema.js'

type Price = CellSummary['price']

const MILLION = 1_000_000
const HOUR_MS = 3_600_000

/** What of a cell a price is put to. */
export interface PricedCell {
  readonly samples: CellSamples
  readonly throughput: CellSummary['throughput']
  readonly good: Goodput | undefined
  readonly wholeMs: number
}

/** What a cell cost and what that makes of a token: by tokens where the target sells tokens, else by the hour of its GPUs. */
export function priceCell(
  target: Pick<TargetHead, 'rates' | 'ratesAbsent' | 'gpuHourly'>,
  cell: PricedCell,
): {readonly price: Price; readonly absent: string | null} {
  if (target.rates !== null) return byTokens(target.rates, cell)
  if (target.gpuHourly !== null) return {price: byTheHour(target.gpuHourly, cell), absent: null}
  return {price: null, absent: target.ratesAbsent ?? 'Nothing tells what it costs.'}
}

function byTokens(rates: TokenRates, {good, samples}: PricedCell) {
  const {sums} = samples.whole
  const {usdPerMillion} = rates
  const meters = [
    ['input tokens', sums.input, usdPerMillion.input],
    ['output tokens', sums.output, usdPerMillion.output],
    ['cache read tokens', sums.cacheRead, usdPerMillion.cacheRead],
    ['cache write tokens', sums.cacheWrite, usdPerMillion.cacheWrite],
  ] as const
  const unpriced = meters.filter(([, tokens, rate]) => tokens > 0 && rate === null).map(([meter]) => meter)
  if (unpriced.length > 0) return {price: null, absent: `There is no price for its ${unpriced.join(' and ')}.`}
  const lines = meters.flatMap(([meter, tokens, rate]) =>
    tokens > 0 && rate !== null ? [{meter, tokens, usd: decimal(tokens).times(rate).div(MILLION)}] : [],
  )
  const usd = sumOf(lines.map((line) => line.usd))
  const perOutput = perMillion(usd, sums.output)
  return {
    price: {
      usd: toNumber(usd),
      perMillionOutput: perOutput,
      perMillionTotal: perMillion(usd, sums.input + sums.output + sums.cacheRead + sums.cacheWrite),
      blended3to1: toNumber(decimal(usdPerMillion.input).times(3).plus(usdPerMillion.output).div(4)),
      perMillionGood: perGood(perOutput, good, samples),
      basis: rates.basis,
      source: rates.source,
      date: rates.date,
      lines: lines.map((line) => ({
        meter: line.meter,
        quantity: line.tokens,
        unit: 'tokens',
        usd: toNumber(line.usd),
      })),
    },
    absent: null,
  }
}

function byTheHour(gpu: NonNullable<TargetHead['gpuHourly']>, cell: PricedCell): Price {
  const {good, samples, throughput, wholeMs} = cell
  const perSecond = decimal(gpu.usd).div(3600)
  const per = (tokensPerSecond: number) =>
    tokensPerSecond > 0 ? toNumber(perSecond.div(tokensPerSecond).times(MILLION)) : null
  const usd = decimal(gpu.usd).times(wholeMs).div(HOUR_MS)
  const perOutput = per(throughput.outputTokensPerSecond)
  return {
    usd: toNumber(usd),
    perMillionOutput: perOutput,
    perMillionTotal: per(throughput.inputTokensPerSecond + throughput.outputTokensPerSecond),
    blended3to1: null,
    perMillionGood: perGood(perOutput, good, samples),
    basis: `${gpu.gpus} ${gpu.gpus === 1 ? 'GPU' : 'GPUs'} by the hour, at the throughput of the window`,
    source: '--gpu-hourly',
    date: '',
    lines: [{meter: 'GPU hours', quantity: wholeMs / HOUR_MS, unit: 'hours', usd: toNumber(usd)}],
  }
}

/** A good token bears the price of those that were none as well. */
function perGood(perOutput: number | null, good: Goodput | undefined, {steady}: CellSamples): number | null {
  if (perOutput === null || good === undefined || good.tokens === 0) return null
  return (perOutput * steady.sums.output) / good.tokens
}

function perMillion(usd: Decimal, tokens: number): number | null {
  return tokens > 0 ? toNumber(usd.div(tokens).times(MILLION)) : null
}
