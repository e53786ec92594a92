import {type Clock, type ClockKind, createClock} from './clock.js'
import {type SandboxEnvironmentOptions, sandboxEnvironment} from './environment.js'
import {Faults} from './faults.js'
import type {FaultRule} from './faults.schema.js'
import {Journal, type JournalEntry} from './journal.js'
import type {Pacer} from './pace/pacer.js'
import type {Parts} from './parts.js'
import {PromptCache} from './prompt-cache/prompt-cache.js'
import {Quotas} from './quotas/quotas.js'
import {listen} from './server.js'
import {ServiceTable} from './services.js'
import {Streams} from './streams/streams.js'
import {witness} from './witness.js'
import {loadWorld} from './world/load-world.js'
import type {World} from './world.js'

export interface SandboxOptions {
  /** Name of a bundled scenario, or path of a scenario file. */
  readonly scenario?: string | undefined
  /** `none`, or whose traffic in place of the scenario's own: the name of a scenario, or the path of a file. */
  readonly traffic?: string | undefined
  /** 0 or absent: a free one. */
  readonly port?: number | undefined
  /** The same seed gives the same ids and the same failures. */
  readonly seed?: number | undefined
  /** Wall-clock delay of every answer. */
  readonly latencyMs?: number | undefined
  /** Requests a second that each operation takes per account and Region, after a burst. */
  readonly throttle?: {readonly rate: number; readonly burst: number} | undefined
  /** Whether calls of models are held to their requests and tokens a minute; true unless given. */
  readonly quotas?: boolean | undefined
  readonly clock?: ClockKind | undefined
  /** Answer 500 when a service's output breaks its own schema; for tests. */
  readonly checkOutput?: boolean
  /** Told of every request once it is answered. */
  readonly onRequest?: ((entry: JournalEntry) => void) | undefined
}

/** A running sandbox: an AWS endpoint on the loopback interface. */
export interface Sandbox {
  readonly url: string
  readonly scenario: string
  readonly journal: readonly JournalEntry[]
  readonly clock: Clock
  readonly faults: Faults
  readonly world: World
  readonly pacer: Pacer
  readonly quotas: Quotas
  /** Environment variables that point any AWS client at this sandbox. */
  env(options?: SandboxEnvironmentOptions): Record<string, string>
  /** Cuts every connection and removes temporary files; resolves when the port is free. */
  close(): Promise<void>
}

const DEFAULT_SCENARIO = 'demo'
const BODY_LIMIT = 64 * 1024 * 1024

/** Starts listening on 127.0.0.1. Rejects when the port is taken or the scenario is not one. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {scenario = DEFAULT_SCENARIO, seed = 1, port = 0} = options
  const clock = createClock(options.clock ?? 'real')
  const load = (): Promise<World> => loadWorld({scenario, seed, traffic: options.traffic, now: () => clock.now()})
  const faults = new Faults(seed)
  const journal = new Journal({onAdd: options.onRequest})
  const streams = new Streams(seed)
  const quotas = new Quotas()
  quotas.enforced = options.quotas ?? true
  const promptCache = new PromptCache()
  let world = await load()
  const arm = (): void => {
    faults.clear()
    streams.pacer.reset(world.pace)
    quotas.refill()
    promptCache.clear()
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
      streams,
      quotas,
      promptCache,
      latencyMs: options.latencyMs ?? 0,
      bodyLimit: BODY_LIMIT,
      checkConstraints: true,
      checkOutput: options.checkOutput ?? process.env['VITEST'] !== undefined,
      baseUrl,
      wallNow: Date.now,
      witness: (call) => witness(call, world),
      reset: async () => {
        const before = world
        world = await load()
        journal.clear()
        arm()
        await before.objects.dispose()
      },
    }),
  )
  return {
    url: server.url,
    scenario: world.scenario,
    journal: journal.entries,
    clock,
    faults,
    pacer: streams.pacer,
    quotas,
    get world() {
      return world
    },
    env: (wanted) => sandboxEnvironment(server.url, world.login, wanted),
    async close() {
      await server.close()
      streams.scheduler.clear()
      await world.objects.dispose()
    },
  }
}

function throttleRules({throttle}: SandboxOptions): FaultRule[] {
  if (!throttle) return []
  return [{effect: {kind: 'throttle', ratePerSecond: throttle.rate, burst: throttle.burst}}]
}
