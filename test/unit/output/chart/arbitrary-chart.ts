import * as fc from 'fast-check'
import type {Axis, Chart, ChartSeries} from '../../../../src/lib/output/chart/chart.js'

/** Names and labels as people, tags and attackers write them. */
const anyText = fc.oneof(
  fc.string({unit: 'binary', maxLength: 40}),
  fc.string({unit: 'grapheme', maxLength: 80}),
  fc.constantFrom(
    '',
    '日本語のモデル名はとても長いことがあります',
    '\u001B[31mred\u001B[0m\u0007',
    'a\nb\tc',
    '</text><script>alert(1)</script>',
    '" onload="alert(1)',
    ']]></style><!--',
    '\uD800 alone',
    '\uFFFE\uFFFF',
    'x'.repeat(300),
  ),
)

/** Any number at all, and the ordinary more often. */
const anyNumber = fc.oneof(
  {weight: 4, arbitrary: fc.double({min: 0, max: 1e9, noNaN: true})},
  {weight: 2, arbitrary: fc.constantFrom(0, 1, 10, 1000, -1, 1e-9, 1e15)},
  fc.double(),
)

const anyPoint = fc.record({x: anyNumber, y: anyNumber})

const axis = {
  label: anyText,
  unit: fc.constantFrom('USD', 'tokens/month', ''),
  scale: fc.constantFrom<Axis['scale'][]>('linear', 'log'),
}

const anySeries: fc.Arbitrary<ChartSeries> = fc.record({
  id: anyText,
  name: anyText,
  points: fc.array(anyPoint, {maxLength: 30}),
  dashed: fc.boolean(),
})

/** Any chart, however odd: empty, upside down, infinite. */
export const anyChart: fc.Arbitrary<Chart> = fc.record({
  title: anyText,
  note: anyText,
  x: fc.record({...axis, min: anyNumber, max: anyNumber}),
  y: fc.record(axis),
  series: fc.oneof(
    {weight: 9, arbitrary: fc.array(anySeries, {maxLength: 12})},
    fc.array(anySeries, {minLength: 50, maxLength: 56}),
  ),
  crossings: fc.array(fc.record({x: anyNumber, y: anyNumber, label: anyText}), {maxLength: 14}),
})

/** On-demand against one provisioned model unit: the lines cross at 200 requests an hour. */
export function plainChart(changes: Partial<Chart> = {}): Chart {
  return {
    title: 'Cost per month',
    x: {label: 'requests per hour', unit: 'requests/hour', scale: 'log', min: 10, max: 10_000},
    y: {label: 'USD per month', unit: 'USD', scale: 'log'},
    series: [
      {
        id: 'on-demand',
        name: 'On-demand',
        points: [
          {x: 10, y: 50},
          {x: 10_000, y: 50_000},
        ],
      },
      {
        id: 'unit',
        name: 'One model unit',
        points: [
          {x: 10, y: 1000},
          {x: 10_000, y: 1000},
        ],
      },
    ],
    crossings: [{x: 200, y: 1000, label: 'On-demand costs as much as one model unit'}],
    ...changes,
  }
}
