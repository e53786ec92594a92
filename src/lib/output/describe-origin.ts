import type {Origin} from '../core/answer.schema.js'
import type {Terminal} from './terminal.js'

/**
 * Where an answer came from, as one short phrase: `live, eu-central-1, 09:14`, `cache of 2026-11-20 18:02 UTC`,
 * `bundled catalog of 2026-11-21`. Off a terminal the times are ISO 8601; on one a live read shows local time.
 */
export function describeOrigin(origin: Origin, terminal: Pick<Terminal, 'interactive'>): string {
  const region = origin.region === undefined ? '' : `, ${origin.region}`
  switch (origin.kind) {
    case 'live':
      return `live${region}, ${terminal.interactive ? localTime(origin.asOf) : origin.asOf}`
    case 'cache':
      return `cache of ${terminal.interactive ? utcMinute(origin.asOf) : origin.asOf}${region}`
    case 'bundle':
      return `bundled catalog of ${origin.asOf.slice(0, 10)}`
  }
}

function localTime(iso: string): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  return [time.getHours(), time.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
}

function utcMinute(iso: string): string {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** Several origins in one phrase: the kinds there are, each with the Regions it stands for and its oldest time. */
export function describeOrigins(origins: readonly Origin[], terminal: Pick<Terminal, 'interactive'>): string {
  const kinds = [...new Set(origins.map(({kind}) => kind))]
  return kinds
    .map((kind) => {
      const same = origins.filter((origin) => origin.kind === kind)
      const oldest = same.reduce((a, b) => (a.asOf <= b.asOf ? a : b))
      const {region, ...rest} = oldest
      if (same.length === 1) return describeOrigin(oldest, terminal)
      return describeOrigin(
        kind === 'bundle' || region === undefined ? rest : {...rest, region: `${same.length} Regions`},
        terminal,
      )
    })
    .join('; ')
}
