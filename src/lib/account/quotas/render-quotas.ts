import type {Column, View} from '../../output/view.js'
import type {AccountQuota, AccountQuotas} from './quotas.schema.js'

const COLUMNS: readonly Column<AccountQuota>[] = [
  {key: 'region', title: 'REGION', value: ({region}) => region},
  {key: 'code', title: 'CODE', value: ({code}) => code, weight: 2},
  {key: 'name', title: 'QUOTA', value: ({name}) => name},
  {key: 'kind', title: 'KIND', value: ({kind}) => kind, weight: 5},
  {key: 'route', title: 'ROUTE', value: ({route}) => route, text: ({route}) => route ?? '', weight: 6},
  {
    key: 'model',
    title: 'MODEL',
    value: ({modelId, model}) => modelId ?? model,
    text: ({modelId, model}) => modelId ?? model ?? '',
    weight: 7,
  },
  {key: 'value', title: 'APPLIED', value: ({value}) => value, text: ({value}) => amount(value), align: 'right'},
  {
    key: 'default',
    title: 'DEFAULT',
    value: (quota) => quota.default,
    text: (quota) => amount(quota.default),
    align: 'right',
    weight: 1,
  },
  {
    key: 'adjustable',
    title: 'ADJUSTABLE',
    value: ({adjustable}) => adjustable,
    text: ({adjustable}) => (adjustable === null ? '?' : adjustable ? 'yes' : 'no'),
    weight: 3,
  },
  {
    key: 'output-factor',
    title: 'OUTPUT ×',
    value: ({outputFactor}) => outputFactor,
    text: ({outputFactor}) => (outputFactor === null ? '' : String(outputFactor)),
    align: 'right',
    weight: 4,
  },
]

export const quotasView: View<AccountQuotas, AccountQuota> = {
  rows: ({quotas}) => quotas,
  columns: () => COLUMNS,
  empty: 'No quota matches.',
  footer: ({quotas, burndown, takenAt}) =>
    `${quotas.length} quotas, read ${takenAt}. OUTPUT ×: tokens that one output token takes (${burndown.source}, ${burndown.asOf}).`,
}

function amount(value: number | null): string {
  return value === null ? '?' : value.toLocaleString('en-US')
}
