import type {Tone} from '../../span.js'
import {amountText, calledText, ROUTES, shareText} from '../traffic/traffic-words.js'
import type {QuotaRow} from './quota-rows.js'
import type {QuotaLimit} from './quotas.schema.js'

const KINDS: Readonly<Record<QuotaLimit['kind'], string>> = {
  tpm: 'TPM',
  rpm: 'RPM',
  tpd: 'TPD',
  'mantle-input-tpm': 'mantle in',
  'mantle-output-tpm': 'mantle out',
  'batch-jobs': 'batch jobs',
  'model-units': 'model units',
  'imported-models': 'imported',
  other: 'other',
}

/** `TPM geo`, `TPD`, `batch jobs`. */
export function kindText({latencyOptimized, kind, route}: QuotaLimit): string {
  return [KINDS[kind], ...(route === null ? [] : [ROUTES[route]]), ...(latencyOptimized ? ['fast'] : [])].join(' ')
}

/** What a number of the quota counts, to stand behind it. */
export function unitText({kind}: QuotaLimit): string {
  switch (kind) {
    case 'rpm':
      return 'requests a minute'
    case 'tpd':
      return 'tokens a day'
    case 'batch-jobs':
      return 'jobs open'
    case 'model-units':
      return 'model units'
    case 'imported-models':
      return 'imported models'
    case 'mantle-input-tpm':
      return 'input tokens a minute'
    case 'mantle-output-tpm':
      return 'output tokens a minute'
    default:
      return 'tokens a minute'
  }
}

/** The model that a quota is for, as short as tells it. */
export function subjectText({callers, limit}: QuotaRow): string {
  const [caller] = callers
  if (limit === undefined) return caller === undefined ? '' : calledText(caller)
  return limit.model ?? limit.named ?? (limit.kind === 'tpd' ? 'all models' : 'account')
}

/** `62 %`, `0.4 %`, `?`; more than any limit: `over`. */
export function percentText(share: number | null): string {
  if (share === null) return '?'
  return Number.isFinite(share) ? shareText(share) : 'over'
}

/** From this share of a quota on it is worth a look, and from the other on it is nearly full. */
export const WARN_SHARE = 0.7
const BAD_SHARE = 0.9

/** How full a quota is, as a colour says it. */
export function fullTone(share: number | null): Tone | undefined {
  if (share === null || share < WARN_SHARE) return undefined
  return share >= BAD_SHARE ? 'bad' : 'warn'
}

/** `[||||||    ]`: a part of the whole; past it the last place says so. Empty where nothing is known. */
export function barText(share: number | null, width: number): string {
  const room = width - 2
  if (share === null) return `[${' '.repeat(room)}]`
  const filled = Math.min(room, share > 0 ? Math.max(1, Math.round(share * room)) : 0)
  const bar = '|'.repeat(filled).padEnd(room)
  return `[${share > 1 ? `${bar.slice(0, room - 1)}+` : bar}]`
}

/** `about 2.1M of 4M tokens a minute`. */
export function ofText({used, value}: QuotaRow, limit: QuotaLimit): string {
  return `${amountText(used)} of ${amountText(value)} ${unitText(limit)}`
}

/** `yes`, `no`, `?`. */
export function adjustableText({adjustable}: QuotaLimit): string {
  return adjustable === null ? '?' : adjustable ? 'yes' : 'no'
}
