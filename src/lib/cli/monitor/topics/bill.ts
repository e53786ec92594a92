import {parseArn} from '../../../core/arn.js'
import {decimal} from '../../../core/decimal.js'
import type {BillFilter, BillRow, BillSource} from '../../../cost/actual/ports.js'
import type {CostRow} from '../../../monitor/board/costs/costs.schema.js'
import type {MonitorDoor} from '../door.js'
import {NO_COST} from './cost-rows.js'

/** Cost Explorer is charged by the request, and a bill changes a few times a day. */
export const BILL_MS = 3_600_000
/** Of the prediction interval of a forecast, percent; its mean is what is shown. */
const LEVEL = 80

/** The bill of this month of what has Bedrock in its name: a row a service, and one for all with the forecast. */
export async function readBillRows(
  {session}: MonitorDoor,
  caller: {readonly account: string; readonly arn: string},
  nowMs: number,
  signal: AbortSignal,
): Promise<readonly CostRow[]> {
  const {addDays, isoDay, startOfMonth} = await import('../../../cost/actual/window.js')
  const source = await session.bill(parseArn(caller.arn)?.partition ?? 'aws')
  const before = source.requests()
  const today = isoDay(nowMs)
  const range = {from: startOfMonth(today, 0), to: addDays(today, 1)}
  const services = await source.bedrockServices(range, caller.account, signal)
  if (services.length === 0) return []
  const filter: BillFilter = {services, account: caller.account, regions: [], usageOnly: true}
  const groupBy = [{kind: 'dimension', key: 'SERVICE'}] as const
  const [billed, forecast] = await Promise.all([
    source.rows({range, granularity: 'DAILY', filter, groupBy}, signal),
    source.forecast({from: today, to: startOfMonth(today, 1)}, filter, LEVEL, signal),
  ])
  const rows = services.flatMap((name) =>
    rowsOf(
      name,
      billed.filter(({keys}) => keys[0] === name),
      today,
    ),
  )
  const requests = source.requests() - before
  return [...rows, ...totalRow(billed, forecast, today)].map((row) => ({...row, requests}))
}

const BILLED = {...NO_COST, source: 'bill', note: 'as billed so far: up to a day behind'} as const

function rowsOf(name: string, billed: readonly BillRow[], today: string): readonly CostRow[] {
  const currencies = [...new Set(billed.map(({currency}) => currency))]
  return currencies.map((currency) => {
    const same = billed.filter((row) => row.currency === currency)
    return {
      ...BILLED,
      ...{name, currency, monthToDate: sum(same), today: sum(same.filter(({from}) => from === today))},
    }
  })
}

/** Billed before today, and the forecast from today on, which has all of today. */
function totalRow(
  billed: readonly BillRow[],
  forecast: Awaited<ReturnType<BillSource['forecast']>>,
  today: string,
): readonly CostRow[] {
  if (forecast === null) return []
  const same = billed.filter(({currency}) => currency === forecast.currency)
  const before = decimal(sum(same.filter(({from}) => from < today)))
  return [
    {
      ...BILLED,
      ...{name: 'all of Bedrock on the bill', currency: forecast.currency, monthToDate: sum(same)},
      today: sum(same.filter(({from}) => from === today)),
      forecast: before.plus(decimal(forecast.amount)).toFixed(),
      forecastBy: 'billed before today, and the forecast of Cost Explorer from today on',
    },
  ]
}

function sum(rows: readonly BillRow[]): string {
  return rows.reduce((total, {amount}) => total.plus(decimal(amount)), decimal(0)).toFixed()
}
