import {expect, test} from 'vitest'
import type {RegionOptIn} from '../../../src/lib/account/ports.js'
import type {CatalogRegion} from '../../../src/lib/catalog/catalog.schema.js'
import {BedrockctlError} from '../../../src/lib/core/errors.js'
import {judgeClock, judgeCredentials, judgeRegion} from '../../../src/lib/doctor/account-checks.js'
import type {CredentialFacts} from '../../../src/lib/doctor/ports.js'

const NOW = new Date('2026-11-21T12:00:00Z')
const REGION = {
  name: 'eu-south-2',
  displayName: 'Europe (Spain)',
  endpoints: ['bedrock', 'bedrock-runtime'],
} as unknown as CatalogRegion

function credentials(facts: Partial<CredentialFacts> = {}) {
  const value = {
    kind: 'sso',
    profile: 'work',
    detail: 'account 1, role r',
    accessKeyEnd: 'WXYZ',
    expiresAt: null,
    ...facts,
  } as const
  return {ok: true, value} as const
}

function failure(fault: 'access' | 'service') {
  return {
    ok: false,
    error: new BedrockctlError('X', 'Nobody is signed in.', {fault, actions: ['aws sso login']}),
  } as const
}

function regionWith(state: RegionOptIn | undefined) {
  const optIns = {ok: true, value: new Map(state === undefined ? [] : [['eu-south-2', state]])} as const
  return judgeRegion({name: 'eu-south-2', origin: '--region', known: REGION, optIns})
}

test('credentials say who gave them and how long they last', () => {
  const [check] = judgeCredentials(credentials({expiresAt: '2026-11-21T18:00:00.000Z'}), undefined, NOW)

  expect(check).toMatchObject({
    status: 'ok',
    detail:
      'profile work, by IAM Identity Center (account 1, role r), key …WXYZ, expires at 2026-11-21T18:00:00.000Z, in 6 h',
  })
})

test('credentials that end within a quarter of an hour are a warning', () => {
  expect(judgeCredentials(credentials({expiresAt: '2026-11-21T12:10:00.000Z'}), undefined, NOW)).toMatchObject([
    {status: 'warn'},
  ])
})

test('without credentials the next command is the hint', () => {
  expect(judgeCredentials(failure('access'), undefined, NOW)).toMatchObject([
    {id: 'credentials', status: 'fail', hint: 'aws sso login'},
  ])
})

test('what the network kept from us says nothing about the credentials', () => {
  expect(judgeCredentials(credentials(), failure('service'), NOW)).toMatchObject([
    {status: 'ok'},
    {id: 'identity', status: 'unknown'},
  ])
})

test.each([
  ['enabled-by-default', 'ok'],
  ['enabled', 'ok'],
  ['enabling', 'warn'],
  ['disabled', 'fail'],
  [undefined, 'unknown'],
] as const)('a Region that is %s is %s', (state, status) => {
  expect(regionWith(state)).toMatchObject({status})
})

test('a Region without Bedrock fails, offline too', () => {
  expect(judgeRegion({name: 'ap-east-1', origin: 'AWS_REGION', known: undefined, optIns: undefined})).toMatchObject({
    status: 'fail',
  })
})

test('a Region whose opt-in state cannot be read is unknown, not fine', () => {
  expect(judgeRegion({name: 'eu-south-2', origin: 'x', known: REGION, optIns: failure('access')})).toMatchObject({
    status: 'unknown',
  })
})

test.each([
  [undefined, 'unknown'],
  [0, 'ok'],
  [-59, 'ok'],
  [60, 'warn'],
  [-299, 'warn'],
  [300, 'fail'],
  [-4000, 'fail'],
])('a clock %s seconds off is %s', (seconds, status) => {
  expect(judgeClock(seconds)).toMatchObject({status})
})
