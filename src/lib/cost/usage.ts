import type {MeterId} from '../catalog/meters.js'
import type {Decimal} from '../core/decimal.js'
import type {Route} from '../prices/price-book.js'
import type {PriceKind} from '../prices/price-list.js'

/** A price that the operator gives: a private offer, a GPU's hour. */
export interface GivenPrice {
  readonly amount: Decimal
  readonly per: number
  /** `1M tokens`, `GPU hour`. */
  readonly unit: string
  readonly currency: string
  /** Where it stands, such as `--gpu-hourly`. */
  readonly source: string
}

/**
 * So much of one thing that is billed, in a month. Whatever a workload is, it comes down to a list of these; prices
 * are put to them in one place (price-usage.ts).
 */
export interface Usage {
  /** What of the workload uses it: `answer`, `planner`, `ingestion`. */
  readonly component: string
  /** Base model, or what is billed beside models. */
  readonly modelId: string
  readonly meter: MeterId
  /** Which price of the meter: `unit` for all but tokens. */
  readonly of: PriceKind
  readonly variant: string | null
  /** The Region that is called. */
  readonly region: string
  /** null: what is billed does not depend on the route. */
  readonly route: Route | null
  readonly profileId?: string | undefined
  readonly tier: string
  /** Units of the meter's noun: tokens, images, hours. */
  readonly quantity: Decimal
  /** Input tokens of one request, where the price depends on it. */
  readonly inputTokensPerRequest?: number | undefined
  /** Paid once, not every month: training, the first ingestion of a corpus. */
  readonly once?: true | undefined
  readonly given?: GivenPrice | undefined
  /** How the quantity came about, where it is not plain. */
  readonly note?: string | undefined
}
