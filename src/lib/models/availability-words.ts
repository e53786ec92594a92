import type {Gate} from '../core/answer.schema.js'
import {plural} from '../core/text.js'
import {paint} from '../output/style.js'
import type {Terminal} from '../output/terminal.js'
import type {ModelAvailability} from './availability.schema.js'

/** yes, no or unknown in the colour of its meaning. */
export function mark(answer: string, terminal: Terminal): string {
  if (answer === 'yes') return paint('good', 'yes', terminal)
  return answer === 'no' ? paint('faint', 'no', terminal) : paint('warn', 'unknown', terminal)
}

export const arrow = (terminal: Terminal) => (terminal.unicode ? '→' : '->')

export function statusWords(model: ModelAvailability, terminal: Terminal): string {
  const {status, endOfLife} = model.lifecycle
  const words = endOfLife ? `${status}, end of life ${endOfLife}` : status
  return status === 'ACTIVE' ? words : paint('warn', words, terminal)
}

/** PASS, or FAIL with every reason and the nearest thing that holds. */
export function renderGate(gate: Gate, models: readonly ModelAvailability[], terminal: Terminal): string {
  if (gate.passed)
    return `${paint('good', 'PASS', terminal)}  ${plural(models.length, 'model')} meet ${gate.requirement}`
  const nearest = models.flatMap(({nearest: alternative}) =>
    alternative ? [`      Nearest that holds: ${alternative.id} (${alternative.words})`] : [],
  )
  return [
    ...gate.failures.flatMap((failure) => {
      const colon = failure.indexOf(': ')
      const reasons = failure.slice(colon + 2).split(/ \| /)
      return [
        `${paint('bad', 'FAIL', terminal)}  ${failure.slice(0, colon)}`,
        ...reasons.map((reason) => `      ${reason}`),
      ]
    }),
    ...nearest,
  ].join('\n')
}
