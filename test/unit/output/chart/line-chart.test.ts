import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {lineChart} from '../../../../src/lib/output/chart/line-chart.js'
import {widthOf} from '../../../../src/lib/output/wrap.js'
import {PIPE, terminalOf} from '../../../support/terminals.js'
import {anyChart, plainChart} from './arbitrary-chart.js'

const anyTerminal = fc.record({
  width: fc.oneof({weight: 5, arbitrary: fc.integer({min: 40, max: 200})}, fc.integer({min: 1, max: 39})),
  color: fc.boolean(),
  interactive: fc.constant(true),
  unicode: fc.boolean(),
})

/** The rows of the plot, without the axis and what is left of it. */
function plotOf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => /^[^│┤|+]*[│┤|+](.*)$/.exec(line)?.[1] ?? [])
}

describe('what a terminal shows', () => {
  test('lines, letters, the crossing and both axes', () => {
    const text = lineChart(plainChart(), terminalOf(60))

    expect(text).toMatchInlineSnapshot(`
      "Cost per month

      USD per month (logarithmic)
           │                                                  ⢀⡠⠔⠊
           │                                               ⣀⠤⠊⠁
           │                                           ⢀⠤⠒⠉
      $10k ┤                                       ⢀⡠A⠊⠁
           │                                    ⣀⠤⠒⠁
           │                                ⢀⡠⠔⠉
           │                             ⡠⠔⠊⠁
           │                         A⠤⠒⠉
       $1k ┤⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒B⠒⠒⠒⠒⠒⠒⢒⡲1⠚⠒⠒⠒⠒⠒⠒⠒B⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒⠒B⠒⠒⠒
           │                  ⣀⠔⠊⠁
           │              ⢀⠤⠒⠉
           │          ⢀⡠⠔⠊⠁
           │       ⣀⠤⠒⠁
      $100 ┤   ⢀⡠A⠉
           │⡠⠔⠊⠁
           └┬─────────────────┬────────────────┬─────────────────┬
           10                100              1k               10k
                       requests per hour (logarithmic)

      A  On-demand       B  One model unit
      1  where two lines cross"
    `)
  })

  test('a terminal without Unicode gets ASCII alone', () => {
    const text = lineChart(plainChart(), terminalOf(60, {unicode: false}))

    expect(text).toMatch(/^[\n\x20-\x7E]*$/)
    expect(plotOf(text).join('')).toMatch(/A.*1/s)
  })

  test('every line has its mark in the legend and in the plot', () => {
    const names = Array.from({length: 9}, (_, index) => `Option number ${index}`)
    const series = names.map((name, index) => ({
      id: name,
      name,
      points: [
        {x: 10, y: 5 ** index},
        {x: 10_000, y: 5 ** index},
      ],
    }))

    const text = lineChart(plainChart({series, crossings: []}), terminalOf(80))

    const plot = plotOf(text).join('\n')
    for (const [index, name] of names.entries()) {
      const mark = 'ABCDEFGHI'[index] ?? ''
      expect(text).toContain(`${mark}  ${name}`)
      expect(plot).toContain(mark)
    }
  })

  test('a step goes straight up where it is', () => {
    const points = [
      {x: 0, y: 0},
      {x: 50, y: 0},
      {x: 50, y: 100},
      {x: 100, y: 100},
    ]
    const x = {label: 'requests', unit: 'requests', scale: 'linear', min: 0, max: 100} as const
    const y = {label: 'USD', unit: 'USD', scale: 'linear'} as const

    const text = lineChart(
      plainChart({x, y, series: [{id: 'step', name: 'Step', points}], crossings: []}),
      terminalOf(80),
    )

    const columns = plotOf(text).flatMap((line, row, rows) =>
      row > 0 && row < rows.length - 2 ? [line.trim() === '' ? -1 : line.search(/\S/)] : [],
    )
    expect(new Set(columns).size).toBe(1)
  })

  test('a logarithmic axis never shows 0', () => {
    const text = lineChart(
      plainChart({
        x: {...plainChart().x, min: 0},
        series: [
          {
            id: 'a',
            name: 'From nothing',
            points: [
              {x: 0, y: 0},
              {x: 10_000, y: 500},
            ],
          },
        ],
        crossings: [{x: 0, y: 0, label: 'both are free'}],
      }),
      terminalOf(80),
    )

    expect(text).not.toMatch(/(^|\s)\$?0(\s|$)/m)
    expect(text).toContain('1  where two lines cross outside this chart')
  })

  test('a line of which nothing is in view says so in the legend', () => {
    const series = [...plainChart().series, {id: 'none', name: 'Not priced', points: []}]

    expect(lineChart(plainChart({series}), terminalOf(80))).toContain('C  Not priced (nothing to draw here)')
  })

  test('colour repeats what the letters say, and only where there is colour', () => {
    const colored = lineChart(plainChart(), terminalOf(80, {color: true}))

    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this removes.
    expect(colored.replace(/\u001B\[\d+m/g, '')).toBe(lineChart(plainChart(), terminalOf(80)))
    expect(colored).toContain('\u001B[')
    expect(lineChart(plainChart(), PIPE)).not.toContain('\u001B')
  })

  test('a terminal too narrow for a plot gets a sentence', () => {
    expect(lineChart(plainChart(), terminalOf(30))).toBe('Cost per month\nA chart needs 40 columns.')
  })
})

test('whatever the chart, no line is wider than the terminal', async () => {
  await fc.assert(
    fc.asyncProperty(anyChart, anyTerminal, async (chart, terminal) => {
      for (const line of lineChart(chart, terminal).split('\n')) {
        // A single wide character has to go somewhere.
        expect(widthOf(line)).toBeLessThanOrEqual(Math.max(2, terminal.width))
      }
    }),
  )
})

test('whatever the chart, no text from outside reaches the terminal as a control sequence', async () => {
  await fc.assert(
    fc.asyncProperty(anyChart, async (chart) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there.
      expect(lineChart(chart, PIPE)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/)
    }),
  )
})

test('every crossing inside the window is numbered in the plot', async () => {
  const place = fc.record({
    x: fc.double({min: 10, max: 10_000, noNaN: true}),
    y: fc.double({min: 50, max: 50_000, noNaN: true}),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(place, {minLength: 1, maxLength: 12}), async (places) => {
      const crossings = places.map((crossing) => ({...crossing, label: 'here'}))

      const plot = plotOf(lineChart(plainChart({crossings}), terminalOf(80))).join('\n')

      const numbers = plot.match(/\d+/g) ?? []
      expect(numbers.map(Number).sort((a, b) => a - b)).toEqual(crossings.map((_, index) => index + 1))
    }),
  )
})
