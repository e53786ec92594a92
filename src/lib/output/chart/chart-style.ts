/** A light and a dark colour for each line; each has a contrast of at least 4.5 to 1 on its ground. */
const HUES = [
  ['#0b57b0', '#8abaff'],
  ['#b3400a', '#ffa26b'],
  ['#1d6b3c', '#7fd6a0'],
  ['#6a3fa0', '#c8a8ff'],
  ['#86142c', '#ff8b9c'],
  ['#0a6670', '#6fd3dc'],
  ['#7d5a00', '#e8c15a'],
  ['#96246f', '#f49bd8'],
] as const

/** Lines beyond this many repeat the colours, not the letters. */
export const HUE_COUNT = HUES.length

/** Strokes and gaps of the lines, in turn: whole first. */
const DASHES = ['', '11 4', '6 3', '14 4 3 4', '18 5', '9 3 3 3 3 3', '4 4'] as const

/** The pattern of a line; dots are for those drawn broken, which reach only so far as their name says. */
export function dashOf(index: number, dashed: boolean): string {
  return dashed ? `0.1 ${5 + (index % 3)}` : (DASHES[index % DASHES.length] ?? '')
}

const hueRules = (tone: 0 | 1) =>
  HUES.map((hue, index) => `.chart .h${index}{stroke:${hue[tone]}}.chart .t${index}{fill:${hue[tone]}}`).join('')

/** The rules of a chart. Without variables, so that programs other than browsers read them too. */
export const CHART_STYLE = `
.chart{font-family:"Helvetica Neue",Arial,"Liberation Sans",sans-serif;font-size:12px}
.chart .paper{fill:#fff}.chart text{fill:#1a1f27}.chart .soft{fill:#525c6a}.chart .title{font-size:16px;font-weight:600}
.chart .grid{stroke:#dbdfe6;stroke-width:1}.chart .axis{stroke:#525c6a;stroke-width:1}.chart .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:butt}
.chart .dots{stroke-width:2.5;stroke-linecap:round}.chart .disc{fill:#fff;stroke-width:1.5}.chart .mark{font-size:11px;font-weight:700;text-anchor:middle}
.chart .point{fill:#1a1f27;stroke:#fff;stroke-width:1.5}.chart .number{font-size:13px;font-weight:700;text-anchor:middle;stroke:#fff;stroke-width:4;stroke-linejoin:round;paint-order:stroke}
.chart .band{fill:#525c6a;fill-opacity:.1}.chart .rule{stroke:#525c6a;stroke-width:1.5;stroke-dasharray:2 3;fill:none}
.chart .halo{fill:#525c6a;font-size:11px;stroke:#fff;stroke-width:3;stroke-linejoin:round;paint-order:stroke}
.chart .speck{fill:none;stroke-width:3;stroke-linecap:round;stroke-opacity:.35}.chart .spot{stroke-width:7;stroke-linecap:round;fill:none}.chart .whisker{fill:none;stroke-width:1.5}
.chart .middle{text-anchor:middle}.chart .end{text-anchor:end}
${hueRules(0)}
@media screen and (prefers-color-scheme:dark){.chart .paper{fill:#191d25}.chart text{fill:#e6e9ee}.chart .soft{fill:#a3adbb}
.chart .grid{stroke:#2e3541}.chart .axis{stroke:#a3adbb}.chart .disc{fill:#191d25}
.chart .band{fill:#a3adbb;fill-opacity:.14}.chart .rule{stroke:#a3adbb}.chart .halo{fill:#a3adbb;stroke:#191d25}
.chart .point{fill:#e6e9ee;stroke:#191d25}.chart .number{stroke:#191d25}
${hueRules(1)}}
`
