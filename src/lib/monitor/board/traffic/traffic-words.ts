import {formatAmount} from '../../../output/chart/format-amount.js'
import {formatMoney} from '../../../output/money.js'
import type {Tone} from '../../span.js'
import type {TrafficRow} from '../data.js'
import type {Rate} from '../prices/rate-of.js'
import type {Cell} from '../view.js'
import type {TrafficAbout} from './traffic.schema.js'

const MINUTE_MS = 60_000
/** What no metric told. */
export const UNKNOWN = '?'

/** `1.25M`, `48k`, `0.4`, to three digits. */
export function amountText(value: number | null): string {
  return value === null ? UNKNOWN : formatAmount(value, '')
}

/** `17.3`, `0.42`, `0.02`; less than a hundredth: `<0.01`. */
export function perSecondText(value: number | null): string {
  if (value === null || value === 0 || value >= 1) return amountText(value)
  return value < 0.005 ? '<0.01' : value.toFixed(2)
}

/** `412 ms`, `1.5 s`; nothing was measured: a dash. */
export function msText(value: number | null): string {
  return value === null ? '-' : formatAmount(value, 'ms')
}

/** `1.2 %`; of no requests: a dash. */
export function shareText(value: number | null): string {
  if (value === null) return '-'
  const percent = value * 100
  return `${percent === 0 || percent >= 10 ? Math.round(percent) : percent < 0.1 ? '<0.1' : percent.toFixed(1)} %`
}

/** `$1.24`; what is known of it where some is not: `>$1.24`; nothing is known: `?`. */
export function rateText({currency, isByTheHour, knownPerHour, perHour}: Rate): string {
  if (isByTheHour) return 'hourly'
  if (perHour !== null) return moneyText(perHour.toNumber(), currency)
  return knownPerHour.gt(0) ? atLeastText(knownPerHour.toNumber(), currency) : UNKNOWN
}

/** Cents, and less than one as that: `$18.42`, `$0.26`, `<$0.01`; from a hundred on whole ones. */
export function moneyText(amount: number, currency: string | null): string {
  const cents = Math.round(Math.abs(amount) * 100)
  if (cents === 0 && amount > 0) return `<${formatMoney(0.01, currency ?? 'USD')}`
  const shown = amount < 100 ? (Math.sign(amount) * cents) / 100 : Math.round(amount)
  return amount < 100
    ? formatMoney(shown, currency ?? 'USD')
    : formatMoney(shown, currency ?? 'USD').replace(/\.00$/, '')
}

/** `>$1.24` of 1.249: never more than is known. */
export function atLeastText(amount: number, currency: string | null): string {
  return `>${moneyText(Math.floor(amount * 100 + 1e-6) / 100, currency)}`
}

export function countCell(value: number | null, tone?: Tone): Cell {
  return {text: amountText(value), sort: value ?? undefined, ...(tone && {tone})}
}

export function perSecondCell(value: number | null): Cell {
  return {text: perSecondText(value), sort: value ?? undefined}
}

export function msCell(value: number | null): Cell {
  return {text: msText(value), sort: value ?? undefined}
}

/** From `warnAt` on it is worth a look, from `badAt` on it is bad. */
export function shareCell(value: number | null, warnAt: number, badAt: number): Cell {
  const tone: Tone | undefined = value === null || value < warnAt ? undefined : value >= badAt ? 'bad' : 'warn'
  return {text: shareText(value), sort: value ?? undefined, ...(tone && {tone})}
}

export function rateCell(rate: Rate): Cell {
  const known = rate.perHour ?? (rate.knownPerHour.gt(0) ? rate.knownPerHour : undefined)
  return {text: rateText(rate), sort: known?.toNumber(), ...(rate.perHour === null && {tone: 'warn' as const})}
}

/** `14:05`, UTC. */
export function minuteText(minute: number): string {
  return new Date(minute * MINUTE_MS).toISOString().slice(11, 16)
}

/** The called id; of a resource of the account its name, as ARNs all begin alike. */
export function calledText({about, modelId}: Pick<TrafficRow, 'about' | 'modelId'>): string {
  if (about.kind === 'model' || about.kind === 'profile') return modelId.slice(modelId.lastIndexOf('/') + 1)
  return about.name ?? modelId.slice(modelId.lastIndexOf('/') + 1)
}

/** How a called id travels, in a word or two. */
export function routeText({kind, route}: TrafficAbout): string {
  switch (kind) {
    case 'provisioned':
      return 'provisioned'
    case 'deployment':
      return 'deployment'
    case 'imported':
      return 'imported'
    case 'custom':
      return 'custom'
    case 'application-profile':
      return route === null ? 'app profile' : `app ${ROUTES[route]}`
    default:
      return route === null ? UNKNOWN : ROUTES[route]
  }
}

/** What AWS calls the ways. */
export const ROUTES = {'in-region': 'In-Region', geo: 'geo', global: 'global'} as const

/** Where a prompt may be processed, in words. */
export function processedText({processedIn, route}: TrafficAbout, region: string): string {
  if (route === null) return 'not known'
  if (route === 'global') return 'any commercial Region, as the service chooses'
  if (route === 'in-region') return `${region} alone`
  return processedIn === null ? `not known from ${region}` : processedIn.join(' ')
}

/** `LEGACY, ends 2027-01-15`, `EOL since 2026-09-10`; nothing where nothing is to be said. */
export function lifecycleText({lifecycle}: TrafficAbout): string {
  if (lifecycle === null) return ''
  if (lifecycle.until === null) return lifecycle.phase
  return lifecycle.phase === 'EOL' ? `EOL since ${lifecycle.until}` : `${lifecycle.phase}, ends ${lifecycle.until}`
}

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const ASCII_BARS = ['.', ':', '-', '=', '+', '*', '#', '@'] as const

/** One bar a value, the highest full; nothing counted is a space, and more than nothing is never the lowest bar. */
export function sparkText(values: readonly (number | null)[], unicode: boolean): string {
  const bars = unicode ? BARS : ASCII_BARS
  const most = values.reduce<number>((highest, value) => Math.max(highest, value ?? 0), 0)
  return values
    .map((value) => {
      if (value === null) return ' '
      if (value <= 0 || most <= 0) return bars[0]
      return bars[Math.max(1, Math.ceil((value / most) * (bars.length - 1)))] ?? bars[bars.length - 1]
    })
    .join('')
}
