import {sanitise} from '../../core/text.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {hourlyWords, labelled} from '../capacity-words.js'
import type {CapacityDeleteResult} from './capacity-delete.schema.js'
import type {PlannedDelete} from './plan-delete.js'

const COLUMNS: readonly Column<CapacityDeleteResult>[] = [
  {key: 'name', title: 'NAME', value: ({name}) => name, weight: 0},
  {key: 'kind', title: 'KIND', value: ({kind}) => kind},
  {key: 'outcome', title: 'OUTCOME', value: ({outcome}) => outcome, weight: 0},
  {key: 'arn', title: 'ARN', value: ({arn}) => arn, weight: 9},
]

const OUTCOMES: Readonly<Record<CapacityDeleteResult['outcome'], string>> = {
  'would-delete': 'would be deleted; nothing was done: --dry-run',
  deleted: 'deleted',
  'already-deleted': 'was deleted already',
}

export const capacityDeleteView: View<CapacityDeleteResult, CapacityDeleteResult> = {
  rows: (result) => [result],
  columns: () => COLUMNS,
  text: renderDelete,
}

/** Asked before capacity is deleted: whoever calls it then gets errors. */
export function deleteQuestion({arn, name, region, remains, saves}: PlannedDelete): string {
  const saved = saves === null ? '' : ` It costs ${hourlyWords(saves)} now.`
  const stays = remains.length === 0 ? '' : ` Billed on: ${remains.join('; ')}.`
  return `This deletes ${name} in ${region} (${arn}): calls of it fail from then on.${saved}${stays}`
}

function renderDelete({name, outcome, region, remains, saves}: CapacityDeleteResult, terminal: Terminal): string {
  return [
    `${paint('strong', sanitise(name), terminal)}   ${OUTCOMES[outcome]}   ${region}`,
    ...(saves === null || outcome === 'already-deleted' ? [] : labelled('saves', hourlyWords(saves), terminal)),
    ...remains.flatMap((what) => labelled('billed on', sanitise(what), terminal)),
  ].join('\n')
}
