import {formatMoney} from '../output/money.js'
import {type Meaning, paint} from '../output/style.js'
import type {Terminal} from '../output/terminal.js'
import type {PriceLine} from './create/customization-create.schema.js'
import type {CustomizationRow, PhaseRow} from './customization.schema.js'

const MEANING: Readonly<Record<string, Meaning>> = {
  Active: 'good',
  Completed: 'good',
  InService: 'good',
  Stopped: 'warn',
  Stopping: 'warn',
  Failed: 'bad',
}

/** `Failed`, in the colour of what it means. */
export function stateWord(state: string | null, terminal: Terminal): string {
  if (state === null) return '?'
  const meaning = MEANING[state]
  return meaning === undefined ? state : paint(meaning, state, terminal)
}

const PHASES: Readonly<Record<PhaseRow['name'], string>> = {
  validation: 'validation',
  'data-processing': 'data processing',
  training: 'training',
}

export function phaseWord(name: PhaseRow['name']): string {
  return PHASES[name]
}

/** What a job is at: `training`, `queued for training capacity`, `-` where it is at nothing. */
export function atWord({phases, queued, state}: Pick<CustomizationRow, 'phases' | 'queued' | 'state'>): string {
  if (queued) return 'queued for training capacity'
  if (state !== 'InProgress') return '-'
  const running = phases.find((phase) => phase.state === 'InProgress')
  return running ? phaseWord(running.name) : '-'
}

/** `0.4123`: a loss or another metric, to four digits. */
export function metricWord(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(3)
  return String(Number(value.toPrecision(5)))
}

/** `$15.12 once, training: 2,000,000 tokens × 2 epochs (Price List, 2026-08-02)`. */
export function priceWords({amount, asOf, currency, per, quantity, source, what, why}: PriceLine): string {
  if (amount === null) return `unknown  ${what}: ${why ?? ''}`
  const each = {once: 'once', month: 'a month', hour: 'an hour', '1M tokens': 'per 1M tokens'}[per]
  const origin = [source, source?.includes(asOf?.slice(0, 10) ?? '') ? null : asOf?.slice(0, 10)]
  const from = origin.filter((word) => word !== undefined && word !== null && word !== '').join(', ')
  const of = per === 'once' ? `: ${quantity}` : ''
  return `${formatMoney(Number(amount), currency ?? 'USD')} ${each}, ${what}${of} (${from})`
}
