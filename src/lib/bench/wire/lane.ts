// What the load path knows of one target: structured-cloneable, so that it can be posted to a worker, and without credentials.

export type DialectId =
  // event stream of Bedrock
  | 'converse-stream'
  | 'invoke-anthropic'
  | 'invoke-nova'
  | 'invoke-llama'
  | 'invoke-mistral'
  | 'invoke-chat'
  // server-sent events
  | 'openai-chat'
  | 'openai-responses'
  | 'anthropic-messages'
  // one JSON object a line
  | 'ollama-chat'
  // whole answers: no token events
  | 'invoke-embedding'
  | 'openai-embedding'

export interface Origin {
  readonly tls: boolean
  readonly host: string
  readonly port: number
}

export interface Timeouts {
  readonly connectMs: number
  readonly ttftMs: number
  readonly idleMs: number
  readonly requestMs: number
}

export type LaneAuth =
  | {readonly kind: 'none'}
  | {readonly kind: 'bearer'}
  | {readonly kind: 'sigv4'; readonly service: string; readonly region: string}

/** Where requests of one target go, and in which dialect its answers come back. */
export interface LanePlan {
  /** As shown: the target's short name, unique in a run. */
  readonly name: string
  readonly dialect: DialectId
  readonly origin: Origin
  /** Path with query as sent: percent-encoded, with the prefix of the endpoint. */
  readonly path: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly auth: LaneAuth
  readonly caPem: string | undefined
  readonly insecure: boolean
  /** CONNECT for https, absolute form for http. */
  readonly proxy: Origin | undefined
  readonly timeouts: Timeouts
}

/** Posted to the worker beside the plan, renewed before its end. Never stored, never logged. */
export type Secret =
  | {readonly kind: 'none'}
  | {readonly kind: 'bearer'; readonly token: string}
  | {
      readonly kind: 'keys'
      readonly accessKeyId: string
      readonly secretAccessKey: string
      readonly sessionToken: string | undefined
      readonly expiresAtMs: number | undefined
    }
