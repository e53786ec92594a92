import type {Clock} from './clock.js'
import type {Faults} from './faults.js'
import type {Journal} from './journal.js'
import type {PromptCache} from './prompt-cache/prompt-cache.js'
import type {Quotas} from './quotas/quotas.js'
import type {ServiceTable} from './services.js'
import type {Streams} from './streams/streams.js'
import type {Witnessed} from './witness.js'
import type {World} from './world.js'

/** What a running sandbox consists of. */
export interface Parts {
  readonly table: ServiceTable
  readonly world: World
  readonly clock: Clock
  readonly faults: Faults
  readonly journal: Journal
  readonly streams: Streams
  readonly quotas: Quotas
  readonly promptCache: PromptCache
  /** Wall-clock delay of every answer. */
  readonly latencyMs: number
  /** Largest request body taken. */
  readonly bodyLimit: number
  /** Refuse inputs that break a pattern, length, range or enum. */
  readonly checkConstraints: boolean
  /** Answer 500 when a service's output breaks its own schema. */
  readonly checkOutput: boolean
  /** Told of every call that was let in; a world without a state has nobody to tell. */
  readonly witness?: (call: Witnessed) => void
  baseUrl(): string
  wallNow(): number
  /** Back to the scenario's beginning. */
  reset(): Promise<void>
}
