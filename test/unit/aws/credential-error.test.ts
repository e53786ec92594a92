import {expect, test} from 'vitest'
import {type CredentialAttempt, credentialError} from '../../../src/lib/aws/credentials.js'

const SSO = {profile: 'work', section: {sso_session: 's', sso_account_id: '1'}, names: ['work']}
const KEYS = {profile: 'work', section: {region: 'eu-west-1'}, names: ['work']}
const PROCESS = {profile: 'work', section: {credential_process: 'mint'}, names: ['work']}
const NOBODY = {profile: undefined, section: undefined, names: []}

/** What the SDK's providers say, word for word. */
const CASES: readonly (readonly [said: string, attempt: CredentialAttempt, code: string, action: string])[] = [
  ['Could not load credentials from any providers', NOBODY, 'CREDENTIALS_MISSING', 'aws configure sso'],
  [
    'Could not load credentials from any providers',
    {...NOBODY, names: ['default', 'prod']},
    'CREDENTIALS_MISSING',
    'export AWS_PROFILE=prod',
  ],
  [
    'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
    SSO,
    'CREDENTIALS_EXPIRED',
    'aws sso login --profile work',
  ],
  [
    "The SSO session token associated with profile=work was not found or is invalid. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
    SSO,
    'CREDENTIALS_MISSING',
    'aws sso login --profile work',
  ],
  [
    'Profile work requires multi-factor authentication, but no MFA code callback was provided.',
    KEYS,
    'CREDENTIALS_MISSING',
    'eval "$(aws configure export-credentials --format env --profile work)"',
  ],
  [
    'Profile work credential_process returned expired credentials.',
    PROCESS,
    'CREDENTIALS_EXPIRED',
    'aws configure list --profile work',
  ],
  [
    'User: arn:aws:iam::1:user/a is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/b',
    KEYS,
    'ACCESS_DENIED',
    '',
  ],
  [
    'Could not resolve credentials using profile: [work] in configuration/credentials file(s).',
    KEYS,
    'CREDENTIALS_INVALID',
    'aws configure list --profile work',
  ],
]

test.each(CASES)('%s', (said, attempt, code, action) => {
  const failure = credentialError(new Error(said), attempt)

  expect(failure).toMatchObject({code, fault: 'access', exitCode: 4})
  expect(failure.actions[0] ?? '').toBe(action)
})

test('a token service that cannot be reached is no fault of the credentials', () => {
  const unreachable = Object.assign(new Error('getaddrinfo'), {
    code: 'ENOTFOUND',
    hostname: 'oidc.eu-west-1.amazonaws.com',
  })

  const failure = credentialError(unreachable, SSO)

  expect(failure).toMatchObject({code: 'UNREACHABLE', fault: 'service', exitCode: 5})
  expect(failure.message).toContain('oidc.eu-west-1.amazonaws.com has no address')
})
