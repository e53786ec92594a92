import {chartPage} from '../../output/chart/chart-page.js'
import type {PageTable} from '../../output/chart/page-parts.js'
import {formatMoney} from '../../output/money.js'
import type {CapacityPlan} from './capacity-plan.schema.js'
import {commitmentWords, hourlyMoney, recommendationWords, shareWords, sizeWords, throttledWords} from './plan-words.js'
import {planCharts} from './render-plan-charts.js'
import {limitWords, trafficWords} from './traffic-words.js'

/** The answer as one HTML file. */
export function planPage(plan: CapacityPlan, version: string): string {
  return chartPage({
    title: `Capacity for ${plan.model.name}`,
    summary: [recommendationWords(plan).join(' '), `${[...trafficWords(plan), ...limitWords(plan)].join('. ')}.`],
    charts: planCharts(plan),
    tables: [optionTable(plan), sweepTable(plan), caseTable(plan)].filter(({rows}) => rows.length > 0),
    footnotes: [...plan.findings, `Assumed: ${plan.assumptions.join('; ')}.`],
    tool: `bedrockctl ${version}`,
    simulated: plan.simulated,
  })
}

const RIGHT = {align: 'right'} as const

function optionTable(plan: CapacityPlan): PageTable {
  return {
    caption: 'Ways to serve the traffic',
    columns: [
      {title: 'Option'},
      {title: 'Takes'},
      {title: 'Throttled', ...RIGHT},
      {title: 'An hour', ...RIGHT},
      {title: 'Used', ...RIGHT},
      {title: 'Commits to'},
    ],
    rows: plan.options.map((option) => [
      option.id === plan.best ? `${option.name} (best)` : option.name,
      sizeWords(option, plan),
      throttledWords(option.throttled, plan),
      hourlyMoney(option, plan),
      shareWords(option.utilisation),
      commitmentWords(option),
    ]),
  }
}

function sweepTable(plan: CapacityPlan): PageTable {
  const number = (value: number | null) => (value === null ? '?' : value.toLocaleString('en-US'))
  return {
    caption: 'By number of units',
    columns: ['Units', 'Baseline', 'On demand', 'Throttled', 'Used', 'An hour'].map((title) => ({title, ...RIGHT})),
    rows: plan.sweep.map((swept) => [
      number(swept.units),
      number(swept.baseline),
      number(swept.onDemand),
      number(swept.throttled),
      shareWords(swept.utilisation),
      hourlyMoney(swept, plan),
    ]),
  }
}

function caseTable({currency, sensitivity}: CapacityPlan): PageTable {
  const money = (amount: number | null) => (amount === null ? '?' : formatMoney(amount, currency))
  return {
    caption: 'If it were otherwise (costs of the whole traffic)',
    columns: [
      {title: 'Case'},
      {title: 'Throttled today', ...RIGHT},
      {title: 'Quota that is enough', ...RIGHT},
      {title: 'Best units', ...RIGHT},
      {title: 'Cost', ...RIGHT},
      {title: 'All on demand', ...RIGHT},
    ],
    rows: sensitivity.map((one) => [
      one.case,
      one.throttledToday === null ? '?' : one.throttledToday.toLocaleString('en-US'),
      one.enoughTokensPerMinute.toLocaleString('en-US'),
      one.bestUnits === null ? '?' : `${one.bestUnits}${one.changes ? ' (another)' : ''}`,
      money(one.total),
      money(one.raisedTotal),
    ]),
  }
}
