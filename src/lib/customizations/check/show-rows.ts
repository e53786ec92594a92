import {sanitise} from '../../core/text.js'
import {readLines} from '../../jsonl/lines.js'
import {TextScan} from '../datasets/text-scan.js'
import type {DatasetFinding} from './customization-check.schema.js'
import type {FileReading} from './read-file.js'

const MOST_CHARACTERS = 240
/** What a row with something personal or secret in it is shown as. */
const WITHHELD = '(not shown: it may hold personal data or a key)'
const TOO_LONG = '(not shown: it is too long to be read)'

/** The findings with the clipped text of their first rows, but of those that may hold something personal or secret. */
export async function withRows(
  findings: readonly DatasetFinding[],
  files: readonly FileReading[],
  signal?: AbortSignal,
): Promise<readonly DatasetFinding[]> {
  const shown: DatasetFinding[] = []
  for (const finding of findings) {
    const file = files.find(({role}) => role === finding.file)
    const lines: DatasetFinding['lines'][number][] = []
    for (const one of finding.lines) lines.push(file ? {...one, row: await rowAt(file, one.line, signal)} : one)
    shown.push({...finding, lines})
  }
  return shown
}

async function rowAt({offsets, source}: FileReading, number: number, signal?: AbortSignal): Promise<string> {
  const start = offsets.at(number - 1)
  let text = TOO_LONG
  await readLines(source, {range: {start, end: start + 1}, signal}, (line) => {
    if (line.isTooLong) return
    // The whole line: what is no text of the row may hold something too.
    const scan = new TextScan(false)
    const raw = (): string => line.bytes.toString('utf8', line.start, line.end)
    scan.scan(line.bytes, line.start, line.end, () => unescaped(raw()))
    text = scan.found === 0 ? clipped(raw().slice(0, MOST_CHARACTERS * 2)) : WITHHELD
  })
  return text
}

function unescaped(text: string): string {
  return text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}

function clipped(text: string): string {
  const line = sanitise(text).replaceAll(/\s+/g, ' ')
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line
}
