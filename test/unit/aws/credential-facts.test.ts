import {expect, test} from 'vitest'
import {credentialFacts} from '../../../src/lib/aws/credential-facts.js'

const keys = (...marks: readonly string[]) => ({
  accessKeyId: 'AKIAABCDEFGHWXYZ',
  secretAccessKey: 'secret',
  $source: Object.fromEntries(marks.map((mark) => [mark, 'x'])),
})

test.each([
  [['CREDENTIALS_ENV_VARS'], 'environment'],
  [['CREDENTIALS_PROFILE'], 'profile'],
  [['CREDENTIALS_PROFILE_SSO', 'CREDENTIALS_SSO'], 'sso'],
  [['CREDENTIALS_PROFILE', 'CREDENTIALS_STS_ASSUME_ROLE', 'CREDENTIALS_PROFILE_SOURCE_PROFILE'], 'assumed-role'],
  [['CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN', 'CREDENTIALS_STS_ASSUME_ROLE_WEB_ID'], 'web-identity'],
  [['CREDENTIALS_PROFILE_PROCESS', 'CREDENTIALS_PROCESS'], 'process'],
  [['CREDENTIALS_HTTP'], 'container'],
  [['CREDENTIALS_IMDS'], 'instance'],
  [[], 'unknown'],
] as const)('the marks %o mean %s', (marks, kind) => {
  expect(credentialFacts(keys(...marks), 'work', {})).toMatchObject({kind})
})

test('an assumed role is told with its source', () => {
  const section = {role_arn: 'arn:aws:iam::111122223333:role/auditor', source_profile: 'base'}

  expect(credentialFacts(keys('CREDENTIALS_STS_ASSUME_ROLE'), 'audit', section)).toMatchObject({
    profile: 'audit',
    detail: 'arn:aws:iam::111122223333:role/auditor from base',
  })
})

test('credentials of the environment belong to no profile', () => {
  expect(credentialFacts(keys('CREDENTIALS_ENV_VARS'), 'work', {region: 'x'})).toMatchObject({profile: null})
})

test('no more than four characters of the key are told', () => {
  expect(JSON.stringify(credentialFacts(keys('CREDENTIALS_PROFILE'), 'w', {}))).not.toMatch(/AKIA|secret/)
})
