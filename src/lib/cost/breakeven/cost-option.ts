import type {Decimal} from '../../core/decimal.js'
import type {PricedUsage} from '../price-usage.js'
import type {ResolvedCall} from '../workload/resolve-call.js'
import type {WorkloadOf} from '../workload/workload.schema.js'
import type {CostCurve} from './cost-curve.js'

/** How long an answer takes: a person waits, a program waits, or it comes within a day. */
export type Latency = 'interactive' | 'flexible' | 'batch'

export type OptionId =
  | 'on-demand'
  | 'priority'
  | 'latency-optimized'
  | 'flex'
  | 'batch'
  | 'provisioned-no-commitment'
  | 'provisioned-1-month'
  | 'provisioned-6-month'
  | 'reserved-1-month'
  | 'reserved-3-month'
  | 'imported'
  | 'self-hosted'

/** One way to serve the workload, with what a month of it costs by volume. */
export interface CostOption {
  readonly kind: 'priced'
  readonly id: OptionId
  readonly name: string
  readonly curve: CostCurve
  readonly currency: string
  readonly latency: Latency
  /** Months that are paid for whatever happens; 0: it can be ended at any time. */
  readonly commitmentMonths: number
  /** Where prompts are processed. */
  readonly residency: string
  /** It is another model than the workload's, whose answers nobody has compared. */
  readonly otherModel: boolean
  /** Every request costs this, whatever the volume; null where there is more to it. */
  readonly perRequest: Decimal | null
  /** What a request costs at the least, of a capacity that is filled; null where that is not known. */
  readonly leastPerRequest: Decimal | null
  /** Why the curve is only the least that it costs; null where it is the cost. */
  readonly floor: string | null
  /** The prices that went in. */
  readonly lines: readonly PricedUsage[]
  readonly notes: readonly string[]
}

/** A way that no price is known for, or of which too little is said. */
export interface UnpricedOption {
  readonly kind: 'unpriced'
  readonly id: OptionId
  readonly name: string
  readonly why: string
}

/** What is known of capacity; nothing here has a public figure. */
export interface CapacityTerms {
  /** Of the throughput of GPUs, what the load uses over the month. */
  readonly utilisation: Decimal
  /** The busiest minute over the mean one: what model units and reserved tokens must be enough for. */
  readonly peakFactor: Decimal
  /** Input and output tokens together that one model unit serves. */
  readonly tokensPerMinutePerUnit: Decimal | undefined
  readonly imported: ImportedTerms | undefined
  readonly selfHosted: SelfHostedTerms | undefined
}

export interface ImportedTerms {
  readonly unitsPerCopy: Decimal
  readonly version: 'v1.0' | 'v2.0'
  readonly requestsPerHourPerCopy: Decimal | undefined
}

export interface SelfHostedTerms {
  readonly gpuHourly: Decimal
  readonly currency: string
  /** Of one GPU, input and output tokens together. */
  readonly tokensPerSecond: Decimal | undefined
  /** GPUs that one copy of the model needs. */
  readonly gpusPerCopy: Decimal
  /** Where the throughput is from, in words; undefined: as given. */
  readonly measured?: string | undefined
}

/** The workload that is asked about, as its functions need it. */
export interface BreakEvenCase {
  readonly workload: WorkloadOf<'inference'>
  readonly call: ResolvedCall
  readonly terms: CapacityTerms
}
