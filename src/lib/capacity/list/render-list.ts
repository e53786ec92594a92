import {plural, regionWords} from '../../core/text.js'
import {selectColumns, sortRows} from '../../output/columns.js'
import {formatMoney} from '../../output/money.js'
import {paint} from '../../output/style.js'
import type {Column, View} from '../../output/view.js'
import type {CapacityRow} from '../capacity.schema.js'
import {stateWord} from '../capacity-words.js'
import type {CapacityListResult} from './capacity-list.schema.js'

const percent = (share: number) => `${Math.round(share * 100)} %`
const tokens = (count: number) => Math.round(count).toLocaleString('en-US')

function copiesWords(kind: CapacityRow['kind'], copies: number | null): string {
  if (kind !== 'imported') return ''
  return copies === null ? '? copies' : plural(copies, 'copy')
}

const COLUMNS: readonly Column<CapacityRow>[] = [
  {
    key: 'name',
    title: 'NAME',
    value: ({name}) => name,
    text: ({name}, terminal) => paint('id', name, terminal),
    weight: 0,
  },
  {key: 'kind', title: 'KIND', value: ({kind}) => kind, weight: 1},
  {key: 'region', title: 'REGION', value: ({region}) => region, weight: 3},
  {
    key: 'state',
    title: 'STATE',
    value: ({state}) => state,
    text: ({state}, terminal) => stateWord(state, terminal),
    weight: 0,
  },
  {
    key: 'size',
    title: 'SIZE',
    value: ({copies, units}) => units ?? copies,
    text: ({copies, kind, units}) => (units === null ? copiesWords(kind, copies) : plural(units, 'unit')),
    weight: 2,
  },
  {
    key: 'committed-until',
    title: 'COMMITTED UNTIL',
    value: ({commitmentEndsAt}) => commitmentEndsAt,
    text: ({commitment, commitmentEndsAt}) => commitmentEndsAt?.slice(0, 10) ?? (commitment === 'none' ? 'none' : ''),
    weight: 2,
  },
  {
    key: 'hourly',
    title: 'PER HOUR',
    value: ({hourly}) => hourly?.amount,
    text: ({hourly, kind}) =>
      hourly ? formatMoney(hourly.amount, hourly.currency) : kind === 'deployment' ? 'by token' : '?',
    align: 'right',
    weight: 0,
  },
  {
    key: 'tokens-per-minute',
    title: 'TOKENS/MIN',
    value: ({load}) => load?.mean,
    text: ({load}) => (load === null ? '?' : tokens(load.mean)),
    align: 'right',
    weight: 4,
  },
  {
    key: 'busiest',
    title: 'P95',
    value: ({load}) => load?.busiest,
    text: ({load}) => (load === null ? '?' : tokens(load.busiest)),
    align: 'right',
    weight: 5,
  },
  {
    key: 'utilisation',
    title: 'USED',
    value: ({utilisation}) => utilisation?.mean,
    text: ({kind, utilisation}) => (utilisation ? percent(utilisation.mean) : kind === 'provisioned' ? '?' : ''),
    align: 'right',
    weight: 2,
  },
  {
    key: 'throttles',
    title: 'THROTTLES',
    value: ({throttles}) => throttles,
    text: ({throttles}) => (throttles === null ? '?' : String(throttles)),
    align: 'right',
    weight: 4,
  },
  {key: 'calls', title: 'CALLS', value: ({calls}) => calls, align: 'right', weight: 6},
  {
    key: 'last-call',
    title: 'LAST CALL',
    value: ({lastCallAt}) => lastCallAt,
    text: ({lastCallAt}) => lastCallAt?.slice(0, 10) ?? '-',
    weight: 3,
  },
  {
    key: 'idle',
    title: 'IDLE',
    value: ({idle}) => idle,
    text: ({idle}, terminal) => (idle === null ? '?' : idle ? paint('warn', 'idle', terminal) : ''),
    weight: 0,
  },
  {key: 'model', title: 'MODEL', value: ({modelArn}) => modelArn, weight: 9},
  {key: 'arn', title: 'ARN', value: ({arn}) => arn, weight: 9},
]

const HIDDEN: readonly string[] = ['calls', 'model', 'arn']

/**
 * The view of `capacity list`; `columns` as `--columns` gives them, undefined for the default ones. `idleFor` where only
 * what nobody has called for so long is kept.
 */
export function capacityListView(columns: string | undefined, idleFor?: string): View<CapacityListResult, CapacityRow> {
  return {
    rows: ({rows}) => rows,
    columns: ({regions}) =>
      columns === undefined
        ? COLUMNS.filter(({key}) => !HIDDEN.includes(key) && (key !== 'region' || regions.length > 1))
        : selectColumns(COLUMNS, columns.split(',')),
    empty:
      idleFor === undefined
        ? 'No capacity of your own: calls go on demand.'
        : `Nothing that could be read has been idle for ${idleFor}.`,
    footer: footerOf,
  }
}

function footerOf({hourly, regions, reserved, rows, unpriced}: CapacityListResult): string {
  const where = regionWords(regions)
  const sum = hourly.map(({amount, currency}) => `${formatMoney(amount, currency)} an hour`).join(' + ')
  const known = unpriced === 0 ? '' : `, ${unpriced} without a price`
  const idle = rows.filter((row) => row.idle === true)
  return [
    `${rows.length} in ${where}${sum === '' ? '' : `, ${sum}`}${known}`,
    ...idle.map(({idleWhy, name}) => `idle: ${name}, ${idleWhy ?? ''}`),
    `Reserved tier: ${reserved.why}`,
  ].join('\n')
}

/** The result with its rows in the order of `--sort`. */
export function sortCapacity(result: CapacityListResult, sort: string | undefined): CapacityListResult {
  return {...result, rows: sortRows(result.rows, COLUMNS, sort)}
}
