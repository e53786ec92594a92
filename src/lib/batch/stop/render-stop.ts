import {sanitise} from '../../core/text.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import type {CostSoFar} from '../progress/progress.schema.js'
import {costWord, stateWord} from '../progress/progress-words.js'
import type {BatchStopResult, StopItem} from './batch-stop.schema.js'

const OUTCOMES: Readonly<Record<StopItem['outcome'], string>> = {
  'would-stop': 'would be stopped',
  'would-withhold': 'would get no job',
  stopping: 'is being stopped',
  'already-stopping': 'was being stopped already',
  'already-ended': 'had ended already',
  withheld: 'gets no job',
  failed: 'could not be stopped',
}

const COLUMNS: readonly Column<StopItem>[] = [
  {
    key: 'job',
    title: 'JOB',
    value: ({name}) => name,
    text: ({name}, terminal) => paint('id', name, terminal),
    weight: 0,
  },
  {key: 'state', title: 'WAS', value: ({state}) => state, text: ({state}, terminal) => stateWord(state, terminal)},
  {
    key: 'outcome',
    title: 'OUTCOME',
    value: ({outcome}) => outcome,
    text: (item, terminal) => paint(item.outcome === 'failed' ? 'bad' : 'strong', outcomeWords(item), terminal),
    weight: 0,
  },
  {key: 'endedUploads', title: 'UPLOADS ENDED', value: ({endedUploads}) => endedUploads, align: 'right'},
  {key: 'arn', title: 'ARN', value: ({arn}) => arn, text: ({arn}) => arn ?? '-', weight: 9},
]

const SHOWN = COLUMNS.filter(({key}) => key !== 'arn' && key !== 'endedUploads')

export const batchStopView: View<BatchStopResult, StopItem> = {
  rows: ({items}) => items,
  columns: () => COLUMNS,
  text: renderStop,
}

/** `reviews $1.20–4.80`, for the question. */
export function costWords(costs: BatchStopResult['costs'], terminal: Pick<Terminal, 'unicode'>): readonly string[] {
  return costs.map(({cost, target}) => `${sanitise(target)} ${wordOf(cost, terminal)}`)
}

function wordOf(cost: CostSoFar | null, terminal: Pick<Terminal, 'unicode'>): string {
  return cost === null ? 'at an unknown cost' : costWord(cost, terminal)
}

function outcomeWords({endedUploads, outcome}: StopItem): string {
  const uploads = endedUploads === 1 ? 'its upload was removed' : `${endedUploads} uploads were removed`
  return endedUploads === 0 ? OUTCOMES[outcome] : `${OUTCOMES[outcome]}; ${uploads}`
}

async function renderStop({costs, dryRun, items, next}: BatchStopResult, terminal: Terminal): Promise<string> {
  return [
    await renderTable(items, SHOWN, terminal),
    '',
    `so far  ${costWords(costs, terminal).join(', ')}; processed records are paid`,
    ...(dryRun ? ['Nothing was done: --dry-run.'] : []),
    ...next.map((command, index) => `${index === 0 ? 'next' : '    '}    ${paint('id', command, terminal)}`),
  ].join('\n')
}
