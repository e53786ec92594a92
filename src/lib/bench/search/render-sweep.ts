import {formatMoney} from '../../output/money.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {BenchSweep} from './bench-sweep.schema.js'
import {figure} from './judge-level.js'

type Point = BenchSweep['points'][number]

const COLUMNS: readonly Column<Point>[] = [
  {key: 'target', title: 'TARGET', value: ({name}) => name, weight: 0},
  {key: 'level', title: 'LEVEL', value: ({label}) => label, weight: 0},
  number(
    'latency-ms',
    'LATENCY',
    ({latencyMs}) => latencyMs,
    0,
    (value) => `${figure(value)} ms`,
  ),
  number('output-tokens-per-second', 'TOKENS/S', ({outputTokensPerSecond}) => outputTokensPerSecond, 0),
  number('requests-per-second', 'REQUESTS/S', ({requestsPerSecond}) => requestsPerSecond, 3),
  number('goodput', 'GOOD/S', ({goodputPerSecond}) => goodputPerSecond, 2),
  number(
    'attainment',
    'GOOD',
    ({attainment}) => attainment,
    3,
    (value) => `${figure(value * 100)} %`,
  ),
  number(
    'usd-per-million-output',
    '$/1M OUT',
    ({usdPerMillionOutput}) => usdPerMillionOutput,
    1,
    (value) => formatMoney(value, 'USD'),
  ),
  {key: 'front', title: 'FRONT', value: ({front}) => front, text: ({front}) => (front ? 'front' : '-'), weight: 0},
  {
    key: 'beaten-by',
    title: 'BEATEN BY',
    value: ({beatenBy}) => beatenBy,
    text: ({beatenBy}) => beatenBy ?? '',
    weight: 4,
  },
]

function number(
  key: string,
  title: string,
  value: (point: Point) => number | null,
  weight: number,
  words: (value: number) => string = figure,
): Column<Point> {
  const text = (point: Point) => {
    const told = value(point)
    return told === null ? '-' : words(told)
  }
  return {key, title, value, text, align: 'right', weight}
}

/** What is good is told where there are objectives to be good by. */
function columnsOf(points: readonly Point[]): readonly Column<Point>[] {
  const isJudged = points.some(({attainment}) => attainment !== null)
  return isJudged ? COLUMNS : COLUMNS.filter(({key}) => key !== 'goodput' && key !== 'attainment')
}

export const sweepView: View<BenchSweep, Point> = {
  rows: ({points}) => points,
  columns: ({points}) => columnsOf(points),
  text: renderSweep,
  empty: 'Nothing was measured.',
}

async function renderSweep(sweep: BenchSweep, terminal: Terminal): Promise<string> {
  const say = (text: string) => wrapText(text, terminal.width)
  const front = sweep.points.filter((point) => point.front)
  const blocks = [
    say(
      `${front.length} of ${sweep.points.length} points are beaten by none on ${sweep.latency}, throughput and price: ${front.map(({label, name}) => `${name} at ${label}`).join(', ') || 'none could be judged'}.`,
    ).map((line) => paint('strong', line, terminal)),
    [await renderTable(sweep.points, columnsOf(sweep.points), terminal)],
    say(
      'Points are compared by the values that were measured, not by intervals: near ones may change places in another run.',
    ),
    sweep.reasons.flatMap(say),
    say(`Kept as ${sweep.run} (${sweep.ended}, ${sweep.verdict}): bedrockctl bench report ${sweep.run}`),
  ]
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}
