import type {AwsSession} from '../aws/session.js'
import type {Catalog} from '../catalog/catalog.js'
import type {Settings} from '../config/settings.js'
import {type FactCache, factCache} from './fact-cache.js'

/** What one command works with, opened as its settings say: live, sandbox or offline. */
export interface Connection {
  readonly catalog: Catalog
  /** Undefined offline: then there is nobody to call. */
  readonly session: AwsSession | undefined
  /** What `catalog refresh` kept; opened when asked. */
  readonly cache: FactCache
  /** Region of the profile or the environment. */
  readonly configuredRegion: string | undefined
  /** True when a sandbox answers; settled once the calls were made. */
  simulated(): boolean
}

type OnClose = (close: () => Promise<void> | void) => void

/** Where a sandbox is asked when nothing names a Region: a machine without AWS settings has none. */
const SANDBOX_REGION = 'us-east-1'

/** Opens what a command needs; everything opened is handed to `onClose`. */
export async function connect(settings: Settings, onClose: OnClose): Promise<Connection> {
  const [{openCatalog}, {cacheFolder}] = await Promise.all([
    import('../catalog/open-catalog.js'),
    import('../config/cache-folder.js'),
  ])
  const sandboxed = settings.sandbox !== undefined
  const [catalog, session] = await Promise.all([
    openCatalog(),
    settings.offline ? undefined : openSession(settings, onClose),
  ])
  const simulated = () => sandboxed || session?.simulated === true
  const fromEnvironment = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION']
  return {
    catalog,
    session,
    cache: factCache({folder: cacheFolder(process.env, process.platform), session, simulated}),
    configuredRegion: sandboxed
      ? (fromEnvironment ?? SANDBOX_REGION)
      : session
        ? await session.defaultRegion()
        : fromEnvironment,
    simulated,
  }
}

async function openSession(settings: Settings, onClose: OnClose): Promise<AwsSession> {
  const {openAwsSession} = await import('../aws/session.js')
  const session = openAwsSession(
    settings.sandbox === undefined
      ? {profile: settings.profile, endpointUrl: settings.endpointUrl}
      : await openSandbox(settings.sandbox, onClose),
  )
  onClose(() => session.close())
  return session
}

/** Starts the embedded sandbox for this command alone; its own variables say how to reach it. */
async function openSandbox(scenario: string, onClose: OnClose) {
  const {startSandbox} = await import('../sandbox/sandbox.js')
  const sandbox = await startSandbox({scenario})
  onClose(() => sandbox.close())
  const env = sandbox.env()
  return {
    endpointUrl: sandbox.url,
    region: env['AWS_REGION'],
    credentials: {accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? ''},
  }
}
