import {lineChart} from '../../output/chart/line-chart.js'
import {lineChartSvg} from '../../output/chart/line-chart-svg.js'
import {formatMoney} from '../../output/money.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import {originWords} from '../cost-words.js'
import type {BreakEvenCrossing, BreakEvenOption, BreakEvenResult} from './breakeven.schema.js'
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
  unpricedLines,
  volumeNumber,
  volumeWords,
  WAIT,
} from './breakeven-words.js'
import {breakEvenChart} from './render-breakeven-chart.js'
import {breakEvenPage} from './render-breakeven-page.js'

const COLUMNS: readonly Column<BreakEvenCrossing>[] = [
  {key: 'number', title: '#', value: ({number}) => number, align: 'right', weight: 2},
  {key: 'requests-per-hour', title: 'REQUESTS/HOUR', value: ({requestsPerHour}) => requestsPerHour, weight: 0},
  {key: 'requests-per-month', title: 'REQUESTS/MONTH', value: ({requestsPerMonth}) => requestsPerMonth, weight: 3},
  {key: 'tokens-per-month', title: 'TOKENS/MONTH', value: ({tokensPerMonth}) => tokensPerMonth, weight: 1},
  {key: 'month', title: 'MONTH', value: ({month}) => month.amount, align: 'right', weight: 0},
  {key: 'currency', title: 'CURRENCY', value: ({month}) => month.currency, weight: 3},
  {key: 'kind', title: 'KIND', value: ({kind}) => kind, weight: 3},
  {key: 'cheaper-below', title: 'CHEAPER BELOW', value: ({cheaperBelow}) => cheaperBelow, weight: 0},
  {key: 'cheaper-above', title: 'CHEAPER ABOVE', value: ({cheaperAbove}) => cheaperAbove, weight: 0},
  {key: 'certain', title: 'CERTAIN', value: ({certain}) => certain, weight: 2},
  {key: 'changes-cheapest', title: 'CHANGES CHEAPEST', value: ({changesCheapest}) => changesCheapest, weight: 2},
]

/** The view of `cost breakeven`; `version` is what the HTML page says of the tool. */
export function breakEvenView(version: string): View<BreakEvenResult, BreakEvenCrossing> {
  return {
    rows: ({crossings}) => crossings,
    columns: () => COLUMNS,
    text: renderBreakEven,
    extra: {
      svg: (result) => lineChartSvg(breakEvenChart(result)).trimEnd(),
      html: (result) => breakEvenPage(result, version).trimEnd(),
    },
  }
}

