import {type Decimal, toNumber} from '../../core/decimal.js'
import type {BreakEvenResult, BreakEvenVolume} from './breakeven.schema.js'
import {type CheapestRange, cheapestRanges} from './cheapest-ranges.js'
import type {Range} from './choose-range.js'
import {costAt} from './cost-curve.js'
import type {CostOption, Latency, OptionId} from './cost-option.js'
import {type Crossing, findCrossings} from './find-crossings.js'
import {compareNear} from './near.js'

export interface Comparison {
  readonly baseline: CostOption
  readonly options: readonly CostOption[]
  readonly range: Range
  readonly toVolume: (requests: Decimal) => BreakEvenVolume
}

/** A crossing with the options it is of. */
interface PairCrossing extends Crossing {
  readonly below: CostOption
  readonly above: CostOption
}

/** From the shortest wait to the longest; who can wait longer may choose from the shorter ones too. */
const LATENCIES: readonly Latency[] = ['interactive', 'flexible', 'batch']

/** Where options cross, which is the cheapest where, and which never cross the baseline. */
export function compareOptions(comparison: Comparison): Pick<BreakEvenResult, 'crossings' | 'cheapest' | 'neverCross'> {
  const {baseline, range, toVolume} = comparison
  const crossings = allCrossings(comparison)
  const cheapest = cheapestByLatency(comparison, crossings)
  const isChange = ({above, below, volume}: PairCrossing) =>
    cheapest.some(({ranges}) => changesBetween(ranges, volume, below.id, above.id))
  const isNotable = (crossing: PairCrossing) =>
    crossing.above === baseline || crossing.below === baseline || isChange(crossing)
  let number = 0
  return {
    crossings: crossings.map((crossing) => ({
      number: isNotable(crossing) ? ++number : null,
      ...toVolume(crossing.volume),
      month: {currency: crossing.above.currency, amount: toNumber(crossing.amount)},
      kind: crossing.kind,
      cheaperBelow: crossing.below.id,
      cheaperAbove: crossing.above.id,
      certain: crossing.below.floor === null && crossing.above.floor === null,
      changesCheapest: isChange(crossing),
    })),
    cheapest: cheapest.map(({latency, ranges}) => ({
      latency,
      ranges: ranges.map(({from, id, to}) => ({from: toVolume(from), to: toVolume(to), option: id})),
    })),
    neverCross: neverCrossing(comparison, crossings, range),
  }
}

function allCrossings({options, range}: Comparison): readonly PairCrossing[] {
  return options
    .flatMap((first, index) =>
      options.slice(index + 1).flatMap((second) =>
        findCrossings(first.curve, second.curve, range.from, range.to).map((crossing): PairCrossing => {
          const [below, above] = crossing.cheaperBelow === 'first' ? [first, second] : [second, first]
          return {...crossing, below, above}
        }),
      ),
    )
    .sort((left, right) => left.volume.cmp(right.volume))
}

interface LatencyRanges {
  readonly latency: Latency
  readonly ranges: readonly CheapestRange<OptionId>[]
}

/** Only of classes that an option is in; a floor is not known to be the cheapest anywhere. */
function cheapestByLatency({options, range}: Comparison, crossings: readonly PairCrossing[]): readonly LatencyRanges[] {
  const known = options.filter(({floor}) => floor === null)
  const steps = known.flatMap(({curve}) => curve.breaks(range.from, range.to))
  const volumes = [...steps, ...crossings.map(({volume}) => volume)]
  return LATENCIES.filter((latency) => known.some((option) => option.latency === latency)).map((latency) => {
    const allowed = known.filter((option) => LATENCIES.indexOf(option.latency) <= LATENCIES.indexOf(latency))
    const curves = allowed.map(({curve, id}) => [id, curve] as const)
    return {latency, ranges: cheapestRanges(curves, volumes, range.from, range.to)}
  })
}

function changesBetween(
  ranges: readonly CheapestRange<OptionId>[],
  volume: Decimal,
  below: OptionId,
  above: OptionId,
): boolean {
  const index = ranges.findIndex(({from}) => compareNear(from, volume) === 0)
  return index > 0 && ranges[index - 1]?.id === below && ranges[index]?.id === above
}

function neverCrossing(
  {baseline, options}: Comparison,
  crossings: readonly PairCrossing[],
  {from, to}: Range,
): BreakEvenResult['neverCross'] {
  const crossed = new Set(
    crossings.flatMap(({above, below}) => (above === baseline || below === baseline ? [above.id, below.id] : [])),
  )
  return options
    .filter((option) => option !== baseline && !crossed.has(option.id))
    .map(
      (option) =>
        ({
          option: option.id,
          cheaper: isCheaper(option, baseline, {from, to}) ? option.id : baseline.id,
          scope: isEverywhere(option, baseline) ? 'every-volume' : 'this-range',
          certain: option.floor === null,
        }) as const,
    )
}

/** Of two that do not cross: where they differ at all, the one costs less. */
function isCheaper({curve}: CostOption, baseline: CostOption, {from, to}: Range): boolean {
  const volumes = [from, ...curve.breaks(from, to), ...baseline.curve.breaks(from, to), to]
  return volumes.some((volume) => compareNear(costAt(curve, volume), costAt(baseline.curve, volume)) < 0)
}

/** Both cost so much for each request; or one, even filled, is no less than what each request costs by the other. */
function isEverywhere(option: CostOption, {perRequest}: CostOption): boolean {
  if (perRequest === null) return false
  return (
    option.perRequest !== null ||
    (option.leastPerRequest !== null && compareNear(option.leastPerRequest, perRequest) >= 0)
  )
}
