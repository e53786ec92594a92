import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {stateWord} from '../customization-words.js'
import type {CustomizationStopResult, StopItem} from './customization-stop.schema.js'

const OUTCOMES: Readonly<Record<StopItem['outcome'], string>> = {
  'would-stop': 'would be stopped',
  stopping: 'is being stopped',
  stopped: 'was stopped',
  'already-stopping': 'was being stopped already',
  'already-ended': 'had ended already',
}

const COLUMNS: readonly Column<StopItem>[] = [
  {
    key: 'job',
    title: 'JOB',
    value: ({name}) => name,
    text: ({name}, terminal) => paint('id', name, terminal),
    weight: 0,
  },
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 2},
  {key: 'state', title: 'WAS', value: ({state}) => state, text: ({state}, terminal) => stateWord(state, terminal)},
  {
    key: 'outcome',
    title: 'OUTCOME',
    value: ({outcome}) => outcome,
    text: ({outcome}, terminal) => paint('strong', OUTCOMES[outcome], terminal),
    weight: 0,
  },
  {key: 'arn', title: 'ARN', value: ({arn}) => arn, weight: 9},
]

export const customizationStopView: View<CustomizationStopResult, StopItem> = {
  rows: ({jobs}) => jobs,
  columns: () => COLUMNS,
  text: renderStop,
}

async function renderStop({dryRun, jobs, next}: CustomizationStopResult, terminal: Terminal): Promise<string> {
  const shown = COLUMNS.filter(({key}) => key !== 'arn')
  return [
    await renderTable(jobs, shown, terminal),
    ...(dryRun ? ['', 'Nothing was done: --dry-run.'] : []),
    ...(next.length === 0 ? [] : ['']),
    ...next.map((command, index) => `${index === 0 ? 'next' : '    '}  ${paint('id', command, terminal)}`),
  ].join('\n')
}
