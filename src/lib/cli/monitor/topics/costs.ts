import type {AccountSnapshot} from '../../../account/snapshot.schema.js'
import {BedrockctlError} from '../../../core/errors.js'
import type {CostRow} from '../../../monitor/board/costs/costs.schema.js'
import type {Look, Looked, TopicReader} from '../../../monitor/board/ports.js'
import {OWN_READS} from '../../actual-spend.js'
import {SILENT} from '../../progress.js'
import {takeSnapshot} from '../../take-snapshot.js'
import {boardBooks} from '../books.js'
import {callerOf} from '../caller.js'
import type {MonitorDoor} from '../door.js'
import {BILL_MS, readBillRows} from './bill.js'
import {budgetRows, NO_COST, usedRows} from './cost-rows.js'

/** Days are summed anew so often; what a minute costs is known from the traffic meanwhile. */
const EVERY_MS = 900_000
/** What ids of the account lead to hardly changes. */
const OWN_MS = 3_600_000

/**
 * Reads what was used of each Region this month at the price book, and with one of them what belongs to the account:
 * its budgets and, where asked for, its bill.
 */
export function costsReader(door: MonitorDoor): TopicReader<'costs'> {
  const books = boardBooks(door)
  const own = new Map<string, {readonly atMs: number; readonly snapshot: AccountSnapshot}>()
  const ownOf = async (region: string, look: Look) => {
    const known = own.get(region)
    if (known && look.nowMs - known.atMs < OWN_MS) return known.snapshot
    const snapshot = await readOwn(door, region, look.signal)
    own.set(region, {atMs: look.nowMs, snapshot})
    return snapshot
  }
  const account = accountCosts(door)
  let told = 0
  return {
    topic: 'costs',
    scope: 'region',
    everyMs: EVERY_MS,
    async look(look): Promise<Looked<'costs'>> {
      const region = look.place ?? door.home
      const [{calledModels}, {priceTokens}, {parseWindow}, usage] = await Promise.all([
        import('../../../cost/actual/called-model.js'),
        import('../../../cost/actual/price-tokens.js'),
        import('../../../cost/actual/window.js'),
        door.session.tokenUsage(),
      ])
      const window = parseWindow({since: '30d', until: undefined}, new Date(look.nowMs))
      const [series, snapshot, {book}, ofAccount] = await Promise.all([
        usage.readTokens(region, window.read, look.signal),
        ownOf(region, look),
        books(region, look.nowMs, look.signal),
        account(region, look),
      ])
      const resolve = calledModels(snapshot, door.connection.catalog)
      const used = priceTokens([{region, series}], resolve, book)
      const metrics = usage.metricsAsked() - told
      told += metrics
      return {rows: [...(await usedRows(used, window)), ...ofAccount], metrics}
    },
  }
}

async function readOwn(
  {connection, settings}: MonitorDoor,
  region: string,
  signal: AbortSignal,
): Promise<AccountSnapshot> {
  const request = {reads: OWN_READS, settings: {...settings, regions: [region]}, toolVersion: 'monitor'}
  return (await takeSnapshot(request, connection, {signal, progress: SILENT})).snapshot
}

/**
 * What belongs to no Region comes with the readings of one: the first that looks, and another one when that has not
 * looked for long.
 */
function accountCosts(door: MonitorDoor): (region: string, look: Look) => Promise<readonly CostRow[]> {
  let keeper: {readonly region: string; readonly atMs: number} | undefined
  let bill: {readonly atMs: number; readonly rows: readonly CostRow[]} | undefined
  return async (region, look) => {
    const {nowMs, signal} = look
    if (keeper && keeper.region !== region && nowMs - keeper.atMs < 2 * EVERY_MS) return []
    keeper = {region, atMs: nowMs}
    const caller = await callerOf(door.session)
    const budgets = await orNothing(readBudgets(door, caller.account, signal), 'budgets could not be read')
    if (!door.bill) return budgets
    const isKept = bill !== undefined && nowMs - bill.atMs < BILL_MS
    const read = isKept
      ? undefined
      : await orNothing(readBillRows(door, caller, nowMs, signal), 'the bill could not be read')
    if (read) bill = {atMs: nowMs, rows: read}
    return [...budgets, ...(bill?.rows ?? [])]
  }
}

async function readBudgets({session}: MonitorDoor, account: string, signal: AbortSignal): Promise<readonly CostRow[]> {
  return budgetRows(await (await session.budgets()).budgets(account, signal))
}

/** Who may read metrics need not see the money: what was refused is said in a row, and the rest goes on. */
async function orNothing(reading: Promise<readonly CostRow[]>, what: string): Promise<readonly CostRow[]> {
  try {
    return await reading
  } catch (error) {
    if (!(error instanceof BedrockctlError) || error.fault === 'interrupted') throw error
    const missing = error.action === undefined ? '' : ` (${error.action})`
    return [missingRow(`${what}: ${error.message}${missing}`)]
  }
}

function missingRow(note: string): CostRow {
  return {...NO_COST, source: 'budget', name: '', currency: 'USD', note}
}
