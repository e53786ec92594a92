import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {openAwsSession} from '../../src/lib/aws/session.js'
import {openCatalog} from '../../src/lib/catalog/open-catalog.js'
import type {Connection} from '../../src/lib/cli/connect.js'
import {factCache} from '../../src/lib/cli/fact-cache.js'
import type {MonitorDoor} from '../../src/lib/cli/monitor/door.js'
import {openJobsReader} from '../../src/lib/cli/monitor/jobs/jobs.js'
import type {Settings} from '../../src/lib/config/settings.js'
import type {JobRow} from '../../src/lib/monitor/board/jobs/jobs.schema.js'
import type {Looked} from '../../src/lib/monitor/board/ports.js'
import {type Sandbox, type SandboxOptions, startSandbox} from '../../src/lib/sandbox/sandbox.js'

const SETTINGS: Settings = {
  profile: undefined,
  regions: [],
  endpointUrl: undefined,
  sandbox: undefined,
  offline: false,
  maxAgeMs: undefined,
  debug: false,
  quiet: false,
  interactive: false,
  yes: false,
}

/** The jobs of the board over the wire: a sandbox whose clock only the test moves, and the reader at its time. */
export interface JobsStage extends AsyncDisposable {
  readonly sandbox: Sandbox
  readonly door: MonitorDoor
  readonly folder: string
  /** Operations that the sandbox was asked for since the last `asked()`, sorted. */
  asked(): readonly string[]
  look(region?: string): Promise<Looked<'jobs'>>
  /** Rows by name, after so many seconds. */
  rowsAfter(seconds: number): Promise<ReadonlyMap<string, JobRow>>
}

export const INTERVAL_MS = 2000

export async function openJobsStage(scenario: string, options: Partial<SandboxOptions> = {}): Promise<JobsStage> {
  const folder = await mkdtemp(join(tmpdir(), 'jobs-stage-'))
  const asked: string[] = []
  const sandbox = await startSandbox({
    ...options,
    scenario,
    clock: 'manual',
    onRequest: ({operation}) => asked.push(operation ?? '?'),
  })
  const {accessKeyId, secretAccessKey} = sandbox.world.login
  const session = openAwsSession({
    endpointUrl: sandbox.url,
    credentials: {accessKeyId, secretAccessKey},
    region: 'us-east-1',
  })
  const catalog = await openCatalog()
  const simulated = () => true
  const connection: Connection = {
    catalog,
    session,
    cache: factCache({folder: join(folder, 'cache'), session, simulated}),
    configuredRegion: 'us-east-1',
    simulated,
  }
  const settings = {...SETTINGS, endpointUrl: sandbox.url}
  const stateFolder = join(folder, 'state')
  const door: MonitorDoor = {settings, connection, session, home: 'us-east-1', bill: false, stateFolder}
  const reader = await openJobsReader(door)
  const look = (region = 'us-east-1') =>
    reader.look({
      place: region,
      nowMs: sandbox.clock.now(),
      signal: new AbortController().signal,
      intervalMs: INTERVAL_MS,
    })
  return {
    sandbox,
    door,
    folder,
    asked: () => asked.splice(0).toSorted(),
    look,
    rowsAfter: async (seconds) => {
      await sandbox.clock.advance(seconds * 1000)
      return new Map((await look()).rows.map((row) => [row.name, row]))
    },
    async [Symbol.asyncDispose]() {
      session.close()
      await sandbox.close()
      await rm(folder, {recursive: true})
    },
  }
}
