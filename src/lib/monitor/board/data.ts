import type {AlarmRow} from './alarms/alarms.schema.js'
import type {BenchRow} from './bench/bench.schema.js'
import type {BoardCapacity} from './capacity/capacity.schema.js'
import type {CostRow} from './costs/costs.schema.js'
import type {EndpointRow} from './endpoints/endpoints.schema.js'
import type {EventRow} from './events/events.schema.js'
import type {FindingRow} from './findings/findings.schema.js'
import type {JobRow} from './jobs/jobs.schema.js'
import type {RatePrice} from './prices/prices.schema.js'
import type {QuotaLimit} from './quotas/quotas.schema.js'
import type {TrafficAbout, TrafficMinute} from './traffic/traffic.schema.js'

/** The last reading of each place. */
export type ByPlace<Row> = ReadonlyMap<string, {readonly atMs: number; readonly rows: readonly Row[]}>

/** The rows of all places together. */
export function allRows<Row>(byPlace: ByPlace<Row>): readonly Row[] {
  return [...byPlace.values()].flatMap(({rows}) => rows)
}

/** The lists of rows of some topics and all places: the same ones for as long as nothing else was read anywhere. */
export function rowLists(...topics: readonly ByPlace<unknown>[]): readonly (readonly unknown[])[] {
  return topics.flatMap((byPlace) => [...byPlace.values()].map(({rows}) => rows))
}

/** One model id as called in one Region, with its last minutes, oldest first. */
export interface TrafficRow {
  /** Region, endpoint, model id and tier. */
  readonly key: string
  readonly region: string
  readonly endpoint: 'runtime' | 'mantle'
  readonly modelId: string
  readonly tier: string | null
  readonly about: TrafficAbout
  /** At most `KEPT_MINUTES`; a minute that did not change is the same object. */
  readonly minutes: readonly TrafficMinute[]
}

/** What the board keeps of what was read. */
export interface BoardData {
  readonly traffic: ReadonlyMap<string, TrafficRow>
  readonly alarms: ByPlace<AlarmRow>
  readonly quotas: ByPlace<QuotaLimit>
  readonly prices: ByPlace<RatePrice>
  readonly jobs: ByPlace<JobRow>
  readonly capacity: ByPlace<BoardCapacity>
  readonly endpoints: ByPlace<EndpointRow>
  readonly findings: ByPlace<FindingRow>
  readonly costs: ByPlace<CostRow>
  readonly bench: ByPlace<BenchRow>
  /** Newest last, at most `KEPT_EVENTS`. */
  readonly events: readonly EventRow[]
}
