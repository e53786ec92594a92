/** One request to a model of one's own: an imported model, a deployment, provisioned throughput. */
export interface ModelCall {
  readonly region: string
  /** ARN as InvokeModel takes it. */
  readonly modelId: string
  readonly api: 'InvokeModel' | 'Converse'
  /** JSON of the body, sent as it is. */
  readonly body: Uint8Array
}

export type ModelReply =
  | {readonly kind: 'answered'; readonly output: Buffer; readonly elapsedMs: number}
  /** ModelNotReadyException: the model is being loaded. */
  | {readonly kind: 'not-ready'; readonly said: string; readonly retryAfterMs: number | null}

/** Calls a model once, with no retries of its own: who waits for a model that is not ready must be able to say so. */
export interface ModelCaller {
  /** bedrock:InvokeModel, which also allows Converse. */
  call(call: ModelCall, signal?: AbortSignal): Promise<ModelReply>
}
