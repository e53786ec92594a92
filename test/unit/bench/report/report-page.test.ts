import {createHash} from 'node:crypto'
import {describe, expect, test} from 'vitest'
import {validateXML} from 'xmllint-wasm'
import {DEFINITIONS} from '../../../../src/lib/bench/definitions/definitions.js'
import type {RunSummary} from '../../../../src/lib/bench/metrics/summary.schema.js'
import {type CellSeries, cellSeries, cumulative} from '../../../../src/lib/bench/report/cell-series.js'
import type {ReportedRun} from '../../../../src/lib/bench/report/read-report.js'
import {reportPage} from '../../../../src/lib/bench/report/render-report-page.js'
import type {SampleColumns} from '../../../../src/lib/bench/samples/columns.js'
import {type MadeCell, makeSamples} from '../../../support/bench-samples.js'
import {cellOf, distributionOf, latencies, summaryOf, targetOf} from '../../../support/bench-summary.js'

async function* of(...segments: readonly SampleColumns[]): AsyncGenerator<SampleColumns> {
  yield* segments
}

function seriesOf(made: MadeCell, fromSchedule = false): Promise<CellSeries> {
  return cellSeries(made.cell ?? 0, of(makeSamples(made).columns), fromSchedule)
}

async function runOf(changes: Partial<RunSummary> = {}): Promise<ReportedRun> {
  const summary = summaryOf(changes)
  const series = new Map<number, CellSeries>()
  for (const {cell} of summary.cells) {
    series.set(cell, await seriesOf({cell, requests: 400, failEvery: 40, warmUp: 20, seed: cell + 1}))
  }
  const points = [0, 10_000, 20_000].map((x) => ({x, y: x / 250}))
  return {
    summary,
    series,
    lanes: [
      {source: 'nvidia-smi', device: '0', metric: 'utilization', points},
      {source: 'nvidia-smi', device: '0', metric: 'power', points},
    ],
    starts: new Map([...series.keys()].map((cell, index) => [cell, index * 10_000])),
  }
}

const levels = [1, 8, 64].flatMap((value, index) =>
  [0, 1].map((target) =>
    cellOf({
      cell: 2 * index + target,
      target,
      label: `${value} users`,
      level: {kind: 'concurrency', value, text: `${value} users`},
    }),
  ),
)

const page = reportPage([await runOf({cells: levels})], '0.1.0')

