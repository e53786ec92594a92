import type {CellEndNote, CellHead, RunHead, RunSummary} from '../metrics/summary.schema.js'
import type {SampleColumns} from '../samples/columns.js'
import type {GapHistogram} from '../samples/gaps.js'

/** One line of `telemetry.ndjson`: ms from the epoch, by the clock of the machine that sampled. */
export interface StoredTelemetry {
  readonly atEpochMs: number
  readonly source: string
  readonly device: string
  readonly values: Readonly<Record<string, number>>
  readonly throttle?: number | undefined
}

/** Writes one run as it comes; what was written before a crash is readable to the last whole segment. */
export interface RunWriter {
  readonly id: string
  /** Where it is: a folder, or an address of S3. */
  readonly place: string
  /** Cells that were not known when the run was created, as a search finds them. */
  addCells(cells: readonly CellHead[]): Promise<void>
  samples(segment: SampleColumns): Promise<void>
  /** How a cell ended, with its gaps. */
  cellEnded(end: CellEndNote, gaps: GapHistogram): Promise<void>
  telemetry(rows: readonly StoredTelemetry[]): Promise<void>
  /** Only with --save-texts: prompt and completion of request k. */
  texts(rows: readonly {readonly cell: number; readonly k: number; readonly text: string}[]): Promise<void>
  /** Writes the summary and closes the files. */
  finish(summary: RunSummary): Promise<void>
  /** Closes the files without a summary: `bench show` then makes one of what is there. */
  abandon(): Promise<void>
}

/** One run, read. Everything but the summary is read when asked for. */
export interface Run {
  readonly id: string
  readonly place: string
  /** undefined of what was imported as a summary. */
  readonly head: RunHead | undefined
  /** undefined while it runs, and of one that was killed. */
  readonly summary: RunSummary | undefined
  /** ISO 8601: when the last sample was written. */
  readonly changedAt: string
  /** The head's, and those that came later. */
  cells(): Promise<readonly CellHead[]>
  /** Segments in the order they were written, of one cell or of all; bounded memory. Nothing where there are none. */
  samples(cell?: number): AsyncIterable<SampleColumns>
  ends(): Promise<readonly CellEndNote[]>
  gaps(): Promise<ReadonlyMap<number, GapHistogram>>
  telemetry(): AsyncIterable<StoredTelemetry>
}

/** Runs that are kept on this machine. */
export interface RunStore {
  create(head: RunHead): Promise<RunWriter>
  /** Keeps a summary without samples, as another tool wrote it; gives where. */
  keep(summary: RunSummary): Promise<string>
  /** By id, the beginning that only one id has, a name, `latest`, or a path of the folder of a run or a summary. */
  open(reference: string): Promise<Run>
  /** Newest first; what cannot be read comes with why. */
  list(): Promise<readonly KeptRun[]>
  remove(id: string): Promise<void>
}

export interface KeptRun {
  readonly id: string
  readonly place: string
  readonly bytes: number
  readonly head: RunHead | undefined
  readonly summary: RunSummary | undefined
  /** Why it cannot be read; undefined where it can. */
  readonly problem: string | undefined
}
