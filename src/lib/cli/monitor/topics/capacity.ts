import type {CapacityRow} from '../../../capacity/capacity.schema.js'
import type {DeleteFacts} from '../../../capacity/delete/plan-delete.js'
import type {OwnCapacity} from '../../../capacity/find-capacity.js'
import type {FollowedCalls} from '../../../capacity/list/follow-calls.js'
import type {RegionCapacity} from '../../../capacity/list/read-capacity.js'
import {commandAgain} from '../../../core/command-again.js'
import {BedrockctlError} from '../../../core/errors.js'
import type {BoardCapacity} from '../../../monitor/board/capacity/capacity.schema.js'
import type {Look, TopicReader} from '../../../monitor/board/ports.js'
import {capacityRows} from '../../capacity-rows.js'
import {boardBooks} from '../books.js'
import type {MonitorDoor} from '../door.js'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** As `capacity list` has them, where nobody says otherwise. */
const LOOK_BACK_MS = 30 * DAY_MS
const IDLE_AFTER_MS = 7 * DAY_MS
/** All of the look-back is asked for so rarely. */
const WHOLE_EVERY_MS = 6 * HOUR_MS

/** The lists that may be lost while the rest is read. */
const LISTS = [
  ['bedrock:ListCustomModelDeployments', 'deployment'],
  ['bedrock:ListImportedModels', 'imported'],
] as const

/** What serves models of one's own or keeps capacity, as `capacity list` tells it. */
export function capacityReader(door: MonitorDoor): TopicReader<'capacity'> {
  let atMs = 0
  let followed: Promise<FollowedCalls> | undefined
  const books = boardBooks(door)
  const rowsBefore = new Map<string, readonly BoardCapacity[]>()
  return {
    topic: 'capacity',
    scope: 'region',
    everyMs: MINUTE_MS,
    async look(look) {
      const region = look.place ?? door.home
      atMs = look.nowMs
      followed ??= openFollowed(door, () => atMs)
      const metrics = await followed
      const {gaps, lost, read} = await readRegion(door, region, metrics, look)
      const stale = staleRows(rowsBefore.get(region), lost, gaps)
      const keep = (rows: readonly BoardCapacity[]): BoardCapacity[] => {
        const all = [...rows, ...stale]
        rowsBefore.set(region, all)
        return all
      }
      const asked = {metrics: metrics.taken()}
      if (read.provisioned.length + read.deployments.length + read.imported.length === 0)
        return {rows: keep([]), ...asked}
      const {catalog} = door.connection
      const {book} = await books(region, look.nowMs, look.signal)
      const rows = await capacityRows([read], {
        ...{catalog, book, unitTokens: undefined, idleAfterMs: IDLE_AFTER_MS, nowMs: look.nowMs},
      })
      const lookedBackAtMs = metrics.wholeAtMs(region) ?? null
      const [{planDelete}, {formatMoney}, {hourlyWords}] = await Promise.all([
        import('../../../capacity/delete/plan-delete.js'),
        import('../../../output/money.js'),
        import('../../../capacity/capacity-words.js'),
      ])
      const facts = {catalog, book, now: new Date(look.nowMs), money: formatMoney}
      const deletable = (row: CapacityRow) => ({
        ...actionsOf(row, read, facts, {planDelete, hourlyWords}),
        next: row.idle === true ? nextOf(row, door) : null,
      })
      return {
        rows: keep(rows.map((row) => ({...row, lookedBackAtMs, gaps, ...deletable(row)}))),
        ...asked,
      }
    },
  }
}

async function openFollowed({session}: MonitorDoor, now: () => number): Promise<FollowedCalls> {
  const [{followCalls}, metrics] = await Promise.all([
    import('../../../capacity/list/follow-calls.js'),
    session.callMetrics(),
  ])
  return followCalls(metrics, {wholeEveryMs: WHOLE_EVERY_MS, now})
}

async function readRegion(door: MonitorDoor, region: string, metrics: FollowedCalls, {nowMs, signal}: Look) {
  const {connection, session} = door
  const [capacity, imports, {bases, imports: facts}, {readCapacity}] = await Promise.all([
    session.capacity(),
    session.imports(),
    connection.catalog.customModels(),
    import('../../../capacity/list/read-capacity.js'),
  ])
  const {read, unread} = await readCapacity(
    [region],
    {capacity, imports, metrics},
    {
      importRegions: facts.regions,
      deploymentRegions: bases.flatMap(({onDemand}) => onDemand),
      ...{nowMs, lookBackMs: LOOK_BACK_MS, signal},
    },
  )
  const nothing: RegionCapacity = {
    ...{region, provisioned: [], deployments: [], imported: [], hours: [], minutes: []},
  }
  const lost = LISTS.flatMap(([action, kind]) => (unread.some((one) => one.action === action) ? [kind] : []))
  return {read: read[0] ?? nothing, gaps: unread.map(({action, reason}) => `${action}: ${reason}`), lost}
}

/** What could not be listed now is as it was, and not gone; nothing can be done about it meanwhile. */
function staleRows(
  before: readonly BoardCapacity[] | undefined,
  lost: readonly CapacityRow['kind'][],
  gaps: readonly string[],
): readonly BoardCapacity[] {
  const still = (before ?? []).filter(({kind}) => lost.includes(kind))
  return still.map((row) => ({...row, gaps: [...gaps], actions: []}))
}

function nextOf({arn, kind}: CapacityRow, {settings}: MonitorDoor): string {
  const words = kind === 'imported' ? 'imports' : 'capacity'
  return commandAgain(`${words} delete ${arn} --dry-run`, settings)
}

interface Words {
  readonly planDelete: typeof import('../../../capacity/delete/plan-delete.js').planDelete
  readonly hourlyWords: typeof import('../../../capacity/capacity-words.js').hourlyWords
}

/** What is idle may be deleted, unless `capacity delete` would refuse it. */
function actionsOf(
  row: CapacityRow,
  read: RegionCapacity,
  facts: DeleteFacts,
  {hourlyWords, planDelete}: Words,
): Pick<BoardCapacity, 'actions' | 'refused'> {
  const own = row.idle === true ? ownOf(row.arn, read) : undefined
  if (own === undefined) return {actions: [], refused: null}
  try {
    const {name, remains, saves} = planDelete(own, facts)
    const saved = saves === null ? 'it is billed by the token' : `saves ${hourlyWords(saves)}`
    const stays = remains.length === 0 ? '' : `; billed on: ${remains.join('; ')}`
    const effect = `deletes ${name} in ${row.region}: calls of it fail from then on; ${saved}${stays}`
    return {actions: [{name: 'delete', effect, confirm: name}], refused: null}
  } catch (refusal) {
    if (!(refusal instanceof BedrockctlError)) throw refusal
    return {actions: [], refused: [refusal.message, refusal.why ?? ''].join(' ').trim()}
  }
}

function ownOf(arn: string, {deployments, provisioned}: RegionCapacity): OwnCapacity | undefined {
  const throughput = provisioned.find((one) => one.arn === arn)
  if (throughput) return {kind: 'provisioned', one: throughput}
  const deployment = deployments.find((one) => one.arn === arn)
  return deployment && {kind: 'deployment', one: deployment}
}
