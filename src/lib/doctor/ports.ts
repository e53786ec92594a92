/** Where the credentials in use came from. */
export type CredentialKind =
  | 'environment'
  | 'profile'
  | 'sso'
  | 'login'
  | 'assumed-role'
  | 'web-identity'
  | 'process'
  | 'container'
  | 'instance'
  | 'given'
  | 'unknown'

export interface CredentialFacts {
  readonly kind: CredentialKind
  readonly profile: string | null
  /** What else the profile says of them, in words: a role ARN, an SSO account and role. */
  readonly detail: string | null
  /** Never more than the last four characters. */
  readonly accessKeyEnd: string
  /** ISO 8601; null for keys that do not expire by themselves. */
  readonly expiresAt: string | null
}

export const PROBED_SERVICES = [
  'bedrock',
  'bedrock-runtime',
  'bedrock-agent',
  'bedrock-mantle',
  'sts',
  'pricing',
  'service-quotas',
] as const
export type ProbedService = (typeof PROBED_SERVICES)[number]

/** What a look at one endpoint told, by name look-up and one connection. */
export interface EndpointProbe {
  readonly service: ProbedService
  readonly region: string
  readonly url: string
  readonly addresses: readonly string[]
  /** Look-up, connection and TLS handshake together; null when it failed. */
  readonly ms: number | null
  readonly failure: string | null
}

/** `denied` with AWS's reason; `unknown` when the probe failed for another one; `not-probed` when none was made. */
export interface PermissionProbe {
  readonly state: 'allowed' | 'denied' | 'unknown' | 'not-probed'
  readonly reason: string | null
}

/** What the doctor needs from AWS; nothing here changes anything. */
export interface DoctorSource {
  /** Resolves the credentials without calling AWS unless the provider has to. */
  readCredentials(signal?: AbortSignal): Promise<CredentialFacts>
  /** Connects without sending a request. */
  probeEndpoint(service: ProbedService, region: string, signal?: AbortSignal): Promise<EndpointProbe>
  /** One cheap read; never a call that would change something. */
  probePermission(action: string, region: string, signal?: AbortSignal): Promise<PermissionProbe>
  /** This machine's clock minus AWS's at the latest answer, seconds. */
  readonly clockSkewSeconds: number | undefined
}
