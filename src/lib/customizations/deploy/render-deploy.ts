import {sanitise} from '../../core/text.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {PriceLine} from '../create/customization-create.schema.js'
import {priceWords, stateWord} from '../customization-words.js'
import type {CustomizationDeployResult} from './customization-deploy.schema.js'

const COLUMNS: readonly Column<PriceLine>[] = [
  {key: 'what', title: 'WHAT', value: ({what}) => what, weight: 0},
  {key: 'amount', title: 'AMOUNT', value: ({amount}) => amount, align: 'right', weight: 0},
  {key: 'currency', title: 'CURRENCY', value: ({currency}) => currency},
  {key: 'per', title: 'PER', value: ({per}) => per},
]

export const customizationDeployView: View<CustomizationDeployResult, PriceLine> = {
  rows: ({price}) => price,
  columns: () => COLUMNS,
  text: renderDeploy,
}

const LABEL = 10

const OUTCOMES: Readonly<Record<CustomizationDeployResult['outcome'], string>> = {
  'would-create': 'Nothing was done: --dry-run.',
  refused: 'Nothing was made: it could not work as it is.',
  created: 'It is being made.',
  exists: 'The same was made before.',
  'in-service': 'It can be called.',
  failed: 'It failed.',
  'timed-out': 'The wait is over; it goes on being made.',
}

function renderDeploy(result: CustomizationDeployResult, terminal: Terminal): string {
  const {arn, gate, message, model, name, next, outcome, price, provisioned, region, state, way, why} = result
  const line = (label: string, text: string | null): readonly string[] =>
    text === null || text === ''
      ? []
      : wrapText(sanitise(text), Math.max(20, terminal.width - LABEL)).map(
          (part, index) => `${(index === 0 ? label : '').padEnd(LABEL)}${part}`,
        )
  return [
    ...line('model', `${model.name}, ${model.baseModel ?? 'base not known'}, ${region}`),
    ...line('way', `${way === 'on-demand' ? 'on demand' : 'provisioned throughput'}: ${why}`),
    ...line('name', name),
    ...price.flatMap((one, index) => line(index === 0 ? 'price' : '', priceWords(one))),
    ...(provisioned?.checks ?? []).flatMap(({said, verdict}, index) =>
      line(index === 0 ? 'checks' : '', `${verdict}: ${said}`),
    ),
    ...(gate.passed ? [] : gate.failures.flatMap((failure) => line('FAIL', failure))),
    '',
    OUTCOMES[outcome],
    ...line('arn', arn),
    ...(state === null ? [] : [`${'state'.padEnd(LABEL)}${stateWord(state, terminal)}`]),
    ...line('said', message),
    ...next.map((command, index) => `${(index === 0 ? 'next' : '').padEnd(LABEL)}${paint('id', command, terminal)}`),
  ].join('\n')
}
