import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {View} from '../../output/view.js'
import type {ResolveModelResult} from './resolve-model.schema.js'

/** The id alone on stdout, so that `$(bedrockctl models resolve …)` is what a script wants; the reasons when there is none. */
export const resolveModelView: View<ResolveModelResult, ResolveModelResult> = {
  rows: (result) => [result],
  columns: () => [
    {key: 'id', title: 'ID', value: ({id}) => id, weight: 0},
    {key: 'model', title: 'MODEL', value: ({modelId}) => modelId},
    {key: 'from', title: 'FROM', value: ({from}) => from},
    {key: 'mode', title: 'MODE', value: ({mode}) => mode},
    {key: 'destinations', title: 'DESTINATIONS', value: ({destinations}) => destinations},
  ],
  text: (result, terminal) => result.id ?? renderRefusal(result, terminal),
}

function renderRefusal({gate, passedOver}: ResolveModelResult, terminal: Terminal): string {
  const lines = passedOver.map(({id, mode, reason}) => `      ${id ?? mode}: ${reason}`)
  return [`${paint('bad', 'FAIL', terminal)}  ${gate.failures.join('; ')}`, ...lines].join('\n')
}

/** For people: why this id. */
export function explainResolution({id, mode, destinations, passedOver}: ResolveModelResult): string | undefined {
  if (id === null) return undefined
  const where =
    mode === 'global'
      ? 'any commercial Region may process'
      : destinations === null
        ? 'its destinations are not known'
        : `processed in ${destinations.join(', ')}`
  const before = passedOver.map((route) => `${route.id ?? route.mode}: ${route.reason}`)
  return [`${mode === 'in-region' ? 'In-Region' : mode === 'geo' ? 'geographic' : 'Global'}, ${where}`, ...before].join(
    '\n',
  )
}
