import type {AwsSession} from '../../aws/session.js'
import type {Settings} from '../../config/settings.js'
import type {Sampler} from '../../monitor/board/sampler/sampler.js'
import type {SamplerEvent} from '../../monitor/board/sampler/sampler-event.js'
import type {Subject} from '../../monitor/board/state.js'
import type {Topic} from '../../monitor/board/topics.js'
import {awsClock} from '../aws-clock.js'
import type {Connection} from '../connect.js'
import {onlineSession} from '../online-session.js'
import {callerOf} from './caller.js'
import type {MonitorDoor} from './door.js'

/** What is watched, and who is told of it. */
export interface LiveInput {
  readonly settings: Settings
  readonly bill: boolean
  readonly intervalMs: number
  /** Topics that are read at all; undefined: every one. */
  readonly topics: ReadonlySet<Topic> | undefined
  /** Topics of the view that is shown; undefined: all. */
  readonly shown: ReadonlySet<Topic> | undefined
  readonly firstRoundMs: number
  readonly emit: (event: SamplerEvent) => void | Promise<void>
  readonly signal: AbortSignal
}

/** An account being watched. */
export interface Live {
  readonly sampler: Sampler
  readonly door: MonitorDoor
  /** Regions with Bedrock that the account has enabled, once they are known. */
  readonly regions: Promise<readonly string[]>
  /** What time it is for AWS. */
  readonly now: () => number
}

/** Where calls go that belong to no Region, when nothing names one. */
const HOME = 'us-east-1'

/** Opens the readers of an account and begins to ask them. */
export async function startLive(connection: Connection, input: LiveInput): Promise<Live> {
  const {settings, signal} = input
  const {catalog, configuredRegion} = connection
  const session = onlineSession(connection, 'What is happening in an account')
  const [{Sampler}, {realSamplerClock}, {openReaders}, {selectRegions}, {stateFolder}] = await Promise.all([
    import('../../monitor/board/sampler/sampler.js'),
    import('../../monitor/board/sampler/sampler-event.js'),
    import('./readers.js'),
    import('../../routing/select-regions.js'),
    import('../../config/state-folder.js'),
  ])
  const enabled = enabledRegions(
    session,
    selectRegions({asked: ['all'], configured: configuredRegion, otherwise: 'all'}, catalog),
    signal,
  )
  const isAsked = settings.regions.length > 0
  const choice = {asked: settings.regions, configured: configuredRegion, otherwise: 'configured'} as const
  const asked = settings.regions.includes('all')
    ? await enabled
    : isAsked || configuredRegion !== undefined
      ? selectRegions(choice, catalog)
      : []
  const home = configuredRegion ?? asked[0] ?? HOME
  const folder = stateFolder(process.env, process.platform)
  const door: MonitorDoor = {settings, connection, session, home, bill: input.bill, stateFolder: folder}
  const subject: Subject = {
    ...{account: null, profile: settings.profile ?? null, regions: asked, replayed: false},
    simulated: connection.simulated(),
    ...{sandbox: settings.sandbox ?? null, endpointUrl: settings.endpointUrl ?? null},
  }
  const now = awsClock(session, Date.now)
  const sampler = new Sampler(
    {
      readers: await openReaders(door, input.topics),
      subject,
      ...{intervalMs: input.intervalMs, shown: input.shown, firstRoundMs: input.firstRoundMs},
      named: isAsked,
      always: configuredRegion === undefined ? [] : [configuredRegion],
      discover: () => enabled,
      account: async () => (await callerOf(session)).account,
      made: () => session.calls.total,
      simulated: () => connection.simulated(),
      ...{emit: input.emit, signal},
    },
    {...realSamplerClock, now},
  )
  sampler.start()
  return {sampler, door, regions: enabled, now}
}

/** Regions with Bedrock that the account has enabled; all of them where that may not be read: those that are not say so. */
async function enabledRegions(
  session: AwsSession,
  every: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const source = await session.regionOptIns()
  try {
    const states = await source.listRegionOptIns(signal)
    return every.filter((region) => states.get(region) === 'enabled' || states.get(region) === 'enabled-by-default')
  } catch {
    return every
  }
}
