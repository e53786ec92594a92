import type {AbsoluteLocation, DeserializeHandlerOptions, DeserializeMiddleware} from '@smithy/types'
import {noteHost} from './sdk-error.js'

/** One request that went out, for --debug and the count in a summary. Retries are requests of their own. */
export interface LoggedCall {
  readonly service: string
  readonly operation: string
  readonly region: string
  readonly ms: number
  /** HTTP status; `undefined` when there was no answer. */
  readonly status: number | undefined
}

export interface CallLog {
  /** Requests so far, including those the bounded list no longer holds. */
  readonly total: number
  /** The latest requests, oldest first. */
  readonly recent: readonly LoggedCall[]
}

const KEEP = 1000

/** Notes each request of the session; holds the last 1,000. */
export class CallRecorder implements CallLog {
  total = 0
  #recent: LoggedCall[] = []
  #clockSkewSeconds: number | undefined
  simulated = false

  get recent(): readonly LoggedCall[] {
    return this.#recent
  }

  /** Local minus remote at the latest answer, to the second; `undefined` before the first. */
  get clockSkewSeconds(): number | undefined {
    return this.#clockSkewSeconds
  }

  record(call: LoggedCall): void {
    this.total += 1
    this.#recent.push(call)
    if (this.#recent.length > KEEP) this.#recent = this.#recent.slice(-KEEP / 2)
  }

  readHeaders(headers: Readonly<Record<string, string | undefined>>): void {
    if (headers['x-bedrockctl-sandbox'] !== undefined) this.simulated = true
    const remote = Date.parse(headers['date'] ?? '')
    if (!Number.isNaN(remote)) this.#clockSkewSeconds = Math.round((Date.now() - remote) / 1000)
  }
}

/** Runs once per attempt, next to the wire. */
export const RECORD_OPTIONS = {
  step: 'deserialize',
  name: 'bedrockctlRecord',
  priority: 'low',
} as const satisfies DeserializeHandlerOptions & AbsoluteLocation

interface WireRequest {
  readonly hostname?: string
  readonly port?: number
}

interface WireResponse {
  readonly statusCode?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** Middleware that tells the recorder about each attempt and its answer. */
export function recordingMiddleware(
  recorder: CallRecorder,
  service: string,
  region: string,
): DeserializeMiddleware<object, object> {
  return (next, context) => async (args) => {
    const startedAt = performance.now()
    const operation = String(context['commandName'] ?? '').replace(/Command$/, '')
    const note = (status: number | undefined) =>
      recorder.record({service, operation, region, status, ms: Math.round(performance.now() - startedAt)})
    try {
      const result = await next(args)
      const response = result.response as WireResponse
      recorder.readHeaders(response.headers ?? {})
      note(response.statusCode)
      return result
    } catch (error) {
      const {hostname = '', port} = args.request as WireRequest
      noteHost(error, port === undefined ? hostname : `${hostname}:${port}`)
      note(undefined)
      throw error
    }
  }
}
