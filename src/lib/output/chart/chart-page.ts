import {createHash} from 'node:crypto'
import {escapeHtml, isolated} from '../escape-html.js'
import {SIMULATED} from '../simulated.js'
import type {Chart} from './chart.js'
import {PAGE_STYLE} from './chart-page-style.js'
import {CHART_STYLE} from './chart-style.js'
import {chartSvg} from './line-chart-svg.js'

/** What a page of charts says, as plain text: everything is escaped here. */
export interface ChartPage {
  readonly title: string
  /** Paragraphs, the answer first. */
  readonly summary: readonly string[]
  /** Their crossings are told by a table of the page. */
  readonly charts: readonly Chart[]
  readonly tables: readonly PageTable[]
  readonly footnotes: readonly string[]
  /** What made the page, and its version. */
  readonly tool: string
  readonly simulated: boolean
}

export interface PageTable {
  readonly caption: string
  readonly columns: readonly {readonly title: string; readonly align?: 'left' | 'right'}[]
  /** As many cells as there are columns; the first names its row. */
  readonly rows: readonly (readonly string[])[]
}

const STYLE = `${PAGE_STYLE}${CHART_STYLE}`
const LARGE = 760
const SMALL = 366

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
    ...page.summary.map((paragraph) => `<p class="summary">${escapeHtml(paragraph)}</p>`),
    ...page.charts.map(figureHtml),
    ...page.tables.map(tableHtml),
    ...notesHtml(page.footnotes),
    `</main>\n<footer class="wrap">${escapeHtml(page.tool)}</footer>\n</body>\n</html>\n`,
  ].join('\n')
}

function policy(): string {
  const hash = createHash('sha256').update(STYLE).digest('base64')
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
}

function figureHtml(chart: Chart, index: number): string {
  const bare = {style: '', crossingWords: false}
  const large = chartSvg(chart, {id: `chart-${index + 1}`, width: LARGE, ...bare})
  const small = chartSvg(chart, {id: `chart-${index + 1}-small`, width: SMALL, ...bare})
  return `<figure class="card">\n<div class="large">${large}</div>\n<div class="small">${small}</div>\n</figure>`
}

function tableHtml({caption, columns, rows}: PageTable): string {
  const number = (index: number) => (columns[index]?.align === 'right' ? ' class="number"' : '')
  const head = columns.map(({title}, index) => `<th scope="col"${number(index)}>${escapeHtml(title)}</th>`)
  const body = rows.map((cells) => {
    const texts = columns.map((_, index) => isolated(cells[index] ?? ''))
    const tags = texts.map((text, index) =>
      index === 0 ? `<th scope="row"${number(0)}>${text}</th>` : `<td${number(index)}>${text}</td>`,
    )
    return `<tr>${tags.join('')}</tr>`
  })
  return [
    `<div class="card scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}">`,
    `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head.join('')}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody></table></div>`,
  ].join('\n')
}

function notesHtml(notes: readonly string[]): readonly string[] {
  if (notes.length === 0) return []
  return ['<h2>Notes</h2>', `<ul class="notes">${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('\n')}</ul>`]
}
