import type {Narrowed} from '../account/collect/narrowed.js'
import type {AccountSnapshot, ReadId} from '../account/snapshot.schema.js'
import type {Settings} from '../config/settings.js'
import type {Connection} from './connect.js'
import {onlineSession} from './online-session.js'
import type {Progress} from './progress.js'

export interface SnapshotRequest {
  /** Undefined: what the snapshot to resume holds, else everything. */
  readonly reads: readonly ReadId[] | undefined
  /** Where it is saved; the file to resume when there is no other. */
  readonly out?: string | undefined
  readonly resume?: string | undefined
  readonly settings: Settings
  readonly toolVersion: string
  /** Models that somebody means to call; whether they may is then read too. */
  readonly models?: readonly string[]
  /** Reads that ask about certain things alone. */
  readonly narrowed?: Narrowed
}

export interface TakenSnapshot {
  readonly snapshot: AccountSnapshot
  /** For people: where it was saved, and how to go on with half of one. */
  readonly note: string | undefined
}

interface Frame {
  readonly signal: AbortSignal
  readonly progress: Progress
}

const RESUMED_AGE_MS = 3_600_000
const HOME_REGION = 'us-east-1'

/** Takes the snapshot that a command asks for, and saves it: whole, or as far as it came before an interruption. */
export async function takeSnapshot(
  {reads, out, resume, settings, toolVersion, models, narrowed}: SnapshotRequest,
  connection: Connection,
  {signal, progress}: Frame,
): Promise<TakenSnapshot> {
  const session = onlineSession(connection, 'An account')
  const [{collectSnapshot}, {offeredServices}, {isReadId}, {readsFor}, store, {selectRegions}] = await Promise.all([
    import('../account/collect-snapshot.js'),
    import('../account/offered-services.js'),
    import('../account/reads.js'),
    import('../account/select-reads.js'),
    import('../account/snapshot-store.js'),
    import('../routing/select-regions.js'),
  ])
  const [identity, regionOptIns, readers, isOffered, previous] = await Promise.all([
    session.identity(),
    session.regionOptIns(),
    session.accountReaders(),
    offeredServices(connection.catalog),
    resume === undefined ? undefined : store.readSnapshot(resume),
  ])
  const {configuredRegion: configured, catalog} = connection
  const asked = settings.regions
  const regions =
    previous && asked.length === 0
      ? previous.regions.map(({name}) => name)
      : selectRegions({asked, configured, otherwise: 'configured'}, catalog)
  const snapshot = await collectSnapshot(
    {
      reads: reads ?? (previous ? previous.selection.filter(isReadId) : readsFor('all')),
      regions,
      named: asked.includes('all') ? [] : regions,
      homeRegion: configured ?? regions[0] ?? HOME_REGION,
      toolVersion,
      models,
      narrowed,
      resume: previous && {snapshot: previous, maxAgeMs: settings.maxAgeMs ?? RESUMED_AGE_MS},
    },
    {
      identity,
      regionOptIns,
      readers,
      isOffered,
      simulated: () => connection.simulated(),
      now: () => new Date(),
      onRead: (done, total) => progress.update(done, total, 'reads of the account'),
    },
    signal,
  )
  const file = out ?? resume
  if (file === undefined) return {snapshot, note: undefined}
  await store.writeSnapshot(file, snapshot)
  const next = `Go on with it: bedrockctl account snapshot --resume ${file}`
  return {snapshot, note: snapshot.complete ? `saved  ${file}` : `saved  ${file}, as far as it was read. ${next}`}
}
