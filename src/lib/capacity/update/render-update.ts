import {sanitise} from '../../core/text.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {labelled} from '../capacity-words.js'
import type {CapacityUpdateResult} from './capacity-update.schema.js'
import type {PlannedUpdate} from './plan-update.js'

const COLUMNS: readonly Column<CapacityUpdateResult>[] = [
  {key: 'name', title: 'NAME', value: ({name}) => name, weight: 0},
  {key: 'outcome', title: 'OUTCOME', value: ({outcome}) => outcome, weight: 0},
  {key: 'new-name', title: 'NEW NAME', value: ({change}) => change.name},
  {key: 'new-model', title: 'NEW MODEL', value: ({change}) => change.modelArn, weight: 2},
  {key: 'arn', title: 'ARN', value: ({arn}) => arn, weight: 9},
]

const OUTCOMES: Readonly<Record<CapacityUpdateResult['outcome'], string>> = {
  'would-update': 'would be changed; nothing was done: --dry-run',
  updating: 'is being changed; answers may come from the old model until it is done',
  unchanged: 'is so already',
}

export const capacityUpdateView: View<CapacityUpdateResult, CapacityUpdateResult> = {
  rows: (result) => [result],
  columns: () => COLUMNS,
  text: renderUpdate,
}

/** Asked before what answers is changed. */
export function updateQuestion({change, modelArn, name, region}: PlannedUpdate): string {
  return [
    `This changes ${name} in ${region}.`,
    ...(change.name === null ? [] : [`Its name becomes ${change.name}.`]),
    ...(change.modelArn === null ? [] : [`It serves ${change.modelArn} in place of ${modelArn}.`]),
  ].join(' ')
}

function renderUpdate({change, modelArn, name, outcome, region}: CapacityUpdateResult, terminal: Terminal): string {
  return [
    `${paint('strong', sanitise(name), terminal)}   ${OUTCOMES[outcome]}   ${region}`,
    ...(change.name === null ? [] : labelled('name', sanitise(change.name), terminal)),
    ...labelled('model', sanitise(change.modelArn ?? modelArn), terminal),
  ].join('\n')
}
