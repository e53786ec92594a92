import type {CredentialFacts, CredentialKind} from '../doctor/ports.js'
import type {ResolvedCredentials} from './credentials.js'
import type {ProfileSection} from './profiles.js'

// The SDK marks credentials with every step that led to them; the most telling mark decides.
const MARKS: readonly (readonly [mark: RegExp, kind: CredentialKind])[] = [
  [/WEB_ID/, 'web-identity'],
  [/ASSUME_ROLE|SOURCE_PROFILE|NAMED_PROVIDER/, 'assumed-role'],
  [/SSO/, 'sso'],
  [/LOGIN/, 'login'],
  [/PROCESS/, 'process'],
  [/IMDS/, 'instance'],
  [/HTTP/, 'container'],
  [/ENV_VARS/, 'environment'],
  [/CREDENTIALS_PROFILE$/, 'profile'],
  [/CREDENTIALS_CODE/, 'given'],
]

const OF_A_PROFILE: ReadonlySet<CredentialKind> = new Set([
  'profile',
  'sso',
  'login',
  'assumed-role',
  'process',
  'web-identity',
])

/** How credentials were obtained, by the SDK's marks and the section of the profile they came from. */
export function credentialFacts(
  credentials: ResolvedCredentials,
  profile: string | undefined,
  section: ProfileSection | undefined,
): CredentialFacts {
  const marks = Object.keys(credentials.$source ?? {})
  const kind = MARKS.find(([mark]) => marks.some((name) => mark.test(name)))?.[1] ?? 'unknown'
  const fromProfile = OF_A_PROFILE.has(kind) && section !== undefined
  return {
    kind,
    profile: fromProfile ? (profile ?? 'default') : null,
    detail: fromProfile ? describeSection(section) : null,
    accessKeyEnd: credentials.accessKeyId.slice(-4),
    expiresAt: credentials.expiration?.toISOString() ?? null,
  }
}

function describeSection(section: ProfileSection): string | null {
  if (section['role_arn'] !== undefined) {
    const source = section['source_profile'] ?? section['credential_source']
    return source === undefined ? section['role_arn'] : `${section['role_arn']} from ${source}`
  }
  if (section['sso_account_id'] !== undefined)
    return `account ${section['sso_account_id']}, role ${section['sso_role_name'] ?? '?'}`
  return null
}
