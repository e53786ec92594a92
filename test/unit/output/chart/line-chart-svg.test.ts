import * as fc from 'fast-check'
import {expect, test} from 'vitest'
import {validateXML} from 'xmllint-wasm'
import type {Chart} from '../../../../src/lib/output/chart/chart.js'
import {dashOf, HUE_COUNT} from '../../../../src/lib/output/chart/chart-style.js'
import {lineChartSvg} from '../../../../src/lib/output/chart/line-chart-svg.js'
import {anyChart, plainChart} from './arbitrary-chart.js'

const NAMES = Array.from({length: 9}, (_, index) => `Option number ${index}`)
const flat = (y: number) => [
  {x: 10, y},
  {x: 10_000, y},
]

/** The names of the elements in order, which no text may change. */
function skeleton(svg: string): readonly string[] {
  return svg.match(/<\/?[a-z]+/g) ?? []
}

test('the picture has a title, a description of every line and crossing, and the role of one image', () => {
  const svg = lineChartSvg(plainChart())

  expect(svg).toMatch(
    /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" class="chart" role="img" aria-labelledby="chart-title chart-desc"/,
  )
  expect(svg).toContain('<title id="chart-title">Cost per month</title>')
  expect(svg).toContain(
    'Line chart of USD per month over requests per hour, from 10 to 10k. Lines: A: On-demand; B: One model unit. Crossings: 1: On-demand costs as much as one model unit.',
  )
})

test('every line has its letter on the line and in the legend, and a stroke of its own', () => {
  const series = NAMES.map((name, index) => ({id: name, name, points: flat(5 ** index)}))

  const svg = lineChartSvg(plainChart({series, crossings: []}))

  for (const [index, name] of NAMES.entries()) {
    expect(svg).toContain(`>${name}</text>`)
    expect(svg.split(`>${'ABCDEFGHI'[index]}</text>`).length).toBeGreaterThan(2)
  }
  expect(new Set(NAMES.map((_, index) => `${dashOf(index, false)} ${index % HUE_COUNT}`)).size).toBe(NAMES.length)
})

test('lines beside each other differ in dashes, and a broken line is dotted', () => {
  for (let index = 1; index < 30; index++) expect(dashOf(index, false)).not.toBe(dashOf(index - 1, false))
  expect(dashOf(3, true)).toMatch(/^0\.1 /)
})

test('numbers of an axis stand clear of one another, the round ones first', () => {
  const x = {...plainChart().x, scale: 'log', min: 88, max: 700, unit: 'ms'} as const
  const points = [
    {x: 88, y: 1},
    {x: 700, y: 2},
  ]

  const svg = lineChartSvg(plainChart({x, series: [{id: 'a', name: 'a', points}], crossings: []}))

  const numbers = [...svg.matchAll(/class="soft middle" x="([\d.]+)"[^>]*>([\d,]+ ms)</g)]
  expect(numbers.map(([, , text]) => text)).toContain('100 ms')
  for (const [index, [, x, text]] of numbers.slice(1).entries()) {
    const [, before, other] = numbers[index] ?? []
    expect(Number(x) - Number(before)).toBeGreaterThan(3.9 * (String(text).length + String(other).length))
  }
})

test('what is zero throughout lies on the ground', () => {
  const svg = lineChartSvg(
    plainChart({
      y: {...plainChart().y, scale: 'linear'},
      series: [{id: 'a', name: 'a', points: flat(0)}],
      crossings: [],
    }),
  )

  expect(svg).not.toMatch(/>-\S*\d</)
})

test('the same chart is the same text', () => {
  expect(lineChartSvg(plainChart())).toBe(lineChartSvg(structuredClone(plainChart())))
})

test('nothing is loaded or run', () => {
  const svg = lineChartSvg(plainChart())

  expect(svg).not.toMatch(/<(script|image|use|foreignObject|a)\b|href|url\(|@import| on\w+=| style="/)
  expect(svg).toContain('prefers-color-scheme:dark')
})

test('no chart makes a number that is none', async () => {
  await fc.assert(
    fc.asyncProperty(anyChart, async (chart) => {
      const drawn = lineChartSvg({
        ...chart,
        title: '',
        note: '',
        series: chart.series.map((line) => ({...line, name: ''})),
      })

      expect(drawn.replace(/<(title|desc)[^>]*>[^<]*/g, '')).not.toMatch(/(="|[ LMhvV])-?(NaN|Infinity|undefined)/)
    }),
  )
})

test('no text from outside becomes markup', async () => {
  await fc.assert(
    fc.asyncProperty(anyChart, async (chart) => {
      const word = (text: string) =>
        [...text].map((character) => (/[<>&"']/.test(character) ? 'x' : character)).join('')
      const harmless: Chart = {
        ...chart,
        title: word(chart.title),
        note: word(chart.note ?? ''),
        x: {...chart.x, label: word(chart.x.label)},
        y: {...chart.y, label: word(chart.y.label)},
        series: chart.series.map((line) => ({...line, name: word(line.name)})),
        crossings: chart.crossings.map((crossing) => ({...crossing, label: word(crossing.label)})),
      }

      expect(skeleton(lineChartSvg(chart))).toEqual(skeleton(lineChartSvg(harmless)))
    }),
  )
})

test('every chart is well-formed XML', async () => {
  const charts = fc.sample(anyChart, {numRuns: 25, seed: 7}).map(lineChartSvg)
  const files = charts.map((contents, index) => ({fileName: `${index}.svg`, contents}))

  const {errors} = await validateXML({xml: files, extension: 'schema', schema: [ANY_ELEMENT]})

  expect(errors).toEqual([])
})

/** A schema that an `svg` element with anything in it fulfils: what is left to judge is the form. */
const ANY_ELEMENT = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/2000/svg" elementFormDefault="qualified">
<xs:element name="svg"><xs:complexType mixed="true"><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/></xs:sequence>
<xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>`
