import {createReadStream} from 'node:fs'
import {usageError} from '../../core/errors.js'
import {firstLines, sanitise} from '../../core/text.js'
import {cutItems} from './cut-items.js'

/** One request of a trace. */
export interface TraceRow {
  /** From the first of the trace. */
  readonly atMs: number
  readonly input: number
  readonly output: number
  /** Blocks of the prompt by what is in them: equal ids at the beginning are a shared prefix. */
  readonly blocks: readonly number[]
  /** What is asked; undefined: made up, of that length. */
  readonly text: string | undefined
}

/** Tokens of a block of Mooncake's traces. */
export const BLOCK_TOKENS = 512

const MOST_ROWS = 2_000_000
const TOLD = 12
/** A file in which so much is wrong is no trace. */
const MOST_PROBLEMS = 100

type Tree = Readonly<Record<string, unknown>>
type Row = Omit<TraceRow, 'atMs'> & {readonly at: number}

/**
 * A trace of arrivals: Mooncake's JSON Lines (`timestamp` in ms, `input_length`, `output_length`, `hash_ids`), Azure's
 * CSV (`TIMESTAMP,ContextTokens,GeneratedTokens`), or lines of one's own (`at_ms`, `in`, `out`, `text`).
 */
export async function readTrace(file: string, most = MOST_ROWS): Promise<readonly TraceRow[]> {
  const {problems, rows} = await readRows(file, most)
  if (problems.length > 0 || rows.length === 0) {
    throw usageError('TRACE_INVALID', `${file} is no trace that can be replayed.`, {
      why: problems.length === 0 ? 'There is no request in it.' : firstLines(problems, TOLD),
      hint: 'Lines say {"at_ms": 0, "in": 512, "out": 128}, or are those of Mooncake (JSON Lines) or Azure (CSV).',
    })
  }
  const sorted = rows.toSorted((a, b) => a.at - b.at)
  const begin = sorted[0]?.at ?? 0
  return sorted.map(({at, ...row}) => ({...row, atMs: at - begin}))
}

async function readRows(file: string, most: number) {
  const reading = new TraceReading()
  try {
    for await (const {line, text} of cutItems(createReadStream(file) as AsyncIterable<Buffer>)) {
      if (reading.rows.length >= most || reading.problems.length >= MOST_PROBLEMS) break
      reading.take(text, line)
    }
  } catch (cause) {
    throw usageError('TRACE_UNREADABLE', `${file} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Name another file with --replay.',
      cause,
    })
  }
  return reading
}

class TraceReading {
  readonly rows: Row[] = []
  readonly problems: string[] = []
  #csv: readonly number[] | undefined

  take(text: string, line: number): void {
    if (this.rows.length === 0 && this.#csv === undefined) {
      this.#csv = csvColumns(text)
      if (this.#csv !== undefined) return
    }
    const row = this.#csv === undefined ? readLine(text) : readCsv(text, this.#csv)
    if (typeof row === 'string') this.problems.push(`line ${line}: ${sanitise(row)}`)
    else this.rows.push(row)
  }
}

function csvColumns(head: string): readonly number[] | undefined {
  const names = head.split(',').map((name) => name.trim().toLowerCase())
  const places = ['timestamp', 'contexttokens', 'generatedtokens'].map((name) => names.indexOf(name))
  return places.every((place) => place >= 0) ? places : undefined
}

function readCsv(text: string, columns: readonly number[]): Row | string {
  const cells = text.split(',').map((cell) => cell.trim())
  const [time = '', input = '', output = ''] = columns.map((place) => cells[place] ?? '')
  const at = azureTime(time)
  if (at === undefined) return `${time || 'nothing'} is no time`
  const [tokensIn, tokensOut] = [Number(input), Number(output)]
  if (!isCount(tokensIn) || !isCount(tokensOut)) return `${input},${output} are no numbers of tokens`
  return {at, input: Math.max(1, tokensIn), output: Math.max(1, tokensOut), blocks: [], text: undefined}
}

/** `2023-11-16 18:15:46.6805900`: seven digits after the second, and no zone; taken for UTC. */
function azureTime(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d+)?(?:Z|\+00:00)?$/.exec(text)
  if (match === null) return undefined
  const whole = Date.parse(`${match[1]}T${match[2]}Z`)
  return Number.isNaN(whole) ? undefined : whole + Number(match[3] ?? 0) * 1000
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 10_000_000
}

function readLine(text: string): Row | string {
  const value = parse(text)
  if (value === undefined) return `no JSON, and no head of a CSV: ${text.slice(0, 40)}`
  const at = value['at_ms'] ?? value['timestamp']
  const input = value['in'] ?? value['input_length']
  const output = value['out'] ?? value['output_length']
  if (typeof at !== 'number' || !Number.isFinite(at) || at < 0)
    return 'at_ms (or timestamp) is missing, or no number of milliseconds'
  const words = typeof value['text'] === 'string' && value['text'] !== '' ? value['text'] : undefined
  if (!isCount(output)) return 'out (or output_length) is missing, or no number of tokens'
  if (!isCount(input) && words === undefined) return 'in (or input_length) is missing, or no number of tokens'
  const ids = value['hash_ids']
  const blocks = Array.isArray(ids) && ids.every((id) => typeof id === 'number') ? (ids as readonly number[]) : []
  return {at, input: isCount(input) ? Math.max(1, input) : 0, output: Math.max(1, output), blocks, text: words}
}

function parse(text: string): Tree | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Tree) : undefined
  } catch {
    return undefined
  }
}
