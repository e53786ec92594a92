import {sanitise} from '../../core/text.js'
import {formatPrice} from '../../output/money.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {labelled} from '../import-words.js'
import type {PlannedDelete} from './delete-model.js'
import type {ImportsDeleteResult} from './imports-delete.schema.js'

interface Row {
  readonly name: string
  readonly outcome: string
  readonly arn: string
}

const COLUMNS: readonly Column<Row>[] = [
  {key: 'name', title: 'MODEL', value: ({name}) => name, weight: 0},
  {key: 'outcome', title: 'OUTCOME', value: ({outcome}) => outcome, weight: 0},
  {key: 'arn', title: 'ARN', value: ({arn}) => arn, weight: 9},
]

const OUTCOMES: Readonly<Record<ImportsDeleteResult['outcome'], string>> = {
  'would-delete': 'would be deleted; nothing was done: --dry-run',
  deleted: 'deleted',
  'already-deleted': 'was deleted already',
}

export const importsDeleteView: View<ImportsDeleteResult, Row> = {
  rows: ({model, outcome}) => [{name: model.name, outcome, arn: model.arn}],
  columns: () => COLUMNS,
  text: renderDelete,
}

/** Asked before a model is deleted: it cannot be had back but by another import. */
export function deleteQuestion({cost, model, s3Uri}: PlannedDelete): string {
  const kept = s3Uri === null ? '' : ` The files at ${s3Uri} stay; importing them again takes as long as it did.`
  return `This deletes ${model.name} in ${model.region} (${model.arn}).${savedWords(cost)}${kept}`
}

function savedWords(cost: PlannedDelete['cost']): string {
  const month = cost?.storagePerMonth
  return cost && month !== null && month !== undefined
    ? ` It costs ${formatPrice(month, cost.currency)} a month while it is kept.`
    : ''
}

function renderDelete({cost, model, outcome, s3Uri}: ImportsDeleteResult, terminal: Terminal): string {
  const month = cost?.storagePerMonth ?? null
  return [
    `${paint('strong', sanitise(model.name), terminal)}   ${OUTCOMES[outcome]}   ${model.region}`,
    ...(cost === null || month === null || outcome === 'already-deleted'
      ? []
      : labelled('saves', `${formatPrice(month, cost.currency)} a month of storage`, terminal)),
    ...(s3Uri === null ? [] : labelled('files', `${sanitise(s3Uri)} stay where they are`, terminal)),
  ].join('\n')
}
