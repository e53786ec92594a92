import type {AgentOptions} from 'node:https'
import {NodeHttpHandler} from '@smithy/node-http-handler'
import type {
  AwsCredentialIdentity,
  AwsCredentialIdentityProvider,
  DeserializeHandlerOptions,
  TokenIdentity,
} from '@smithy/types'
import PQueue from 'p-queue'
import {withAnySignal} from '../core/joined-signal.js'
import {type CallRecorder, RECORD_OPTIONS, recordingMiddleware} from './call-log.js'
import type {CallContext} from './error-rules.js'
import {chosenProfile} from './profiles.js'
import {translateError} from './translate-error.js'

/** What every client is built from; the rest comes from environment and profile, read by the SDK itself. */
export interface ClientConfig {
  readonly region: string
  readonly requestHandler: NodeHttpHandler
  readonly credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider
  readonly profile?: string
  readonly endpoint?: string
  readonly token?: TokenIdentity
  readonly authSchemePreference?: string[]
  readonly useFipsEndpoint?: boolean
  readonly useDualstackEndpoint?: boolean
}

/** What the wire does with a client besides handing it out. */
export interface WireClient {
  readonly middlewareStack: {
    // Each client's stack takes middleware of its own inputs and outputs; ours works with any.
    add(middleware: never, options: DeserializeHandlerOptions): void
    remove(name: string): boolean
  }
}

/** One caller's clients and limits. */
export interface Wire {
  /** The client of a service in a Region: built once, by `build`. */
  client<Client extends WireClient>(service: string, region: string, build: (config: ClientConfig) => Client): Client
  /** Runs one call, or one listing to its end, within the limits; failures come out as ours. */
  call<T>(
    service: string,
    context: CallContext,
    signal: AbortSignal | undefined,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T>
}

// More calls at once than sockets would wait inside the agent, where waiting counts as a connection timeout.
const CALLS_AT_ONCE = 96
const SOCKETS_PER_HOST = 128
const CALLS_AT_ONCE_PER_SERVICE_AND_REGION = 8
const CONNECTION_TIMEOUT_MS = 3000
const REQUEST_TIMEOUT_MS = 60_000
/** Name a proxy for https, as curl and the AWS CLI read them. */
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'] as const

export interface SharedWire extends Wire {
  readonly requestHandler: NodeHttpHandler
  close(): void
}

/** One handler for every client: sockets are shared, and a proxy that the environment names is used for https. */
export function createRequestHandler(env: Readonly<Record<string, string | undefined>> = process.env): NodeHttpHandler {
  const agent = {keepAlive: true, maxSockets: SOCKETS_PER_HOST}
  return new NodeHttpHandler(async () => ({
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    httpAgent: agent,
    httpsAgent: (await proxyAgent(agent, env)) ?? agent,
  }))
}

async function proxyAgent(options: AgentOptions, env: Readonly<Record<string, string | undefined>>) {
  if (!PROXY_VARIABLES.some((name) => (env[name] ?? '') !== '')) return undefined
  const {EnvironmentProxyAgent} = await import('./proxy-agent.js')
  return new EnvironmentProxyAgent(options)
}

/** `base` is shared by all clients; `sessionSignal` stops every call of the session. */
export function createWire(
  base: Omit<ClientConfig, 'region'>,
  recorder: CallRecorder,
  sessionSignal: AbortSignal | undefined,
): SharedWire {
  const clients = new Map<string, WireClient>()
  const limiters = new Map<string, PQueue>()
  const everything = new PQueue({concurrency: CALLS_AT_ONCE})
  const closed = new AbortController()
  const profile = typeof base.credentials === 'function' ? chosenProfile(base.profile) : undefined

  const limiterFor = (key: string): PQueue => {
    const known = limiters.get(key)
    if (known) return known
    const limiter = new PQueue({concurrency: CALLS_AT_ONCE_PER_SERVICE_AND_REGION})
    limiters.set(key, limiter)
    return limiter
  }

  return {
    requestHandler: base.requestHandler,
    client(service, region, build) {
      const key = `${service} ${region}`
      const known = clients.get(key)
      // The key names the service, and a service is always built by its own adapter: same key, same class.
      if (known) return known as ReturnType<typeof build>
      const client = build({...base, region})
      // It copies every answer for a log that nobody keeps.
      client.middlewareStack.remove('loggerMiddleware')
      client.middlewareStack.add(recordingMiddleware(recorder, service, region) as never, RECORD_OPTIONS)
      clients.set(key, client)
      return client
    },
    async call(service, context, signal, run) {
      const signals = [closed.signal, sessionSignal, signal].filter((one) => one !== undefined)
      return withAnySignal(signals, async (combined) => {
        try {
          return await limiterFor(`${service} ${context.region}`).add(
            () => everything.add(() => run(combined), {signal: combined}),
            {signal: combined},
          )
        } catch (error) {
          // An abort may surface as the reason it was given; whatever it is, the caller asked for it.
          throw translateError(combined.aborted ? aborted(error) : error, {...context, profile})
        }
      })
    },
    close() {
      closed.abort()
      base.requestHandler.destroy()
    },
  }
}

function aborted(cause: unknown): Error {
  const error = new Error('aborted', {cause})
  error.name = 'AbortError'
  return error
}
