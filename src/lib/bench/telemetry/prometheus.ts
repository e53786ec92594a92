/** One line of a Prometheus exposition. */
export interface Series {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const LINE = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})?[ \t]+(\S+)(?:[ \t]+-?\d+)?$/
const LABEL = /([A-Za-z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*,?\s*/gy

/**
 * The series of a text in Prometheus' format whose names are wanted; comments, timestamps and what is no number are left
 * out, and lines that are of no such format are passed over. Source: Prometheus, exposition formats, text-based format.
 */
export function readSeries(text: string, wanted: (name: string) => boolean): readonly Series[] {
  const series: Series[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) continue
    const [, name, labels = '', number = ''] = LINE.exec(line.trim()) ?? []
    if (name === undefined || !wanted(name)) continue
    const value = Number(number)
    const read = readLabels(labels)
    if (Number.isFinite(value) && read) series.push({name, labels: read, value})
  }
  return series
}

function readLabels(text: string): Readonly<Record<string, string>> | undefined {
  const labels: Record<string, string> = {}
  let end = 0
  for (const match of text.matchAll(LABEL)) {
    end = match.index + match[0].length
    if (match[1] !== undefined) labels[match[1]] = unescaped(match[2] ?? '')
  }
  return text.slice(end).trim() === '' ? labels : undefined
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter))
}
