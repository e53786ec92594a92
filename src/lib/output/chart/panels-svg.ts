import {axisLabel} from './axis-label.js'
import type {Chart} from './chart.js'
import {createScale} from './chart-scale.js'
import {type LineMark, markAt, strokeOf, svgMark, svgPlot, valueLabelWidth} from './svg-plot.js'
import {escapeXml, px, textLines, textWidth} from './svg-text.js'

/** Low plots under one another over one x axis: what happened at the same time stands at the same place. */
export interface ChartPanels {
  readonly title: string
  readonly note?: string | undefined
  /** At least one; all with the same x axis and the same lines, some of them without points. Their titles are not shown. */
  readonly panels: readonly Chart[]
  /** What the picture shows, for those who hear it. */
  readonly description: string
}

const MARGIN = 16
const LINE_HEIGHT = 18
const TEXT_SIZE = 12
const TITLE_SIZE = 16
const TITLE_HEIGHT = 22
const PANEL_SHARE = 0.12
const LEAST_PANEL = 72
const X_NUMBERS = 22
const LEGEND_MARK = 46
const BAND_SIZE = 11

/** The panels as an `svg` element of a page. */
export function panelsSvg(
  {description, note, panels, title}: ChartPanels,
  {id, width}: {id: string; width: number},
): string {
  const inner = width - 2 * MARGIN
  const parts: string[] = []
  let y = MARGIN
  const write = (lines: readonly string[], className: string, height: number, x = MARGIN) => {
    for (const line of lines) {
      y += height
      parts.push(`<text class="${className}" x="${px(x)}" y="${px(y)}" dy="-5">${escapeXml(line)}</text>`)
    }
  }
  write(textLines(title, TITLE_SIZE, inner), 'title', TITLE_HEIGHT)
  if (note !== undefined) write(textLines(note, TEXT_SIZE, inner), 'soft', LINE_HEIGHT)
  const legend = legendOf(panels[0], y + 4, inner)
  parts.push(...legend.parts)
  y += legend.height
  const height = Math.max(LEAST_PANEL, Math.round(width * PANEL_SHARE))
  const left = MARGIN + Math.max(0, ...panels.map((panel) => valueLabelWidth(panel, height))) + 8
  const names = bandNames(panels[0], {left, width: width - left - MARGIN - 8, y: y + 12})
  parts.push(...names)
  if (names.length > 0) y += LINE_HEIGHT
  for (const [index, panel] of panels.entries()) {
    const isLast = index === panels.length - 1
    write(textLines(axisLabel(panel.y), TEXT_SIZE, inner), 'soft', LINE_HEIGHT)
    const box = {left, top: y + 4, width: width - left - MARGIN - 8, height}
    parts.push(svgPlot(unnamed(panel), box, {xNumbers: isLast, marks: false}))
    y = box.top + height + (isLast ? X_NUMBERS : 6)
    if (isLast)
      write(textLines(axisLabel(panel.x), TEXT_SIZE, box.width), 'soft middle', LINE_HEIGHT, left + box.width / 2)
  }
  const tall = Math.ceil(y + MARGIN)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="${id}-title ${id}-desc" viewBox="0 0 ${width} ${tall}" width="${width}" height="${tall}">`,
    `<title id="${id}-title">${escapeXml(title)}</title>`,
    `<desc id="${id}-desc">${escapeXml(description)}</desc>`,
    `<rect class="paper" width="${width}" height="${tall}"/>`,
    ...parts,
    '</svg>',
  ].join('\n')
}

/** The names of the bands once, over all panels: within them they would lie on the lines. Those without room are left out. */
function bandNames(
  chart: Chart | undefined,
  {left, width, y}: {readonly left: number; readonly width: number; readonly y: number},
): readonly string[] {
  if (!chart?.bands) return []
  const scale = createScale(chart.x.scale, chart.x.min, chart.x.max)
  let free = left
  return chart.bands.flatMap(({from, label}) => {
    const x = left + Math.min(1, Math.max(0, scale.share(from) ?? 0)) * width
    const end = x + textWidth(label, BAND_SIZE)
    if (label === '' || x < free || end > left + width) return []
    free = end + 6
    return [`<text class="halo" x="${px(x)}" y="${px(y)}">${escapeXml(label)}</text>`]
  })
}

function unnamed(chart: Chart): Chart {
  return chart.bands ? {...chart, bands: chart.bands.map((band) => ({...band, label: ''}))} : chart
}

/** Every line once, side by side as far as there is room. */
function legendOf(chart: Chart | undefined, top: number, width: number): {parts: readonly string[]; height: number} {
  const parts: string[] = []
  let x = MARGIN
  let y = top + 9
  for (const [index, {dashed, name}] of (chart?.series ?? []).entries()) {
    const mark: LineMark = chart ? markAt(chart, index) : {index, hue: index}
    const own = LEGEND_MARK + textWidth(name, TEXT_SIZE) + 14
    if (x > MARGIN && x + own > width) {
      x = MARGIN
      y += LINE_HEIGHT
    }
    parts.push(`<path ${strokeOf(mark, dashed === true)} d="M${px(x)} ${px(y)}h36"/>`, svgMark(mark, {x: x + 18, y}))
    parts.push(`<text x="${px(x + LEGEND_MARK)}" y="${px(y + 4)}">${escapeXml(name)}</text>`)
    x += own
  }
  return {parts, height: parts.length === 0 ? 0 : y - top + 16}
}
