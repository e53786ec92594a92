import type {Gate} from '../../core/answer.schema.js'
import {plural} from '../../core/text.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {ModelAvailability} from './availability.schema.js'

/** yes, no or unknown in the colour of its meaning. */
export function mark(answer: string, terminal: Terminal): string {
  if (answer === 'yes') return paint('good', 'yes', terminal)
  return answer === 'no' ? paint('faint', 'no', terminal) : paint('warn', 'unknown', terminal)
}

export const arrow = (terminal: Terminal) => (terminal.unicode ? '→' : '->')

function statusWords(model: ModelAvailability, terminal: Terminal): string {
  const {status, endOfLife} = model.lifecycle
  const words = endOfLife ? `${status}, end of life ${endOfLife}` : status
  return status === 'ACTIVE' ? words : paint('warn', words, terminal)
}

/** Name, id, status and where it was read; two lines, so that 80 columns hold them. */
export function headLines(model: ModelAvailability, origin: string, terminal: Terminal): string[] {
  const name = paint('strong', model.name ?? model.id, terminal)
  return [
    `${name}   ${paint('id', model.id, terminal)}   ${statusWords(model, terminal)}`,
    paint('faint', origin, terminal),
  ]
}

const SHOWN_REGIONS = 3

/** PASS with the ids that meet the requirement, or FAIL with every reason and the nearest thing that holds. */
export function renderGate(gate: Gate, models: readonly ModelAvailability[], terminal: Terminal): string {
  return models.flatMap((model) => gateLines(gate, model, terminal)).join('\n')
}

function gateLines(gate: Gate, model: ModelAvailability, terminal: Terminal): string[] {
  const failure = gate.failures.find((text) => text.startsWith(`${model.id} `))
  const cells = model.cells.filter(({meets}) => (meets?.answer === 'yes') === (failure === undefined))
  const more =
    cells.length > SHOWN_REGIONS
      ? [`      and from ${plural(cells.length - SHOWN_REGIONS, 'more Region', 'more Regions')}`]
      : []
  const lines = cells.slice(0, SHOWN_REGIONS).flatMap((cell) => {
    if (failure === undefined)
      return [
        `      from ${cell.region}: ${cell.meets?.id ?? ''} ${whereTo(cell.meets?.destinations ?? null, terminal)}`,
      ]
    return [`      from ${cell.region}`, ...(cell.meets?.reasons ?? []).map((reason) => `        ${reason}`)]
  })
  if (failure === undefined)
    return [`${paint('good', 'PASS', terminal)}  ${model.id} meets ${gate.requirement}`, ...lines, ...more]
  const nearest = model.nearest
    ? [`      Nearest that holds: ${paint('id', model.nearest.id, terminal)} (${model.nearest.words})`]
    : []
  return [`${paint('bad', 'FAIL', terminal)}  ${failure}`, ...lines, ...more, ...nearest]
}

function whereTo(destinations: readonly string[] | null, terminal: Terminal): string {
  return `${arrow(terminal)} ${destinations?.join(' ') ?? 'any commercial Region'}`
}
