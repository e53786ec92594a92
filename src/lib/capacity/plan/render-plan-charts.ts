import type {Chart, ChartSeries} from '../../output/chart/chart.js'
import {SIMULATED} from '../../output/simulated.js'
import type {CapacityPlan, SweptPlan} from './capacity-plan.schema.js'

/** Of fewer units a table says as much. */
const FEWEST = 2

/** Cost and throttles over the number of units; none where there are no units to compare. */
export function planCharts(plan: CapacityPlan): readonly Chart[] {
  const most = plan.sweep.at(-1)?.units ?? 0
  if (most < FEWEST) return []
  const x = {label: 'model units', unit: 'units', scale: 'linear', min: 0, max: most} as const
  const note = plan.simulated ? `Simulated: ${SIMULATED}` : undefined
  const line = (id: string, name: string, of: (swept: SweptPlan) => number | null): ChartSeries => ({
    id,
    name,
    points: plan.sweep.flatMap((swept) => {
      const y = of(swept)
      return y === null ? [] : [{x: swept.units, y}]
    }),
  })
  const hours = plan.traffic.minutes / 60
  const money = [
    line('total', 'In all', ({cost}) => cost && cost.total / hours),
    line('capacity', 'Units', ({cost}) => cost && cost.capacity / hours),
    line('tokens', 'On demand', ({cost}) => cost && cost.tokens / hours),
  ].filter(({points}) => points.length > 1)
  const lost = line('throttled', 'Throttled', ({throttled}) => throttled)
  const cost: Chart = {
    ...{title: `Cost of ${plan.model.name} by model units`, note, x, series: money, crossings: []},
    y: {label: `${plan.currency} an hour`, unit: plan.currency, scale: 'linear'},
  }
  const throttles: Chart = {
    ...{title: 'Requests that are throttled', note, x, series: [lost], crossings: []},
    y: {label: 'requests', unit: 'requests', scale: 'linear'},
  }
  return [
    ...(money.length > 0 ? [cost] : []),
    ...(lost.points.length > 1 && lost.points.some(({y}) => y > 0) ? [throttles] : []),
  ]
}
