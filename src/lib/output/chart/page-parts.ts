import {escapeHtml, isolated} from '../escape-html.js'
import type {Chart} from './chart.js'
import {chartSvg} from './line-chart-svg.js'
import {type ChartPanels, panelsSvg} from './panels-svg.js'

export interface PageTable {
  readonly caption: string
  readonly columns: readonly {readonly title: string; readonly align?: 'left' | 'right'}[]
  /** As many cells as there are columns; the first names its row. */
  readonly rows: readonly (readonly string[])[]
}

/** What it comes to, in a word and with its reasons; the colour only repeats the word. */
export interface PageVerdict {
  readonly tone: 'good' | 'warn' | 'bad'
  readonly word: string
  readonly reasons: readonly {readonly text: string; readonly hint: string | null}[]
}

export interface PageSection {
  /** Of letters, digits and hyphens; no other section has it. */
  readonly id: string
  readonly heading: string
  readonly text?: readonly string[]
  readonly figures?: readonly (Chart | ChartPanels)[]
  readonly tables?: readonly PageTable[]
  /** Terms and what is to be said of them. */
  readonly facts?: readonly (readonly [term: string, text: string])[]
  readonly notes?: readonly string[]
}

const LARGE = 760
const SMALL = 366

/** A picture for wide and for narrow screens. */
export function figureHtml(figure: Chart | ChartPanels, id: string): string {
  const bare = {style: '', crossingWords: false}
  const draw = (own: string, width: number) =>
    'panels' in figure ? panelsSvg(figure, {id: own, width}) : chartSvg(figure, {id: own, width, ...bare})
  const [large, small] = [draw(id, LARGE), draw(`${id}-small`, SMALL)]
  return `<figure class="card">\n<div class="large">${large}</div>\n<div class="small">${small}</div>\n</figure>`
}

/** A table that scrolls by itself where it is too wide. */
export function tableHtml({caption, columns, rows}: PageTable): string {
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
    `<table${classesOf(rows)}><caption>${escapeHtml(caption)}</caption><thead><tr>${head.join('')}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody></table></div>`,
  ].join('\n')
}

/** The first two columns stay on one line where their words are short: names are read at a glance then. */
function classesOf(rows: PageTable['rows']): string {
  const isShort = (column: number) => rows.every((cells) => (cells[column] ?? '').length <= SHORT)
  const classes = [0, 1].flatMap((column) => (isShort(column) ? [`n${column + 1}`] : []))
  return classes.length === 0 ? '' : ` class="${classes.join(' ')}"`
}

const SHORT = 24

export function notesHtml(notes: readonly string[]): readonly string[] {
  return notes.length === 0 ? [] : ['<h2>Notes</h2>', listHtml(notes)]
}

export function verdictHtml({reasons, tone, word}: PageVerdict): string {
  const items = reasons.map(
    ({hint, text}) =>
      `<li>${escapeHtml(text)}${hint === null ? '' : ` <span class="hint">${escapeHtml(hint)}</span>`}</li>`,
  )
  return [
    `<div class="card verdict ${tone}"><p class="word">${escapeHtml(word)}</p>`,
    ...(items.length > 0 ? [`<ul>${items.join('\n')}</ul>`] : []),
    '</div>',
  ].join('\n')
}

/** The way to each section. */
export function contentsHtml(sections: readonly PageSection[]): readonly string[] {
  if (sections.length < 2) return []
  const links = sections.map(({heading, id}) => `<li><a href="#${id}">${escapeHtml(heading)}</a></li>`)
  return [`<nav class="contents" aria-label="Contents"><ul>${links.join('\n')}</ul></nav>`]
}

export function sectionHtml({facts, figures, heading, id, notes, tables, text}: PageSection): string {
  const terms = facts?.map(([term, said]) => `<dt>${escapeHtml(term)}</dt><dd>${isolated(said)}</dd>`) ?? []
  return [
    `<section id="${id}" aria-labelledby="${id}-heading">\n<h2 id="${id}-heading">${escapeHtml(heading)}</h2>`,
    ...(text ?? []).map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
    ...(figures ?? []).map((figure, index) => figureHtml(figure, `${id}-chart-${index + 1}`)),
    ...(tables ?? []).map(tableHtml),
    ...(terms.length > 0 ? [`<dl class="card">${terms.join('\n')}</dl>`] : []),
    ...(notes && notes.length > 0 ? [listHtml(notes)] : []),
    '</section>',
  ].join('\n')
}

function listHtml(notes: readonly string[]): string {
  return `<ul class="notes">${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('\n')}</ul>`
}
