import {lineChart} from '../../output/chart/line-chart.js'
import {lineChartSvg} from '../../output/chart/line-chart-svg.js'
import {formatMoney} from '../../output/money.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {CapacityOption, CapacityPlan, SweptPlan} from './capacity-plan.schema.js'
import {
  commitmentWords,
  hourlyMoney,
  optionWithTerm,
  optionWords,
  recommendationWords,
  shareWords,
  sizeWords,
  throttledWords,
} from './plan-words.js'
import {planCharts} from './render-plan-charts.js'
import {planPage} from './render-plan-page.js'
import {limitWords, trafficWords} from './traffic-words.js'

const COLUMNS: readonly Column<SweptPlan>[] = [
  {key: 'units', title: 'UNITS', value: ({units}) => units, align: 'right'},
  {key: 'baseline', title: 'BASELINE', value: ({baseline}) => baseline, align: 'right'},
  {key: 'on-demand', title: 'ON DEMAND', value: ({onDemand}) => onDemand, align: 'right'},
  {key: 'throttled', title: 'THROTTLED', value: ({throttled}) => throttled, align: 'right'},
  {
    key: 'throttled-minutes',
    title: 'MINUTES',
    value: ({throttledMinutes}) => throttledMinutes,
    align: 'right',
    weight: 3,
  },
  {key: 'utilisation', title: 'UTILISATION', value: ({utilisation}) => utilisation, align: 'right', weight: 2},
  {key: 'capacity-cost', title: 'CAPACITY', value: ({cost}) => cost?.capacity, align: 'right', weight: 1},
  {key: 'token-cost', title: 'TOKENS', value: ({cost}) => cost?.tokens, align: 'right', weight: 1},
  {key: 'total-cost', title: 'TOTAL', value: ({cost}) => cost?.total, align: 'right'},
  {key: 'hourly-cost', title: 'PER HOUR', value: ({cost}) => cost?.totalHourly, align: 'right', weight: 2},
]

/** The view of `capacity plan`: rows are the numbers of units; `version` is what the HTML page says of the tool. */
export function capacityPlanView(version: string): View<CapacityPlan, SweptPlan> {
  return {
    rows: ({sweep}) => sweep,
    columns: () => COLUMNS,
    text: renderPlan,
    extra: {
      svg: (plan) =>
        planCharts(plan)
          .slice(0, 1)
          .map((chart) => lineChartSvg(chart).trimEnd())
          .join('\n'),
      html: (plan) => planPage(plan, version).trimEnd(),
    },
  }
}

/** So wide, what an option commits to has a column. */
const WIDE = 110

async function renderPlan(plan: CapacityPlan, terminal: Terminal): Promise<string> {
  const {assumptions, findings, model, options, sensitivity} = plan
  const say = (text: string) => wrapText(text, terminal.width)
  const [answer = '', ...rest] = recommendationWords(plan)
  const blocks: readonly (readonly string[])[] = [
    [
      ...say(`${model.name}, ${model.region}, ${model.route}`).map((line) => paint('strong', line, terminal)),
      ...[...trafficWords(plan), ...limitWords(plan)].flatMap(say).map((line) => paint('faint', line, terminal)),
    ],
    [...say(answer).map((line) => paint('strong', line, terminal)), ...rest.flatMap(say)],
    [await renderTable(options, optionColumns(plan), terminal)],
    ...planCharts(plan).map((chart) => [lineChart({...chart, note: undefined}, terminal)]),
    plan.marginal.length === 0 ? [] : [await renderTable(plan.marginal, marginalColumns(plan), terminal)],
    sensitivity.length === 0
      ? []
      : [
          paint('strong', 'If it were otherwise', terminal),
          await renderTable(sensitivity, caseColumns(plan), terminal),
        ],
    findings.flatMap(say),
    say(`Assumed: ${assumptions.join('; ')}.`),
  ]
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

function optionColumns(plan: CapacityPlan): readonly Column<CapacityOption>[] {
  return [
    {key: 'best', title: 'BEST', value: ({id}) => (id === plan.best ? 'best' : '')},
    {
      key: 'option',
      title: 'OPTION',
      value: optionWords,
      text: (option, {width}) => (width < WIDE ? optionWithTerm(option) : optionWords(option)),
    },
    {key: 'size', title: 'TAKES', value: (option) => sizeWords(option, plan)},
    {
      key: 'throttled',
      title: 'THROTTLED',
      value: ({throttled}) => throttledWords(throttled, plan),
      align: 'right',
    },
    {key: 'hourly', title: 'PER HOUR', value: (option) => hourlyMoney(option, plan), align: 'right'},
    {key: 'used', title: 'USED', value: ({utilisation}) => shareWords(utilisation), align: 'right', weight: 2},
    {key: 'commits', title: 'COMMITS TO', value: commitmentWords, weight: 1},
  ]
}

function marginalColumns({currency, unit}: CapacityPlan): readonly Column<CapacityPlan['marginal'][number]>[] {
  const hourly = unit.offers.find(({id}) => id === unit.sweptAt)?.hourly
  const costs = hourly ? `, COSTS ${formatMoney(hourly.amount, hourly.currency)}` : ''
  return [
    {key: 'unit', title: 'UNIT', value: (one) => one.unit, align: 'right'},
    {key: 'requests', title: 'TAKES REQUESTS', value: ({requests}) => Math.round(requests), align: 'right'},
    {
      key: 'worth',
      title: `WORTH AN HOUR${costs}`,
      value: ({worthHourly}) => formatMoney(worthHourly, currency),
      align: 'right',
    },
    {key: 'pays', title: 'PAYS', value: ({pays}) => (pays === null ? '?' : pays ? 'yes' : 'no')},
  ]
}

function caseColumns(plan: CapacityPlan): readonly Column<CapacityPlan['sensitivity'][number]>[] {
  const money = (amount: number | null) => (amount === null ? '?' : formatMoney(amount, plan.currency))
  const hours = plan.traffic.minutes / 60
  const hourly = (amount: number | null) => money(amount === null ? null : amount / hours)
  const units: readonly Column<CapacityPlan['sensitivity'][number]>[] =
    plan.unit.sweptAt === null
      ? []
      : [
          {
            key: 'best',
            title: 'BEST UNITS',
            value: ({bestUnits, changes}) => `${bestUnits ?? '?'}${changes ? ' ←' : ''}`,
            align: 'right',
          },
          {key: 'total', title: 'PER HOUR', value: ({total}) => hourly(total), align: 'right'},
        ]
  return [
    {key: 'case', title: 'CASE', value: (one) => one.case},
    {
      key: 'throttled',
      title: 'THROTTLED TODAY',
      value: ({throttledToday}) => throttledToday,
      align: 'right',
    },
    {
      key: 'enough',
      title: 'QUOTA ENOUGH',
      value: ({enoughTokensPerMinute}) => enoughTokensPerMinute.toLocaleString('en-US'),
      align: 'right',
      weight: 1,
    },
    ...units,
    {
      key: 'raised',
      title: 'ALL ON DEMAND',
      value: ({raisedTotal}) => hourly(raisedTotal),
      align: 'right',
      weight: 2,
    },
  ]
}
