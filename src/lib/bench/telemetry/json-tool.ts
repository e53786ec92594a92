import type {TelemetryDevice, TelemetryRow, TelemetrySampler} from './ports.js'
import {EXIT_LINE, type ToolAnswer, type ToolPlace, type ToolStream} from './tool.js'
import {type SamplerState, toolSampler} from './tool-sampler.js'

/** A tool that answers each call with one JSON document about all devices. */
export interface JsonTool {
  readonly words: readonly string[]
  readonly name: string
  /** Rows without time and source; empty where the document is of another shape. */
  read(document: unknown): readonly Omit<TelemetryRow, 'atMs' | 'source'>[]
  /** Names and facts, where the readings tell them. */
  devices(document: unknown): readonly TelemetryDevice[]
}

/** Starting such a tool costs the machine a few hundred milliseconds of a core. */
const MIN_EVERY_MS = 1000
const MOST_FAILURES = 5
const SILENCE_MS = 20_000

export async function jsonToolSampler(
  tool: JsonTool,
  place: ToolPlace,
  signal: AbortSignal,
): Promise<TelemetrySampler | ToolAnswer> {
  const answer = await place.run(tool.words, signal)
  if (answer.kind !== 'answered') return answer
  const document = parseJson(answer.output)
  const rows = tool.read(document)
  if (rows.length === 0) return {...answer, kind: 'failed', why: `${tool.name}${place.at} tells of no GPU`}
  const told = new Set(rows.flatMap(({values}) => Object.keys(values)))
  const missing = ['utilization', 'power', 'temperature'].filter((name) => !told.has(name))
  const state: SamplerState = {
    label: `${tool.name}${place.at}`,
    devices: tool.devices(document),
    notes: missing.map((name) => `${tool.name} does not tell ${name}`),
  }
  return toolSampler(state, async (everyMs, ended, queue) => {
    const stream = await place.repeat(tool.words, ended)
    return poll(stream, {tool, label: state.label, everyMs: Math.max(everyMs, MIN_EVERY_MS), ended}, (row) =>
      queue.push(row),
    )
  })
}

interface Polling {
  readonly tool: JsonTool
  readonly label: string
  readonly everyMs: number
  readonly ended: AbortSignal
}

/** Asks at the pace, takes what comes, gives up after a few failures; the time of a row is that of its question. */
async function poll(
  stream: ToolStream & {next(): void},
  {tool, label, everyMs, ended}: Polling,
  push: (row: TelemetryRow) => void,
): Promise<string> {
  let failures = 0
  let asked = performance.now()
  const ask = () => {
    asked = performance.now()
    stream.next()
  }
  let waiting: NodeJS.Timeout | undefined
  const silence = setTimeout(() => stream.end(), SILENCE_MS)
  try {
    ask()
    for await (const {exit, text} of answersOf(stream.lines)) {
      silence.refresh()
      const rows = exit === '0' ? tool.read(parseJson(text)) : []
      failures = rows.length > 0 ? 0 : failures + 1
      if (failures >= MOST_FAILURES) return `${label} answers with something else than readings (exit code ${exit})`
      for (const row of rows) push({...row, atMs: asked, source: label})
      if (!ended.aborted) waiting = setTimeout(ask, Math.max(0, asked + everyMs - performance.now()))
    }
    return await stream.ended()
  } finally {
    clearTimeout(waiting)
    clearTimeout(silence)
  }
}

async function* answersOf(lines: AsyncIterable<string>): AsyncGenerator<{exit: string; text: string}> {
  let text = ''
  for await (const line of lines) {
    const exit = EXIT_LINE.exec(line)?.[1]
    if (exit === undefined) {
      if (text.length < MOST_TEXT) text += `${line}\n`
      continue
    }
    yield {exit, text}
    text = ''
  }
}

const MOST_TEXT = 4 * 1024 * 1024

/** The document in an answer; warnings may stand before it. */
function parseJson(text: string): unknown {
  const start = text.search(/^\s*[[{]/m)
  if (start < 0) return undefined
  try {
    return JSON.parse(text.slice(start))
  } catch {
    return undefined
  }
}
