interface Run {
  readonly text: string
  /** Names of CSS classes. */
  readonly looks: readonly string[]
}

const SIZE = 14
const ADVANCE = SIZE * 0.6
const LEADING = 20
const MARGIN = 20
const BAR = 32
// biome-ignore lint/suspicious/noControlCharactersInRegex: this is the escape character of terminals
const SGR = /\u001B\[([0-9;]*)m/

/** Inverse on a terminal: a ground of its own here. */
const CHOSEN = 'chosen'

/** What one SGR code switches on, and in which slot; a slot holds one look at a time. */
const CODES: Readonly<Record<string, readonly [slot: string, look: string | undefined]>> = {
  '1': ['weight', 'bold'],
  '2': ['weight', 'dim'],
  '7': ['ground', CHOSEN],
  '22': ['weight', undefined],
  '31': ['colour', 'red'],
  '32': ['colour', 'green'],
  '33': ['colour', 'yellow'],
  '34': ['colour', 'blue'],
  '35': ['colour', 'magenta'],
  '36': ['colour', 'cyan'],
  '39': ['colour', undefined],
}

/** Lines with SGR colours as a picture of a terminal; follows the reader's light or dark scheme, needs no font. */
export function drawTerminal(
  lines: readonly string[],
  options: {readonly columns: number; readonly title: string},
): string {
  const width = Math.ceil(options.columns * ADVANCE + 2 * MARGIN)
  const height = BAR + lines.length * LEADING + MARGIN
  const texts = lines.flatMap((line, row) => drawLine(line, BAR + (row + 1) * LEADING - 4))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeXml(options.title)}">`,
    '<style>',
    STYLE,
    '</style>',
    `<rect class="ground" width="${width}" height="${height}" rx="8"/>`,
    ...[0, 1, 2].map((index) => `<circle class="edge" cx="${MARGIN + index * 18}" cy="17" r="5"/>`),
    ...texts,
    '</svg>',
    '',
  ].join('\n')
}

const STYLE = `text { font: ${SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #1f2328; white-space: pre }
.ground { fill: #f6f8fa; stroke: #d0d7de }
.edge { fill: #d0d7de }
.bold { font-weight: 600 }
.dim { fill: #59636e }
.red { fill: #a40e26 }
.green { fill: #116329 }
.yellow { fill: #7d4e00 }
.blue { fill: #0550ae }
.magenta { fill: #6639ba }
.cyan { fill: #1b6c77 }
.chosen { fill: #d7e6f8 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.ground { fill: #0d1117; stroke: #30363d }
.edge { fill: #30363d }
.dim { fill: #9198a1 }
.red { fill: #ff7b72 }
.green { fill: #56d364 }
.yellow { fill: #e3b341 }
.blue { fill: #79c0ff }
.magenta { fill: #d2a8ff }
.cyan { fill: #56d4dd }
.chosen { fill: #1c3350 }
}`

/** What is parted by more than a space stands at its own column, so that the reader's font does not shift what follows. */
function drawLine(line: string, y: number): readonly string[] {
  let column = 0
  const parts: string[] = []
  for (const {text, looks} of runsOf(line)) {
    if (looks.includes(CHOSEN)) parts.push(ground(column, text.length, y))
    const own = looks.filter((look) => look !== CHOSEN)
    const look = own.length === 0 ? '' : ` class="${own.join(' ')}"`
    for (const {index, 0: words} of text.matchAll(/\S+(?: \S+)*/g)) {
      const x = (MARGIN + (column + index) * ADVANCE).toFixed(1)
      parts.push(`<text x="${x}" y="${y}"${look}>${escapeXml(words)}</text>`)
    }
    column += text.length
  }
  return parts
}

function ground(column: number, columns: number, y: number): string {
  const [x, width] = [MARGIN + column * ADVANCE, columns * ADVANCE].map((value) => value.toFixed(1))
  return `<rect class="${CHOSEN}" x="${x}" y="${y - LEADING + 5}" width="${width}" height="${LEADING}"/>`
}

function runsOf(line: string): readonly Run[] {
  const slots = new Map<string, string>()
  const runs: Run[] = []
  line.split(SGR).forEach((part, index) => {
    if (index % 2 === 0) {
      if (part !== '') runs.push({text: part, looks: [...slots.values()]})
      return
    }
    for (const code of part.split(';')) apply(code, slots)
  })
  return runs
}

function apply(code: string, slots: Map<string, string>): void {
  if (code === '' || code === '0') {
    slots.clear()
    return
  }
  const change = CODES[code]
  if (!change) throw new Error(`the picture has no look for SGR ${code}`)
  const [slot, look] = change
  if (look === undefined) slots.delete(slot)
  else slots.set(slot, look)
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
