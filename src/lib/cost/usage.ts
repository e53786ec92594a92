import type {Decimal} from '../core/decimal.js'
import type {RateQuery} from '../prices/price-book.js'

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
export interface Usage extends RateQuery {
  /** What of the workload uses it: `answer`, `planner`, `ingestion`. */
  readonly component: string
  /** Units of the meter's noun: tokens, images, hours. */
  readonly quantity: Decimal
  /** Paid once, not every month: training, the first ingestion of a corpus. */
  readonly once?: true | undefined
  readonly given?: GivenPrice | undefined
  /** How the quantity came about, where it is not plain. */
  readonly note?: string | undefined
}
