import type {BatchApi} from '../ports.js'

export interface RecordQuestion {
  readonly region: string
  /** A model or an inference profile, as a job names it. */
  readonly modelId: string
  readonly api: BatchApi
  /** The JSON of the record's modelInput, sent as it is. */
  readonly body: Uint8Array
}

/** What the model said, as it was sent; or why it refused this record, in the words of the service. */
export type RecordReply =
  | {readonly output: Buffer}
  | {readonly error: {readonly errorCode: number; readonly errorMessage: string}}

/** Answers single records by InvokeModel or Converse. */
export interface RecordAnswerer {
  /** bedrock:InvokeModel, which also allows Converse. Throws what may pass, and what no record can be answered for. */
  answer(question: RecordQuestion, signal?: AbortSignal): Promise<RecordReply>
}
