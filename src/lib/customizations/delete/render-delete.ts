import {sanitise} from '../../core/text.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import type {CustomizationDeleteResult} from './customization-delete.schema.js'

const COLUMNS: readonly Column<CustomizationDeleteResult>[] = [
  {key: 'model', title: 'MODEL', value: ({name}) => name, weight: 0},
  {key: 'region', title: 'REGION', value: ({region}) => region},
  {key: 'outcome', title: 'OUTCOME', value: ({outcome}) => outcome, weight: 0},
  {key: 'arn', title: 'ARN', value: ({arn}) => arn, weight: 9},
]

const OUTCOMES: Readonly<Record<CustomizationDeleteResult['outcome'], string>> = {
  'would-delete': 'would be deleted. Nothing was done: --dry-run.',
  deleted: 'was deleted; it is not kept and not paid any more.',
  gone: 'is not there: nothing was to be done.',
  refused: 'is still served, and was kept. Delete first what serves it:',
}

export const customizationDeleteView: View<CustomizationDeleteResult, CustomizationDeleteResult> = {
  rows: (result) => [result],
  columns: () => COLUMNS,
  text: ({name, next, outcome}: CustomizationDeleteResult, terminal: Terminal) =>
    [
      `${paint('id', sanitise(name), terminal)} ${OUTCOMES[outcome]}`,
      ...next.map((command) => `  ${paint('id', command, terminal)}`),
    ].join('\n'),
}
