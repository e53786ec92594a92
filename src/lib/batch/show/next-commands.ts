import {isEndState} from '../progress/job-states.js'
import type {ProgressRow} from '../progress/progress.schema.js'
import {WITHOUT_JOB} from '../progress/shard-standing.js'

/** What to go on with, best first; `local`: the plans of the group are on this machine. */
export function nextCommands({arn, name, records, state, states}: ProgressRow, local: boolean): readonly string[] {
  const target = arn ?? name
  const command = (verb: string) => `bedrockctl batch ${verb} ${target}`
  if (state === 'Planned' || state === 'Submitting' || states['Planned'] !== undefined) {
    const watch = Object.keys(states).some((one) => one !== 'Planned' && !isEndState(one))
    return local ? [command('submit'), ...(watch ? [command('watch')] : [])] : [command('watch')]
  }
  if (state === null || !isOver(state)) return [command('watch')]
  const retry = local && (records.failed ?? 0) > 0 ? [command('retry')] : []
  const collect = state === 'Failed' || state === 'Refused' || state === 'Withheld' ? [] : [command('collect')]
  return [...retry, ...collect]
}

function isOver(state: string): boolean {
  return isEndState(state) || WITHOUT_JOB.includes(state)
}
