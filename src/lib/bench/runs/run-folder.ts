import {createReadStream} from 'node:fs'
import {type FileHandle, mkdir, open, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {writeWhole} from '../../core/write-whole.js'
import type {RunHead, RunSummary} from '../metrics/summary.schema.js'
import {createSampleFile, readSampleFile} from '../samples/sample-file.js'
import {noteCell, noteEnd, readCells} from './cell-journal.js'
import {readHead, readSummary} from './read-run-document.js'
import type {Run, RunWriter, StoredTelemetry} from './run-store.js'

const FILES = {
  head: 'plan.json',
  summary: 'summary.json',
  samples: 'samples.bcol',
  cells: 'cells.ndjson',
  telemetry: 'telemetry.ndjson',
  texts: 'texts.ndjson',
} as const
const PRIVATE = {mode: 0o600}

/** Makes the folder of a run, for its owner alone, and writes what is known before it begins. */
export async function createRunFolder(folder: string, head: RunHead): Promise<RunWriter> {
  await mkdir(folder, {mode: 0o700, recursive: true})
  await writeWhole(join(folder, FILES.head), `${JSON.stringify(head, undefined, 2)}\n`, PRIVATE)
  const samples = await createSampleFile(join(folder, FILES.samples))
  const cells = await open(join(folder, FILES.cells), 'ax', 0o600)
  const lines = new LineFiles(folder)
  const close = async () => {
    await samples.close()
    await cells.close()
    await lines.close()
  }
  return {
    id: head.id,
    place: folder,
    addCells: async (added) => {
      for (const cell of added) await noteCell(cells, cell)
    },
    samples: (segment) => samples.append(segment),
    cellEnded: (end, gaps) => noteEnd(cells, end, gaps),
    telemetry: (rows) => lines.append(FILES.telemetry, rows),
    texts: (rows) => lines.append(FILES.texts, rows),
    async finish(summary) {
      await close()
      await writeSummary(folder, summary)
    },
    abandon: close,
  }
}

/** Writes the summary of a folder, in one piece. */
export async function writeSummary(folder: string, summary: RunSummary): Promise<void> {
  await mkdir(folder, {mode: 0o700, recursive: true})
  await writeWhole(join(folder, FILES.summary), `${JSON.stringify(summary, undefined, 2)}\n`, PRIVATE)
}

/** Reads the folder of a run; undefined where it is none. */
export async function openRunFolder(folder: string): Promise<Run | undefined> {
  const [head, summary] = await Promise.all([
    readHead(join(folder, FILES.head)),
    readSummary(join(folder, FILES.summary)),
  ])
  const known = summary ?? head
  if (known === undefined) return undefined
  const path = join(folder, FILES.samples)
  const changed = await stat(path).catch(() => undefined)
  let journal: ReturnType<typeof readCells> | undefined
  const cells = () => {
    journal ??= readCells(join(folder, FILES.cells))
    return journal
  }
  return {
    id: known.id,
    place: folder,
    head,
    summary,
    changedAt: changed?.mtime.toISOString() ?? known.startedAt,
    cells: async () => [...(head?.cells ?? []), ...(await cells()).added],
    samples: (cell) => readSampleFile(path, cell),
    ends: async () => (await cells()).ends,
    gaps: async () => (await cells()).gaps,
    telemetry: () => readTelemetry(join(folder, FILES.telemetry)),
  }
}

/** Files of lines that are made when there is something to write. */
class LineFiles {
  readonly #folder: string
  readonly #handles = new Map<string, Promise<FileHandle>>()

  constructor(folder: string) {
    this.#folder = folder
  }

  async append(name: string, rows: readonly object[]): Promise<void> {
    if (rows.length === 0) return
    const opening = this.#handles.get(name) ?? open(join(this.#folder, name), 'a', 0o600)
    this.#handles.set(name, opening)
    await (await opening).appendFile(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  }

  async close(): Promise<void> {
    for (const handle of this.#handles.values()) await (await handle).close()
  }
}

/** A line that was cut while it was written, or that is no row, is left out: it is beside the numbers. */
async function* readTelemetry(path: string): AsyncGenerator<StoredTelemetry> {
  if ((await stat(path).catch(() => undefined)) === undefined) return
  for await (const line of createInterface({input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY})) {
    const row = rowOf(line)
    if (row !== undefined) yield row
  }
}

function rowOf(line: string): StoredTelemetry | undefined {
  try {
    const value: StoredTelemetry = JSON.parse(line)
    return typeof value.atEpochMs === 'number' && typeof value.values === 'object' ? value : undefined
  } catch {
    return undefined
  }
}
