import type {Decimal} from '../../../core/decimal.js'
import {atLeastText, moneyText} from '../traffic/traffic-words.js'
import type {CostLine} from './cost-lines.js'

/** `$1.24`, `?` where it is not known. */
export function decimalText(amount: Decimal | null, currency: string): string {
  return amount === null ? '?' : moneyText(amount.toNumber(), currency)
}

/** `$1.24`; `>$1.24` where a part of it has no price; `?` where none has; a dash where nothing costs by the hour. */
export function hourText({currency, knownPerHour, perHour}: CostLine): string {
  if (knownPerHour === null) return '-'
  if (perHour !== null) return decimalText(perHour, currency)
  return knownPerHour.gt(0) ? atLeastText(knownPerHour.toNumber(), currency) : '?'
}

const KINDS: Readonly<Record<CostLine['kind'], string>> = {
  idle: 'IDLE',
  capacity: 'capacity',
  model: 'calls',
  budget: 'budget',
  bill: 'bill',
}

export function costKindText({kind, tier}: CostLine): string {
  return kind === 'model' && tier !== null && tier !== 'standard' ? tier : KINDS[kind]
}

/** `62 % of $500.00`; nothing without a limit. */
export function budgetText({currency, limit, monthToDate}: CostLine): string {
  if (limit === null) return ''
  const of = `of ${decimalText(limit, currency)}`
  return monthToDate === null || limit.lte(0) ? of : `${monthToDate.div(limit).times(100).round(0).toFixed()} % ${of}`
}
