import type {AnyReader} from '../ports.js'
import type {Subject} from '../state.js'
import type {Topic} from '../topics.js'
import type {SamplerEvent} from './sampler-event.js'

/** What a sampler looks at, and whom it tells. */
export interface SamplerInput {
  readonly readers: readonly AnyReader[]
  /** Its Regions are those that were named, or the one that is configured. */
  readonly subject: Subject
  readonly intervalMs: number
  /** Topics of the view that is shown; undefined: all. */
  readonly shown: ReadonlySet<Topic> | undefined
  /** Whether those Regions alone are looked at, until others are wished for. */
  readonly named: boolean
  /** Regions that are looked at wherever Bedrock is used, such as the configured one. */
  readonly always: readonly string[]
  /** Regions that may be used beside them. */
  readonly discover: (signal: AbortSignal) => Promise<readonly string[]>
  readonly account: ((signal: AbortSignal) => Promise<string | null>) | undefined
  /** Requests made so far, also those of looks that failed and those that belong to no look. */
  readonly made: () => number
  /** True once a sandbox has answered. */
  readonly simulated: () => boolean
  /** How long the first round is waited for before the second begins. */
  readonly firstRoundMs: number
  readonly emit: (event: SamplerEvent) => void
  /** Ends it: looks under way are stopped, and nothing is told any more. */
  readonly signal: AbortSignal
}
