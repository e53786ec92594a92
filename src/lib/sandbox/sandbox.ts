import {type Clock, type ClockKind, createClock} from './clock.js'
import {Faults} from './faults.js'
import type {FaultRule} from './faults.schema.js'
import {Journal, type JournalEntry} from './journal.js'
import type {Parts} from './parts.js'
import {listen} from './server.js'
import {ServiceTable} from './services.js'
import {loadWorld} from './world/load-world.js'
import type {World} from './world.js'

export interface SandboxOptions {
  /** Name of a bundled scenario, or path of a scenario file. */
  readonly scenario?: string
  /** 0 or absent: a free one. */
  readonly port?: number
  /** The same seed gives the same ids and the same failures. */
  readonly seed?: number
  /** Wall-clock delay of every answer. */
  readonly latencyMs?: number
  /** Requests a second that each operation takes per account and Region, after a burst. */
  readonly throttle?: {readonly rate: number; readonly burst: number}
  readonly clock?: ClockKind
  /** Answer 500 when a service's output breaks its own schema; for tests. */
  readonly checkOutput?: boolean
}

export interface SandboxEnvironmentOptions {
  /** Where the scenario starts, when absent. */
  readonly region?: string
  /** A Bedrock API key instead of access keys; the endpoint then names the Region. */
  readonly bearer?: boolean
}

/** A running sandbox: an AWS endpoint on the loopback interface. */
export interface Sandbox {
  readonly url: string
  readonly scenario: string
  readonly journal: readonly JournalEntry[]
  readonly clock: Clock
  readonly faults: Faults
  readonly world: World
  /** Environment variables that point any AWS client at this sandbox. */
  env(options?: SandboxEnvironmentOptions): Record<string, string>
  /** Cuts every connection; resolves when the port is free. */
  close(): Promise<void>
}

export const DEFAULT_SCENARIO = 'demo'
const BODY_LIMIT = 64 * 1024 * 1024

/** Starts listening on 127.0.0.1. Rejects when the port is taken or the scenario is not one. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {scenario = DEFAULT_SCENARIO, seed = 1, port = 0} = options
  const clock = createClock(options.clock ?? 'real')
  const load = (): Promise<World> => loadWorld({scenario, seed, now: () => clock.now()})
  const faults = new Faults(seed)
  const journal = new Journal()
  let world = await load()
  const arm = (): void => {
    faults.clear()
    for (const rule of [...world.faults, ...throttleRules(options)]) faults.add(rule)
  }
  arm()
  const server = await listen(
    port,
    (baseUrl): Parts => ({
      table: new ServiceTable(),
      get world() {
        return world
      },
      clock,
      faults,
      journal,
      latencyMs: options.latencyMs ?? 0,
      bodyLimit: BODY_LIMIT,
      checkConstraints: true,
      checkOutput: options.checkOutput ?? process.env['VITEST'] !== undefined,
      baseUrl,
      wallNow: Date.now,
      reset: async () => {
        world = await load()
        journal.clear()
        arm()
      },
    }),
  )
  return {
    url: server.url,
    scenario: world.scenario,
    journal: journal.entries,
    clock,
    faults,
    get world() {
      return world
    },
    env: (wanted) => environment(server.url, world.login, wanted),
    close: server.close,
  }
}

function throttleRules({throttle}: SandboxOptions): FaultRule[] {
  if (!throttle) return []
  return [{effect: {kind: 'throttle', ratePerSecond: throttle.rate, burst: throttle.burst}}]
}

function environment(
  url: string,
  login: World['login'],
  {region = login.region, bearer = false}: SandboxEnvironmentOptions = {},
): Record<string, string> {
  const common = {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: login.accessKeyId,
    AWS_SECRET_ACCESS_KEY: login.secretAccessKey,
    // A token left over in the shell would not belong to this key.
    AWS_SESSION_TOKEN: '',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  }
  if (!bearer) return common
  // An API key carries no Region: the path does.
  const endpoint = `${url}/_region/${region}`
  const services = ['BEDROCK', 'BEDROCK_RUNTIME', 'BEDROCK_AGENT']
  return {
    ...common,
    ...Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, endpoint])),
    AWS_BEARER_TOKEN_BEDROCK: login.bearerToken,
  }
}
