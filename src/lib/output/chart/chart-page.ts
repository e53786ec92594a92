import {createHash} from 'node:crypto'
import {escapeHtml, isolated} from '../escape-html.js'
import {SIMULATED} from '../simulated.js'
import type {Chart} from './chart.js'
import {PAGE_STYLE} from './chart-page-style.js'
import {CHART_STYLE} from './chart-style.js'
import {
  contentsHtml,
  figureHtml,
  notesHtml,
  type PageSection,
  type PageTable,
  type PageVerdict,
  sectionHtml,
  tableHtml,
  verdictHtml,
} from './page-parts.js'

/** What a page of charts says, as plain text: everything is escaped here. */
export interface ChartPage {
  readonly title: string
  /** Paragraphs, the answer first. */
  readonly summary: readonly string[]
  /** Their crossings are told by a table of the page. */
  readonly charts: readonly Chart[]
  readonly tables: readonly PageTable[]
  readonly footnotes: readonly string[]
  /** The verdict, before anything else. */
  readonly verdict?: PageVerdict
  /** After charts and tables, each under its heading; a list at the top leads to them. */
  readonly sections?: readonly PageSection[]
  /** What made the page, and its version. */
  readonly tool: string
  readonly simulated: boolean
}

const STYLE = `${PAGE_STYLE}${CHART_STYLE}`

/** One HTML file that needs nothing else and runs nothing. Each chart is there for wide and for narrow screens. */
export function chartPage(page: ChartPage): string {
  const label = page.simulated ? ' (simulated)' : ''
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy()}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(page.title)}${label}</title>`,
    `<style>${STYLE}</style>\n</head>\n<body>`,
    ...(page.simulated ? [`<div class="simulated"><p class="wrap">Simulated: ${SIMULATED}</p></div>`] : []),
    `<main class="wrap">\n<h1>${isolated(page.title)}</h1>`,
    ...(page.verdict ? [verdictHtml(page.verdict)] : []),
    ...page.summary.map((paragraph) => `<p class="summary">${escapeHtml(paragraph)}</p>`),
    ...contentsHtml(page.sections ?? []),
    ...page.charts.map((chart, index) => figureHtml(chart, `chart-${index + 1}`)),
    ...page.tables.map(tableHtml),
    ...(page.sections ?? []).map(sectionHtml),
    ...notesHtml(page.footnotes),
    `</main>\n<footer class="wrap">${escapeHtml(page.tool)}</footer>\n</body>\n</html>\n`,
  ].join('\n')
}

function policy(): string {
  const hash = createHash('sha256').update(STYLE).digest('base64')
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
}
