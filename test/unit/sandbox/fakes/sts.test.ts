import {expect, test} from 'vitest'
import sts from '../../../../src/lib/sandbox/fakes/sts.js'
import {ACCOUNT, anAccount, ask, aWorld} from '../../../support/sandbox-world.js'

const OTHER = '222233334444'
const {world, context} = aWorld({roles: [{name: 'ci', webIdentity: true}]}, [
  anAccount({
    id: OTHER,
    keys: [{accessKeyId: 'AKIASANDBOX000000002', secretAccessKey: 'sandbox-secret-2', user: 'sandbox'}],
    bearerToken: 'ABSKother',
    roles: [
      {name: 'auditor', path: '/ops/', trusts: [ACCOUNT], maxSessionSeconds: 7200},
      {name: 'guarded', trusts: [ACCOUNT], externalId: 'secret-word'},
      {name: 'closed', trusts: []},
    ],
  }),
])
const role = (name: string) => `arn:aws:iam::${OTHER}:role/${name}`
const assume = (name: string, over: object = {}, caller = context()) =>
  ask(sts, 'AssumeRole', {RoleArn: role(name), RoleSessionName: 'me', ...over}, caller)

test('the caller is the user of the key', async () => {
  expect(await ask(sts, 'GetCallerIdentity', {}, context())).toMatchObject({
    Account: ACCOUNT,
    Arn: `arn:aws:iam::${ACCOUNT}:user/sandbox`,
    UserId: expect.stringMatching(/^AIDA[A-Z0-9]{17}$/),
  })
})

test('an assumed role gives temporary keys that act in its account until they expire', async () => {
  const {Credentials, AssumedRoleUser} = await assume('ops/auditor', {DurationSeconds: 900})
  const key = Credentials?.AccessKeyId ?? ''

  expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${OTHER}:assumed-role/auditor/me`)
  expect(world.credentials(key)).toMatchObject({account: OTHER, expiresAt: world.now() + 900_000})
  const identity = await ask(sts, 'GetCallerIdentity', {}, context({account: OTHER, accessKeyId: key}))
  expect(identity).toMatchObject({Account: OTHER, Arn: AssumedRoleUser?.Arn})
  expect(identity.UserId).toMatch(/^AROA[A-Z0-9]{17}:me$/)
})

test.each([
  ['that does not trust the caller', 'closed', {}],
  ['that does not exist', 'nobody', {}],
  ['named without its path', 'auditor', {}],
  ['without its external id', 'guarded', {}],
  ['with a wrong external id', 'guarded', {ExternalId: 'guess'}],
])('a role %s is refused alike', async (_what, name, over) => {
  await expect(assume(name, over)).rejects.toMatchObject({
    code: 'AccessDenied',
    status: 403,
    message: `User: arn:aws:iam::${ACCOUNT}:user/sandbox is not authorized to perform: sts:AssumeRole on resource: ${role(name)}`,
  })
})

test('a role with an external id opens with it', async () => {
  expect(await assume('guarded', {ExternalId: 'secret-word'})).toHaveProperty('Credentials')
})

test('a session is no longer than the role allows, and an hour when roles are chained', async () => {
  await expect(assume('ops/auditor', {DurationSeconds: 7201})).rejects.toThrow('exceeds the MaxSessionDuration')

  const chained = world.issue(ACCOUNT, `arn:aws:sts::${ACCOUNT}:assumed-role/first/me`, world.now() + 1000)
  const caller = context({accessKeyId: chained.accessKeyId})
  await expect(assume('ops/auditor', {DurationSeconds: 7200}, caller)).rejects.toThrow('1 hour session limit')
  expect(await assume('ops/auditor', {DurationSeconds: 3600}, caller)).toHaveProperty('Credentials')
})

test('a web identity opens the role that takes one, with a token that is one', async () => {
  const payload = Buffer.from(JSON.stringify({sub: 'repo:me', aud: 'sts', iss: 'https://token.example'})).toString(
    'base64url',
  )
  const withToken = (RoleArn: string, WebIdentityToken: string) =>
    ask(sts, 'AssumeRoleWithWebIdentity', {RoleArn, RoleSessionName: 'ci', WebIdentityToken}, context())

  expect(await withToken(`arn:aws:iam::${ACCOUNT}:role/ci`, `e30.${payload}.sig`)).toMatchObject({
    SubjectFromWebIdentityToken: 'repo:me',
    Audience: 'sts',
    AssumedRoleUser: {Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/ci/ci`},
  })
  await expect(withToken(role('ops/auditor'), `e30.${payload}.sig`)).rejects.toMatchObject({code: 'AccessDenied'})
  await expect(withToken(`arn:aws:iam::${ACCOUNT}:role/ci`, 'nonsense')).rejects.toMatchObject({
    name: 'InvalidIdentityTokenException',
  })
})

test('a session token keeps the user, and is not given for temporary keys', async () => {
  const {Credentials} = await ask(sts, 'GetSessionToken', {}, context())
  const accessKeyId = Credentials?.AccessKeyId ?? ''

  expect(world.principal(ACCOUNT, accessKeyId)).toBe(`arn:aws:iam::${ACCOUNT}:user/sandbox`)
  await expect(ask(sts, 'GetSessionToken', {}, context({accessKeyId}))).rejects.toMatchObject({code: 'AccessDenied'})
})

test('a key tells its account to anybody', async () => {
  expect(await ask(sts, 'GetAccessKeyInfo', {AccessKeyId: 'AKIASANDBOX000000002'}, context())).toEqual({Account: OTHER})
})
