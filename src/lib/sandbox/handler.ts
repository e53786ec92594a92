import type {Readable} from 'node:stream'
import type {PromptCache} from './prompt-cache/prompt-cache.js'
import type {Quotas} from './quotas/quotas.js'
import type {FrameStream} from './streams/frame-stream.js'
import type {Streams} from './streams/streams.js'
import type {Payload} from './wire/protocol.js'
import type {World} from './world.js'

/** What a handler may know about the request and do about its answer. */
export interface RequestContext {
  readonly region: string
  readonly account: string
  readonly accessKeyId: string | undefined
  readonly service: string
  readonly operation: string
  readonly requestId: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly baseUrl: string
  /** The state this sandbox holds: accounts × Regions and what is global. */
  readonly world: World
  /** What paces answers. */
  readonly streams: Streams
  readonly quotas: Quotas
  readonly promptCache: PromptCache
  /** `performance.now()` when the request came. */
  readonly arrivedAt: number
  /** Milliseconds since the epoch on the sandbox's clock (real, fast or manual). */
  now(): number
  sleep(ms: number): Promise<void>
  /** True once the caller has gone away. */
  aborted(): boolean
  /** Told when the caller goes away, be it after its answer. */
  whenGone(listener: () => void): void
  setStatus(status: number): void
  setHeader(name: string, value: string): void
}

// The SDK's own command classes give every handler its types: required members of the input are present, streams are
// widened to what a server may produce, `$metadata` is the client's affair.
type Required_<T> = {[K in keyof T]: Record<never, never> extends Pick<T, K> ? T[K] : Exclude<T[K], undefined>}
type OutputValue<V> =
  V extends AsyncIterable<infer Event>
    ? AsyncIterable<Event> | FrameStream
    : V extends Uint8Array
      ? Uint8Array
      : Extract<V, {transformToByteArray(): Promise<Uint8Array>}> extends never
        ? V
        : Uint8Array | AsyncIterable<Uint8Array> | Exclude<V, {transformToByteArray(): Promise<Uint8Array>}>
type Output<T> = {[K in keyof Omit<T, '$metadata'>]: OutputValue<T[K]>}
type Signature<C> = C extends {input: infer I; resolveMiddleware(...args: never[]): infer Handler}
  ? Handler extends (...args: never[]) => Promise<{output: infer O}>
    ? [I, O]
    : never
  : never
type InputValue<V> = Extract<V, Readable> extends never ? V : Payload

/** Operation name → handler, typed by the module of an SDK client. */
export type Handlers<Client> = {
  [K in keyof Client & string as K extends `${infer Operation}Command`
    ? Operation
    : never]?: Client[K] extends abstract new (
    ...args: never[]
  ) => infer Command
    ? Signature<Command> extends [infer I, infer O]
      ? (
          input: {[P in keyof Required_<I>]: InputValue<Required_<I>[P]>},
          context: RequestContext,
        ) => Output<O> | Promise<Output<O>>
      : never
    : never
}

export const handlersFor =
  <Client>() =>
  <H extends Handlers<Client>>(handlers: H): Handlers<Client> =>
    handlers

/** A handler once its types have done their work. */
export type AnyHandler = (input: never, context: RequestContext) => unknown

/** An error the service's model does not name (S3 and EC2 style); modelled ones are the SDK's own exception classes. */
export class WireError extends Error {
  readonly code: string
  readonly status: number
  readonly extra: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: string,
    message: string,
    status = 400,
    extra: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.name = code
    this.code = code
    this.status = status
    this.extra = extra
    this.headers = headers
  }
}
