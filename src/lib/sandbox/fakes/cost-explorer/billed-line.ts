/** One line of a bill, in the words of billing, and what any stretch of time adds to it. */
export interface BilledLine {
  /** Account that used it. */
  readonly account: string
  readonly service: string
  readonly usageType: string
  readonly operation: string
  readonly region: string
  /** `Usage`, `Tax`, `Credit`, ... */
  readonly recordType: string
  readonly billingEntity: string
  readonly unit: string
  /** Of what was used: the resource's own, whether activated for cost allocation or not. */
  readonly tags: Readonly<Record<string, string>>
  /** For [from, to), in milliseconds. */
  amount(from: number, to: number): Amount
}

export interface Amount {
  readonly usd: number
  readonly quantity: number
}

/** Moments between which something is billed. */
export interface Span {
  readonly since: number
  readonly until: number
}

/** Milliseconds of [from, to) that the span has. */
export function overlapMs({since, until}: Span, from: number, to: number): number {
  return Math.max(0, Math.min(to, until) - Math.max(from, since))
}
