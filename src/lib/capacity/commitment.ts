import {type Decimal, decimal} from '../core/decimal.js'
import type {CommitmentName} from './capacity.schema.js'
import type {ProvisionedThroughput} from './ports.js'

/** A term, as it is typed, as Bedrock takes it and as prices are listed by. */
export interface Term {
  readonly name: CommitmentName
  readonly api: ProvisionedThroughput['commitment']
  readonly months: number
  /** Variant of the price. */
  readonly variant: 'no-commitment' | '1-month' | '6-month'
}

export const TERMS: Readonly<Record<CommitmentName, Term>> = {
  none: {name: 'none', api: null, months: 0, variant: 'no-commitment'},
  '1-month': {name: '1-month', api: 'OneMonth', months: 1, variant: '1-month'},
  '6-month': {name: '6-month', api: 'SixMonths', months: 6, variant: '6-month'},
}

export function termOf(commitment: ProvisionedThroughput['commitment']): Term {
  if (commitment === 'OneMonth') return TERMS['1-month']
  return commitment === 'SixMonths' ? TERMS['6-month'] : TERMS.none
}

const DAY_MS = 86_400_000

/** The same day so many calendar months later, the last of a month that has no such day. AWS publishes no rule. */
export function termEnd(from: Date, months: number): Date {
  const end = new Date(from)
  end.setUTCDate(1)
  end.setUTCMonth(end.getUTCMonth() + months)
  const last = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate()
  end.setUTCDate(Math.min(from.getUTCDate(), last))
  return end
}

/** What every hour from one moment to another costs. */
export function costUntil(hourly: Decimal, from: Date, to: Date): Decimal {
  const ms = Math.max(0, to.getTime() - from.getTime())
  // Days first: whole days come out even.
  return hourly.times(24).times(decimal(ms)).div(DAY_MS)
}
