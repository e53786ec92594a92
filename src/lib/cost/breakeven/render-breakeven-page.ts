import {type ChartPage, chartPage} from '../../output/chart/chart-page.js'
import type {PageTable} from '../../output/chart/page-parts.js'
import {formatMoney} from '../../output/money.js'
import {lineWords, originWords, priceWords} from '../cost-words.js'
import type {BreakEvenResult} from './breakeven.schema.js'
import {
  CHOICE_WORDS,
  commitmentWords,
  filledMoney,
  lineName,
  nameOf,
  neverWords,
  noteLines,
  numberedCrossings,
  rangeLines,
  titleOf,
  UNIT,
  unpricedLines,
  volumeNumber,
  volumeWords,
  WAIT,
} from './breakeven-words.js'
import {breakEvenChart} from './render-breakeven-chart.js'

/** The answer as one HTML file. */
export function breakEvenPage(result: BreakEvenResult, version: string): string {
  const {assumptions, excluded, notPriced, prices, simulated} = result
  const page: ChartPage = {
    title: `Break-even of ${titleOf(result)}`,
    summary: summaryOf(result),
    charts: [breakEvenChart(result)],
    tables: [crossingTable(result), optionTable(result), priceTable(result)].filter(({rows}) => rows.length > 0),
    footnotes: [
      ...result.neverCross.map((never) => neverWords(never, result)),
      ...noteLines(result).map((line) => `${line}.`),
      ...unpricedLines(notPriced).map((line) => `Not compared: ${line}.`),
      ...(assumptions.length === 0 ? [] : [`Assumed: ${assumptions.join('; ')}.`]),
      ...(excluded.length === 0 ? [] : [`Not included: ${excluded.join(', ')}.`]),
      `${originWords(prices)}.`,
    ],
    tool: `bedrockctl ${version}`,
    simulated,
  }
  return chartPage(page)
}

function summaryOf(result: BreakEvenResult): readonly string[] {
  const {by, workload} = result
  return [
    `${workload.inputTokens.toLocaleString('en-US')} input and ${workload.outputTokens.toLocaleString('en-US')} output tokens a request, ${workload.modelId} from ${workload.region} (${workload.route}); ${volumeWords(workload.load, by)} are asked about.`,
    ...result.cheapest.map(({latency, ranges}) => {
      const parts = rangeLines(ranges, result).map(([where, name]) => `${name} from ${where}`)
      return `${CHOICE_WORDS[latency]}: ${parts.join('; ')}.`
    }),
  ]
}

function crossingTable(result: BreakEvenResult): PageTable {
  const right = {align: 'right'} as const
  return {
    caption: 'Where the cheaper of two options changes',
    columns: [
      {title: '#', ...right},
      {title: UNIT[result.by], ...right},
      {title: 'A month', ...right},
      {title: 'Cheaper below'},
      {title: 'Cheaper above'},
    ],
    rows: numberedCrossings(result).all.map((crossing) => [
      String(crossing.number),
      volumeNumber(crossing, result.by),
      formatMoney(crossing.month.amount, crossing.month.currency),
      nameOf(crossing.cheaperBelow, result),
      `${nameOf(crossing.cheaperAbove, result)}${crossing.certain ? '' : ' (only its least cost is known)'}`,
    ]),
  }
}

function optionTable(result: BreakEvenResult): PageTable {
  return {
    caption: `What each option changes, and its cost at ${volumeWords(result.workload.load, result.by)}`,
    columns: [
      {title: 'Option'},
      {title: 'A month', align: 'right'},
      {title: 'Filled, per 1M tokens', align: 'right'},
      {title: 'Answers come'},
      {title: 'Commits to'},
      {title: 'Processed in'},
    ],
    rows: result.options.map((option) => [
      lineName(option),
      `${option.floor === null ? '' : '≥ '}${formatMoney(option.atLoad.amount, option.atLoad.currency)}`,
      filledMoney(option),
      WAIT[option.latency],
      commitmentWords(option),
      option.residency,
    ]),
  }
}

function priceTable({options}: BreakEvenResult): PageTable {
  return {
    caption: 'Prices',
    columns: [{title: 'Option'}, {title: 'For'}, {title: 'Price'}, {title: 'Of'}, {title: 'Source'}],
    rows: options.flatMap(({name, prices}) =>
      prices.map(({price, ...line}) => [
        name,
        lineWords(line),
        priceWords(price),
        price.asOf,
        price.sources.join('; '),
      ]),
    ),
  }
}
