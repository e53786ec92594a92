import {createHash} from 'node:crypto'
import * as fc from 'fast-check'
import {expect, test} from 'vitest'
import {type ChartPage, chartPage} from '../../../../src/lib/output/chart/chart-page.js'
import {anyChart, plainChart} from './arbitrary-chart.js'

function pageOf(changes: Partial<ChartPage> = {}): ChartPage {
  return {
    title: 'Break-even of chat',
    summary: ['One model unit is cheaper above 200 requests an hour.'],
    charts: [plainChart(), plainChart({title: 'Cost per request'})],
    tables: [
      {
        caption: 'Where two lines cross',
        columns: [{title: 'Above it'}, {title: 'Requests per hour', align: 'right'}],
        rows: [['One model unit', '200']],
      },
    ],
    footnotes: ['A month is 730 hours.'],
    tool: 'bedrockctl 0.1.0',
    simulated: false,
    ...changes,
  }
}

test('the policy names the one style sheet by its hash and allows nothing else', () => {
  const page = chartPage(pageOf())

  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  expect(page).toContain(
    `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
  )
  expect(page.match(/<style|<script/g)).toHaveLength(1)
  expect(page).not.toMatch(/<(link|img|iframe|object|embed|base)\b|\bsrc=|@import|url\(| style="/)
})

test('each chart is there for wide and for narrow screens, and no id is there twice', () => {
  const page = chartPage(pageOf())

  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
  expect(page.match(/<svg /g)).toHaveLength(4)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toHaveLength(8)
})

test('a table has its caption, headings for its columns and the first cell of each row as its heading', () => {
  const page = chartPage(pageOf())

  expect(page).toContain('<caption>Where two lines cross</caption>')
  expect(page).toContain('<th scope="col" class="number">Requests per hour</th>')
  expect(page).toContain('<th scope="row"><bdi>One model unit</bdi></th><td class="number"><bdi>200</bdi></td>')
})

test('a simulated page says so first and in its title', () => {
  const page = chartPage(pageOf({simulated: true}))

  expect(page).toContain('<title>Break-even of chat (simulated)</title>')
  expect(page.split('<h1>')[0]).toContain('Simulated: answered by the embedded sandbox')
  expect(chartPage(pageOf())).not.toMatch(/simulated: /i)
})

test('hostile text stays text', async () => {
  await fc.assert(
    fc.asyncProperty(anyChart, fc.string(), async (chart, rest) => {
      const hostile = `</h1></td></svg><script>alert(1)</script>" onload="x${rest}`
      const tables = [{caption: hostile, columns: [{title: hostile}], rows: [[hostile]]}]

      const page = chartPage(
        pageOf({title: hostile, summary: [hostile], charts: [chart], tables, footnotes: [hostile], tool: hostile}),
      )

      expect(page).not.toMatch(/<script|<[^>]* onload="x/)
      expect(page.match(/<\/h1>/g)).toHaveLength(1)
    }),
    {numRuns: 30},
  )
})
