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
