import type {Decimal} from '../../core/decimal.js'
import type {Usage} from '../usage.js'
import type {ModelCall, ResolvedCall} from './resolve-call.js'

/** What a workload uses in a month, and what was taken for granted to say so. */
export interface Demand {
  readonly usages: readonly Usage[]
  /** In the month, where requests are what the workload is counted in. */
  readonly requests: Decimal | null
  /** Input and output tokens of the month that its users see; what a price a million tokens is told by. */
  readonly tokens: Decimal | null
  /** All tokens that are billed over those its users see, where one request makes many calls. */
  readonly amplification: Decimal | null
  readonly assumptions: readonly string[]
  /** What costs money too and is not in the estimate. */
  readonly excluded: readonly string[]
}

/** What the function of a kind of workload works with. */
export interface DemandContext {
  /** This month's volume over the stated one: growth and seasonal profile. Applies to traffic, never to what stands by. */
  readonly factor: Decimal
  /** The Region of what is not called by model, such as a vector store; undefined where none is named. */
  readonly region: string | undefined
  /** Understands what a workload names as its model; what is wrong is noted for `path`, and reading goes on. */
  call(call: ModelCall, path: readonly PropertyKey[]): ResolvedCall
  /** The id of a model or of what is billed beside models; what is not known is noted for `path`. */
  subject(name: string, path: readonly PropertyKey[]): string
  /** Notes what is wrong at a place of the workload. */
  problem(path: readonly PropertyKey[], message: string): void
}

/** Something that keeps a workload from being priced. */
export interface WorkloadProblem {
  readonly workload: string
  /** Within the workload. */
  readonly path: readonly PropertyKey[]
  readonly message: string
  /** A command that shows what there is instead. */
  readonly next?: string | undefined
}
