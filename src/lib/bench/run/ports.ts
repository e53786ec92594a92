/** Where Bedrock is and who calls it, for requests that are built here. */
export interface BenchDoor {
  /** URL of the service in a Region, with the path before its operations. */
  endpoint(service: 'bedrock-runtime' | 'bedrock-mantle', region: string): Promise<string>
  /** An API key of Bedrock, which wins over signatures; undefined: requests are signed. */
  readonly bearer: string | undefined
  /** Fresh ones: whoever gives them renews them before they end. */
  keys(): Promise<SigningKeys>
}

export interface SigningKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string | undefined
  /** undefined: they do not end. */
  readonly expiresAtMs: number | undefined
}

/** What the SDK tells of one streamed answer. */
export type StreamedPart =
  | {readonly kind: 'token'; readonly visible: boolean}
  | {
      readonly kind: 'usage'
      readonly input: number | undefined
      readonly output: number | undefined
      readonly cacheRead: number | undefined
      readonly cacheWrite: number | undefined
      readonly serverMs: number | undefined
    }
  | {readonly kind: 'finish'; readonly reason: string}

/** ConverseStream through the SDK, as a cross-check of the load path. No retries. */
export interface ConverseStreams {
  /** Yields as the SDK hands events over; rejects with an error of the SDK, whose name says what happened. */
  stream(region: string, modelId: string, body: object, signal: AbortSignal): AsyncIterable<StreamedPart>
}
