import {describeOrigin} from '../../output/describe-origin.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import {wrapText} from '../../output/wrap.js'
import {premiumWords} from '../routes/price-premium.js'
import type {AvailabilityCell, ModelAvailability, RouteVerdict} from './availability.schema.js'
import {arrow, headLines, mark} from './availability-words.js'

const INDENT = ' '.repeat(22)

/** Everything about one model from one Region: the card of `--from`. */
export function renderAvailabilityCard(model: ModelAvailability, cell: AvailabilityCell, terminal: Terminal): string {
  const origin = cell.origin ? describeOrigin(cell.origin, terminal) : 'not read'
  const lines = [
    ...headLines(model, `from ${cell.region} · ${origin}`, terminal).flatMap((line) => wrapText(line, terminal.width)),
    '',
    ...cell.routes.flatMap((route) => routeLines(route, terminal)),
    ...accountLines(cell, terminal),
  ]
  const unusual = cell.routes.some(({notEnabledDestinations}) => notEnabledDestinations.length > 0)
  if (unusual)
    lines.push(
      '',
      `  ${footnoteMark(terminal)} ${cell.account ? 'opt-in Region, not enabled in this account' : 'opt-in Region'}; requests can still be processed there`,
    )
  const advice = adviceOf(model, terminal)
  if (advice !== undefined) lines.push('', ...wrapText(advice, terminal.width))
  return lines.join('\n')
}

function adviceOf({recommendation, premium, nearest}: ModelAvailability, terminal: Terminal): string | undefined {
  const price = premium ? `, ${premiumWords(premium)}` : ''
  if (recommendation) return `Use ${paint('id', recommendation.id, terminal)}: ${recommendation.words}${price}.`
  return nearest ? `Nearest: ${paint('id', nearest.id, terminal)} (${nearest.words})` : undefined
}

const LABELS: Readonly<Record<RouteVerdict['mode'], string>> = {
  'in-region': 'In-Region',
  geo: 'Geographic',
  global: 'Global',
  mantle: 'Mantle',
  provisioned: 'Provisioned',
}

function routeLines(route: RouteVerdict, terminal: Terminal): string[] {
  const label = LABELS[route.mode].padEnd(12)
  const word = `${mark(route.answer, terminal)}${' '.repeat(Math.max(0, 8 - route.answer.length))}`
  const first = `  ${label}${word}${route.answer === 'yes' ? (route.id ?? '') : (route.reason ?? '')}`
  if (route.answer !== 'yes') return [first]
  if (route.mode === 'global') return [`${first} ${arrow(terminal)} any commercial Region`]
  if (route.mode !== 'geo') return [route.reason ? `${first} (${route.reason})` : first]
  const destinations = route.destinations?.map((name) =>
    route.notEnabledDestinations.includes(name) ? `${name}${footnoteMark(terminal)}` : name,
  )
  if (!destinations) return [first, `${INDENT}${arrow(terminal)} ${route.reason ?? 'destinations not known'}`]
  return [
    first,
    ...wrapText(destinations.join(' '), terminal.width - INDENT.length - 2).map(
      (line, index) => `${INDENT}${index === 0 ? arrow(terminal) : ' '} ${line}`,
    ),
  ]
}

function accountLines({account}: AvailabilityCell, terminal: Terminal): string[] {
  if (!account) return []
  const words =
    account.findings.length === 0
      ? ['agreement accepted, entitled, authorised']
      : account.findings.flatMap(({message, remedy}) =>
          remedy ? [message, `${arrow(terminal)} ${remedy}`] : [message],
        )
  const label = `  ${'Access'.padEnd(12)}${mark(account.answer, terminal)}${' '.repeat(Math.max(0, 8 - account.answer.length))}`
  return words.flatMap((text, index) =>
    wrapText(text, terminal.width - INDENT.length).map(
      (line, part) => `${index === 0 && part === 0 ? label : INDENT}${line}`,
    ),
  )
}

const footnoteMark = (terminal: Terminal) => (terminal.unicode ? '°' : '*')
