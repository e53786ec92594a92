import type {CapacityListResult} from '../capacity/list/capacity-list.schema.js'
import {decimal} from '../core/decimal.js'
import {parseDurationMs} from '../core/duration.js'
import {usageError} from '../core/errors.js'
import {parseQuantity} from '../core/quantity.js'
import type {CommandFrame} from './base-command.js'
import {capacityRows} from './capacity-rows.js'
import {openCapacity} from './open-capacity.js'
import {openPrices} from './price-book.js'

export interface CapacityListFlags {
  readonly 'idle-after': string
  readonly idle: boolean
  readonly 'tokens-per-minute-per-unit': string | undefined
}

interface Frame extends CommandFrame {
  readonly warn: (text: string) => void
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** CloudWatch keeps hours that long. */
const LONGEST_MS = 455 * DAY_MS
const LOOK_BACK_MS = 30 * DAY_MS
const RESERVED =
  'unknown from the API: no call of AWS lists reservations; the account team keeps them, the bill has them (bedrockctl cost actual)'

/** Reads what `capacity list` shows. */
export async function readCapacityList(flags: CapacityListFlags, frame: Frame): Promise<CapacityListResult> {
  const {settings, signal, progress, warn} = frame
  const idleAfterMs = readIdleAfter(flags['idle-after'])
  const unitTokens = readUnitTokens(flags['tokens-per-minute-per-unit'])
  const connection = await frame.connect()
  const {catalog} = connection
  const door = await openCapacity(undefined, settings, connection)
  const [imports, metrics, {bases, imports: facts}, {readCapacity}] = await Promise.all([
    door.session.imports(),
    door.session.callMetrics(),
    catalog.customModels(),
    import('../capacity/list/read-capacity.js'),
  ])
  const nowMs = Date.now()
  const {read, unread} = await readCapacity(
    door.regions,
    {capacity: door.source, imports, metrics},
    {
      importRegions: facts.regions,
      deploymentRegions: settings.regions.includes('all') ? bases.flatMap(({onDemand}) => onDemand) : door.regions,
      nowMs,
      lookBackMs: Math.max(LOOK_BACK_MS, idleAfterMs),
      signal,
    },
  )
  const holding = read.filter(({deployments, imported, provisioned}) =>
    [deployments, imported, provisioned].some((list) => list.length > 0),
  )
  const {book, origin} = await openPrices(settings, connection, {
    regions: holding.map(({region}) => region),
    ...{signal, progress, warn},
  })
  const all = await capacityRows(holding, {catalog, book, unitTokens, idleAfterMs, nowMs})
  const rows = flags.idle ? all.filter(({idle}) => idle === true) : all
  return {
    schemaVersion: 1,
    simulated: connection.simulated(),
    unread,
    regions: door.regions,
    asOf: new Date(nowMs).toISOString(),
    idleAfterHours: idleAfterMs / HOUR_MS,
    prices: origin,
    rows,
    hourly: sumsOf(rows),
    unpriced: rows.filter(({hourly, kind}) => hourly === null && kind !== 'deployment').length,
    reserved: {known: false, why: RESERVED},
  }
}

function sumsOf(rows: CapacityListResult['rows']): CapacityListResult['hourly'] {
  const sums = new Map<string, ReturnType<typeof decimal>>()
  for (const {hourly} of rows) {
    if (hourly) sums.set(hourly.currency, (sums.get(hourly.currency) ?? decimal(0)).plus(hourly.amount))
  }
  return [...sums].map(([currency, amount]) => ({currency, amount: amount.toNumber()}))
}

function readIdleAfter(text: string): number {
  const ms = parseDurationMs(text)
  if (ms !== undefined && ms >= HOUR_MS && ms <= LONGEST_MS) return ms
  throw usageError('DURATION_INVALID', `--idle-after ${text} is no time that metrics tell of.`, {
    hint: 'Write 36h or 7d: from an hour to 455 days.',
  })
}

function readUnitTokens(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const tokens = parseQuantity(text)
  if (tokens?.gt(0)) return tokens.toNumber()
  throw usageError('TOKENS_INVALID', `--tokens-per-minute-per-unit ${text} is no number of tokens.`, {
    hint: 'Write 60000, 60k or 1.5M.',
  })
}
