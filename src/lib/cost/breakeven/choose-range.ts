import {type Decimal, decimal} from '../../core/decimal.js'
import {usageError} from '../../core/errors.js'
import {HOURS_PER_MONTH} from '../../core/quantity.js'
import {costAt} from './cost-curve.js'
import type {CostOption} from './cost-option.js'

/** Volumes in requests a month. */
export interface Range {
  readonly from: Decimal
  readonly to: Decimal
}

/** What the operator says of the range; the load must not lie in it. */
export interface RangeWish {
  readonly load: Decimal
  readonly from: Decimal | undefined
  readonly to: Decimal | undefined
}

/** Around the load, as far to each side. */
const AROUND = 20
/** Beyond the volume at which the least of an option is worth it. */
const BEYOND = 3
/** Steps of one option that a range of our own choosing shows. */
const FEW_STEPS = 100
/** More take seconds to compare, and no chart shows them. */
const MOST_STEPS = 2000
/** A range of our own choosing reaches as far to each side of the load, unless that has more steps than can be compared. */
const CLOSE = 4
/** As often is such a range halved, on its logarithmic axis. */
const HALVINGS = 12

/**
 * The volumes that are looked at: as given, else around the load and out to where each option that stands by would be
 * worth its least cost, rounded outwards.
 */
export function chooseRange(wish: RangeWish, baseline: CostOption, options: readonly CostOption[]): Range {
  const {load} = wish
  const perRequest = costAt(baseline.curve, load).div(load)
  const worthIt = perRequest.gt(0)
    ? options.map(({curve}) => costAt(curve, load.div(AROUND)).div(perRequest)).filter((at) => at.gt(0))
    : []
  const low = [load, ...(wish.to ? [wish.to] : [])].map((volume) => volume.div(AROUND))
  let from = wish.from ?? rounded(least([...low, ...worthIt.map((at) => at.div(BEYOND))]), 'down')
  const high = [load, from].map((volume) => volume.times(AROUND))
  let to = wish.to ?? rounded(most([...high, ...worthIt.map((at) => at.times(BEYOND))]), 'up')
  const steps = () => Math.max(0, ...options.map(({curve}) => curve.breakCount(from, to)))
  while (wish.to === undefined && steps() > FEW_STEPS && to.gt(load.times(CLOSE))) to = rounded(to.div(2), 'down')
  while (wish.from === undefined && steps() > FEW_STEPS && from.lt(load.div(CLOSE))) from = rounded(from.times(2), 'up')
  for (let turn = 0; turn < HALVINGS && steps() > MOST_STEPS; turn++) {
    if (wish.to === undefined) to = between(most([load, from]), to)
    if (wish.from === undefined) from = between(least([load, to]), from)
  }
  refuseRange({from, to}, steps())
  return {from, to}
}

function refuseRange({from, to}: Range, steps: number): void {
  if (to.lte(from)) {
    throw usageError('EMPTY_RANGE', 'The range of volumes is empty.', {hint: '--from must be less than --to.'})
  }
  if (steps > MOST_STEPS) {
    throw usageError('TOO_MANY_STEPS', `The range holds ${steps.toLocaleString('en-US')} steps of one option.`, {
      why: `Every step can be a crossing; at most ${MOST_STEPS.toLocaleString('en-US')} are compared.`,
      hint: 'Narrow it with --from and --to.',
    })
  }
}

/** To 1, 2 or 5 times a power of ten requests an hour. */
function rounded(volume: Decimal, direction: 'down' | 'up'): Decimal {
  const perHour = volume.div(HOURS_PER_MONTH)
  const power = decimal(10).pow(Math.floor(Math.log10(perHour.toNumber())))
  const marks = [1, 2, 5, 10].map((digit) => power.times(digit))
  const mark = direction === 'up' ? marks.find((one) => one.gte(perHour)) : marks.findLast((one) => one.lte(perHour))
  return (mark ?? perHour).times(HOURS_PER_MONTH)
}

/** Half the way on a logarithmic axis, in whole requests where that tells them apart. */
function between(one: Decimal, other: Decimal): Decimal {
  const middle = one.times(other).sqrt()
  const whole = middle.round(0)
  return whole.eq(one.round(0)) ? middle : whole
}

function least(volumes: readonly Decimal[]): Decimal {
  return volumes.reduce((low, volume) => (volume.lt(low) ? volume : low))
}

function most(volumes: readonly Decimal[]): Decimal {
  return volumes.reduce((high, volume) => (volume.gt(high) ? volume : high))
}
