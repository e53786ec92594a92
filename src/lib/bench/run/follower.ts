import type {CellEnd, LoadTick} from '../load/load.js'
import type {TelemetryRow} from '../telemetry/ports.js'

/** A cell as it is announced. */
export interface AnnouncedCell {
  readonly cell: number
  /** Place in `targets`. */
  readonly target: number
  /** `64 users`, `20/s Poisson`. */
  readonly label: string
  /** Which repeat of its level. */
  readonly block: number
}

/** What a run is going to be. */
export interface RunOutlook {
  readonly targets: readonly string[]
  readonly cells: readonly AnnouncedCell[]
  readonly estimate: {
    /** undefined: nothing of it has a price. */
    readonly usd: number | undefined
    readonly requests: number
    /** undefined: it depends on how fast the targets answer. */
    readonly seconds: number | undefined
  }
}

/** Who is told how a run goes: the live view and the line output. Everything is told on the main thread and must return at once. */
export interface RunFollower {
  /** Told again when cells are added, as a search does. */
  begin(outlook: RunOutlook): void
  /** `probing`, `calibrating`, `warming up …`: what is done between cells. */
  phase(text: string): void
  cell(cell: number): void
  /** spent: since the run began. */
  tick(tick: LoadTick, spent: {readonly usd: number | undefined}): void
  telemetry(row: TelemetryRow): void
  end(cell: number, ended: CellEnd): void
}
