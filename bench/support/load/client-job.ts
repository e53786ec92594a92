import type {LoadLevel} from '../../../src/lib/bench/arrivals/level.js'
import type {DialectId} from '../../../src/lib/bench/wire/lane.js'

/** Who sends the load. */
export type ClientKind = 'engine' | 'fetch' | 'aws-sdk'

/** What one client process is to do; passed as JSON. */
export interface ClientJob {
  readonly client: ClientKind
  readonly port: number
  readonly dialect: DialectId
  readonly path: string
  /** Bedrock's: each request is signed. */
  readonly signed: boolean
  readonly level: LoadLevel
  readonly requests: number
  /** Different bodies; fewer than requests: the log cannot be matched. */
  readonly bodies: number
  readonly durationMs: number | undefined
  readonly expectedE2eMs: number
  readonly maxTokens: number
}

/** Of the whole process, and of the run within it. */
export interface ClientReport {
  /** On the machine's monotonic clock, ms. */
  readonly t0: number
  readonly ended: string
  readonly cpuMs: number
  readonly rssMb: number
  readonly gaps: {readonly count: number; readonly sumMs: number; readonly p50Ms: number; readonly p99Ms: number}
  readonly failures: readonly string[]
  readonly busyShare: number
  /** Its rows are flat doubles in this file, in the order of `ROW`. */
  readonly file: string
}

/** Columns of a row: times are ms from t0, NaN what did not happen. */
export const ROW = ['k', 'sched', 'sent', 'first', 'last', 'end', 'events', 'coalesced', 'error'] as const

/** One request as the client saw it. */
export type ClientRow = Readonly<Record<(typeof ROW)[number], number>>

/** Digits by which the server's log names a request, at this place of its body. */
export const ID_AT = 7
export const ID_DIGITS = 10

/** Body of request `k`: a few hundred bytes, with its number and room for a nonce. */
export function bodyOf(job: Pick<ClientJob, 'dialect' | 'maxTokens'>, k: number): string {
  const id = String(k).padStart(ID_DIGITS, '0')
  const content = `${NONCE} Tell me, in plain words, how a river finds its way to the sea and what it carries along.`
  const common = {id, model: 'truth', stream: true}
  switch (job.dialect) {
    case 'converse-stream':
    case 'invoke-nova':
      return JSON.stringify({
        id,
        messages: [{role: 'user', content: [{text: content}]}],
        inferenceConfig: {maxTokens: job.maxTokens},
      })
    case 'invoke-llama':
      return JSON.stringify({id, prompt: content, max_gen_len: job.maxTokens})
    case 'invoke-mistral':
      return JSON.stringify({id, prompt: content, max_tokens: job.maxTokens})
    case 'openai-responses':
      return JSON.stringify({...common, input: content, max_output_tokens: job.maxTokens})
    case 'ollama-chat':
      return JSON.stringify({
        ...common,
        messages: [{role: 'user', content}],
        options: {num_predict: job.maxTokens},
      })
    default:
      return JSON.stringify({
        ...common,
        messages: [{role: 'user', content}],
        max_tokens: job.maxTokens,
        stream_options: {include_usage: true},
      })
  }
}

/** Where the engine puts its own. */
export const NONCE = '################'