async function renderBreakEven(result: BreakEvenResult, terminal: Terminal): Promise<string> {
  const {assumptions, by, excluded, neverCross, notPriced, prices, workload} = result
  const say = (text: string) => wrapText(text, terminal.width)
  const {inputTokens, load, modelId, outputTokens, region, route} = workload
  const shape = `${inputTokens.toLocaleString('en-US')} input and ${outputTokens.toLocaleString('en-US')} output tokens a request`
  const blocks = [
    [
      ...say(titleOf(result)).map((line) => paint('strong', line, terminal)),
      ...say(`${modelId}, ${region}, ${route}: ${shape}; ${originWords(prices)}`).map((line) =>
        paint('faint', line, terminal),
      ),
    ],
    ...result.cheapest.map((choice) => cheapestLines(choice, result, terminal)),
    [lineChart({...breakEvenChart(result), note: undefined}, terminal)],
    await crossingLines(result, terminal),
    [
      ...say(`At the load asked about, ${volumeWords(load, by)}`).map((line) => paint('strong', line, terminal)),
      await renderTable(result.options, optionColumns(), terminal),
    ],
    [
      ...neverCross.flatMap((never) => say(neverWords(never, result))),
      ...noteLines(result).flatMap((line) => say(`${line}.`)),
    ],
    [
      ...(notPriced.length === 0 ? [] : [paint('strong', 'Not compared', terminal)]),
      ...unpricedLines(notPriced).flatMap((line) => hanging(line, terminal)),
    ],
    [
      ...(assumptions.length === 0 ? [] : say(`Assumed: ${assumptions.join('; ')}.`)),
      ...(excluded.length === 0 ? [] : say(`Not included: ${excluded.join(', ')}.`)),
    ],
  ]
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

/** Names of options beside their range are at least as wide, or stand in its line. */
const LEAST_NAME = 24

/** A class of latencies has a block where waiting longer makes something cheaper. */
function cheapestLines(
  {latency, ranges}: BreakEvenResult['cheapest'][number],
  result: BreakEvenResult,
  terminal: Terminal,
): string[] {
  const rows = rangeLines(ranges, result)
  const width = Math.max(0, ...rows.map(([where]) => where.length))
  return [
    paint('strong', CHOICE_WORDS[latency], terminal),
    ...rows.flatMap(([where, name]) => {
      const rest = terminal.width - width - 4
      if (rest < LEAST_NAME) return hanging(`${where}  ${name}`, terminal)
      return wrapText(name, rest).map((line, index) => `  ${(index === 0 ? where : '').padEnd(width)}  ${line}`)
    }),
  ]
}

async function crossingLines(result: BreakEvenResult, terminal: Terminal): Promise<string[]> {
  const {all, shown} = numberedCrossings(result)
  if (shown.length === 0) return wrapText('No two of these options cross in this range.', terminal.width)
  const table = await renderTable(shown, crossingColumns(result), terminal)
  const more = all.length - shown.length
  return [
    table,
    ...(shown.some(({certain}) => !certain) ? wrapText('? only the least cost of it is known', terminal.width) : []),
    ...(more > 0 ? wrapText(`and ${more} more: -o json has all`, terminal.width) : []),
  ]
}

function crossingColumns(result: BreakEvenResult): readonly Column<BreakEvenCrossing>[] {
  const {by} = result
  return [
    {key: 'number', title: '#', value: ({number}) => number, align: 'right', weight: 0},
    {
      key: 'volume',
      title: by === 'requests' ? 'REQUESTS/HOUR' : 'TOKENS/MONTH',
      value: (crossing) => volumeNumber(crossing, by),
      align: 'right',
      weight: 0,
    },
    {
      key: by === 'requests' ? 'tokens-per-month' : 'requests-per-hour',
      title: by === 'requests' ? 'TOKENS/MONTH' : 'REQUESTS/HOUR',
      value: (crossing) => volumeNumber(crossing, by === 'requests' ? 'tokens' : 'requests'),
      align: 'right',
      weight: 3,
    },
    {
      key: 'month',
      title: 'A MONTH',
      value: ({month}) => formatMoney(month.amount, month.currency),
      align: 'right',
      weight: 1,
    },
    {key: 'below', title: 'CHEAPER BELOW', value: ({cheaperBelow}) => nameOf(cheaperBelow, result), weight: 0},
    {
      key: 'above',
      title: 'CHEAPER ABOVE',
      value: ({certain, cheaperAbove}) => `${nameOf(cheaperAbove, result)}${certain ? '' : '?'}`,
      weight: 0,
    },
  ]
}

function optionColumns(): readonly Column<BreakEvenOption>[] {
  return [
    {key: 'option', title: 'OPTION', value: lineName, weight: 0},
    {
      key: 'month',
      title: 'A MONTH',
      value: ({atLoad}) => formatMoney(atLoad.amount, atLoad.currency),
      align: 'right',
      weight: 0,
    },
    {
      key: 'filled',
      title: 'FULL, PER 1M',
      value: filledMoney,
      align: 'right',
      weight: 2,
    },
    {key: 'answers', title: 'ANSWERS', value: ({latency}) => WAIT[latency], weight: 1},
    {key: 'commits', title: 'COMMITS TO', value: commitmentWords, weight: 1},
    {key: 'processed', title: 'PROCESSED IN', value: ({residency}) => residency, weight: 2},
  ]
}

function hanging(text: string, terminal: Terminal): string[] {
  return wrapText(text, Math.max(1, terminal.width - 4)).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`)
}