describe('a report', () => {
  test('says before anything else whether the run can be used, in a word', () => {
    const before = page.split('<section')[0] ?? ''

    expect(before).toContain('<p class="word">Usable with warnings</p>')
    expect(before).toContain('nova-lite, 64 users: 0.2 % were throttled')
  })

  test('leads to each of its sections, and each is headed', () => {
    const links = [...page.matchAll(/<a href="#([a-z]+)">/g)].map(([, id]) => id)

    expect(links).toEqual(
      ['results', 'latency', 'course', 'load', 'failures', 'devices', 'price', 'tokens', 'client', 'plan'].concat([
        'environment',
        'definitions',
        'exclusions',
      ]),
    )
    for (const id of links) expect(page).toContain(`<section id="${id}" aria-labelledby="${id}-heading">`)
  })

  test('needs nothing from outside, and runs nothing', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')

    expect(page).toContain(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`)
    expect(page).not.toMatch(/<(script|link|img|iframe|object|embed|base)\b|\bsrc=|@import|url\(| style="| on\w+="/)
    expect(page.replaceAll('http://www.w3.org/2000/svg', '').replace(/<bdi>[^<]*<\/bdi>/g, '')).not.toMatch(
      /https?:\/\//,
    )
  })

  test('tells every picture in words, under ids of its own', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)

    expect(page.match(/<svg /g)?.length).toBe(page.match(/<desc /g)?.length)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('has the definitions that bench metrics prints', () => {
    for (const {title} of DEFINITIONS) expect(page).toContain(`<dt>${title.replaceAll("'", '&#39;')}</dt>`)
  })

  test('draws load against latency of several levels, and no such curve of one', async () => {
    const one = reportPage([await runOf()], '0.1.0')

    expect(page).toContain('Latency against throughput')
    expect(page).toContain('Goodput against load')
    expect(one).not.toContain('Latency against throughput')
  })

  test('is well-formed', async () => {
    const xml = page
      .replace('<!doctype html>', '')
      .replace(/<meta ([^>]*)>/g, '<meta $1/>')
      .replace(/<style>[\s\S]*?<\/style>/, '')

    const {errors} = await validateXML({
      xml: [{fileName: 'report.xml', contents: xml}],
      extension: 'schema',
      schema: [ANY],
    })

    expect(errors).toEqual([])
  })
})

const ANY = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="html"><xs:complexType mixed="true">
<xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/></xs:sequence>
<xs:anyAttribute processContents="skip"/></xs:complexType></xs:element></xs:schema>`

test('several runs share their charts; one of another tool says whose definitions it follows', async () => {
  const imported = {tool: 'AIPerf', version: '0.3', hasSamples: false, notes: ['Percentiles as in its file.']}
  const other = await runOf({id: '20261121-200000-abcd', name: 'theirs', imported, simulated: true})

  const both = reportPage([await runOf({name: 'ours'}), {...other, series: new Map()}], '0.1.0')

  expect(both).toContain('<title>Bench of ours and theirs (simulated)</title>')
  expect(both).toContain('nova-lite (theirs, by AIPerf)')
  expect(both).toContain('theirs was measured by AIPerf 0.3: its numbers follow the definitions of that tool')
})

test('an open loop has its latencies from the moment a request was due, and from sending beside them', async () => {
  const fromSchedule = {ttft: distributionOf(latencies(2000, 900, 3)), e2e: distributionOf(latencies(2000, 3000, 4))}

  const open = reportPage([await runOf({cells: [cellOf({fromSchedule})]})], '0.1.0')

  expect(open).toContain('from the moment a request was due, and from sending')
  expect(open).toMatch(/<th scope="col" class="number">From send p99<\/th>/)
})

test('no text of a server becomes markup', async () => {
  const hostile = '</td></svg><script>alert(1)</script>" onload="x'
  const cells = [cellOf({label: hostile, failures: [{error: hostile, status: 500, detail: hostile, count: 1}]})]

  const html = reportPage(
    [await runOf({cells, name: hostile, data: hostile, targets: [targetOf({name: hostile, model: hostile})]})],
    '0.1.0',
  )

  expect(html).not.toMatch(/<script|<[^>]* onload="x/)
})

test('a run without samples is reported from its percentiles alone', async () => {
  const html = reportPage([{...(await runOf()), series: new Map(), lanes: []}], '0.1.0')

  expect(html).toContain('No samples are kept of this run')
  expect(html).toContain('What was served')
})

test('a cell is drawn from few points, with its slowest requests among them', async () => {
  const {columns} = makeSamples({requests: 5000, failEvery: 10, warmUp: 100})

  const series = await cellSeries(0, of(columns), false)

  const slowest = Math.max(
    ...Array.from(columns.first, (first, row) => first - (columns.sent[row] ?? 0)).filter((value) => value > 0),
  )
  expect(series.ttft).toHaveLength(4410)
  expect(series.ttftCloud.length).toBeLessThanOrEqual(720)
  expect(Math.max(...series.ttftCloud.map(({y}) => y))).toBeCloseTo(slowest, 6)
  expect(series.ttftOverTime.length).toBeLessThanOrEqual(60)
  const failures = [...series.errorsOverTime.values()].flat().reduce((sum, {y}) => sum + y, 0)
  expect((failures * series.lengthMs) / 24 / 1000).toBeCloseTo(500, 0)
})

test('a distribution keeps its ends and rises', () => {
  const points = cumulative(
    Float64Array.from({length: 1000}, (_, index) => index + 1),
    50,
  )

  expect(points[0]).toEqual({x: 1, y: 0})
  expect(points.at(-1)).toEqual({x: 1000, y: 1})
  expect(
    points.every(
      ({x, y}, index) => index === 0 || (x >= (points[index - 1]?.x ?? 0) && y > (points[index - 1]?.y ?? 0)),
    ),
  ).toBe(true)
})
