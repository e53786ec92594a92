/** What a command runs with, settled once from flags, environment and AWS configuration. Nothing downstream reads flags. */
export interface Settings {
  readonly profile: string | undefined
  /** As asked for: names, or `all`; empty when nothing was said. */
  readonly regions: readonly string[]
  readonly endpointUrl: string | undefined
  /** Scenario of the embedded sandbox, when this command is to run against it. */
  readonly sandbox: string | undefined
  /** Answer from the cache and the bundle; make no call. */
  readonly offline: boolean
  /** The cache answers instead of AWS when it is not older than this. */
  readonly maxAgeMs: number | undefined
  readonly debug: boolean
  readonly quiet: boolean
  /** Never ask: what would be asked fails instead, unless `yes`. */
  readonly interactive: boolean
  readonly yes: boolean
}
