import type {Chart} from '../../output/chart/chart.js'
import {SIMULATED} from '../../output/simulated.js'
import {originWords} from '../cost-words.js'
import type {BreakEvenResult, BreakEvenVolume} from './breakeven.schema.js'
import {crossingWords, lineName, numberedCrossings, titleOf} from './breakeven-words.js'

/** A wider range than this is shown on logarithmic axes. */
const WIDE = 30

/** The cost of each option over the volume, as a chart. */
export function breakEvenChart(result: BreakEvenResult): Chart {
  const {by, options, prices, range, simulated, workload} = result
  const {load} = workload
  const perRequestPerHour = by === 'requests' ? 1 : load.tokensPerMonth / load.requestsPerHour
  const at = ({requestsPerHour}: Pick<BreakEvenVolume, 'requestsPerHour'>) => requestsPerHour * perRequestPerHour
  const scale = range.to.requestsPerHour / range.from.requestsPerHour >= WIDE ? 'log' : 'linear'
  const currency = options[0]?.atLoad.currency ?? 'USD'
  return {
    title: `Cost of ${titleOf(result)} by volume`,
    note: `${simulated ? `Simulated: ${SIMULATED}; ` : ''}${originWords(prices)}`,
    x: {
      label: by === 'requests' ? 'requests per hour' : 'tokens per month',
      unit: by,
      scale,
      min: at(range.from),
      max: at(range.to),
    },
    y: {label: `${currency} per month`, unit: currency, scale},
    series: options.map((option) => ({
      id: option.id,
      name: lineName(option),
      points: option.points.map((point) => ({x: at(point), y: point.month})),
      dashed: option.floor !== null,
    })),
    crossings: numberedCrossings(result).shown.map((crossing) => ({
      x: at(crossing),
      y: crossing.month.amount,
      label: crossingWords(crossing, result),
    })),
  }
}
