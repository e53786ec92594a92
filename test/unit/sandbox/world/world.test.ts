import {expect, test} from 'vitest'
import {ACCOUNT, anAccount, aWorld, KEY} from '../../../support/sandbox-world.js'

test('a long-term key belongs to its account and its user; an unknown one to nobody', () => {
  const {world} = aWorld()

  expect(world.credentials(KEY)).toMatchObject({account: ACCOUNT, secretAccessKey: 'sandbox-secret-1'})
  expect(world.principal(ACCOUNT, KEY)).toBe(`arn:aws:iam::${ACCOUNT}:user/sandbox`)
  expect(world.credentials('AKIAUNKNOWN000000000')).toBeUndefined()
})

test('a Bedrock API key belongs to its account', () => {
  const {world} = aWorld()

  expect(world.bearer('ABSKtest')).toEqual({account: ACCOUNT})
  expect(world.bearer('ABSKother')).toBeUndefined()
})

test('temporary keys carry a session token and an expiry', () => {
  const {world} = aWorld()

  const issued = world.issue(ACCOUNT, 'arn:aws:sts::111122223333:assumed-role/auditor/me', 42)

  expect(issued.accessKeyId).toMatch(/^ASIA[A-Z0-9]{16}$/)
  expect(world.credentials(issued.accessKeyId)).toMatchObject({sessionToken: issued.sessionToken, expiresAt: 42})
  expect(world.principal(ACCOUNT, issued.accessKeyId)).toContain('assumed-role/auditor/me')
})

test('the same seed gives the same ids in the same order', () => {
  const three = () => {
    const {world} = aWorld()
    return [world.newId(12), world.newId(12), world.newId(4)]
  }

  expect(three()).toEqual(three())
  expect(new Set(three()).size).toBe(3)
})

test('an opt-in Region is not enabled until opted in, another partition never, and a made-up one is unknown', () => {
  const {world} = aWorld({optInRegions: ['eu-south-1']})

  expect(world.regionState(ACCOUNT, 'us-east-1')).toBe('enabled')
  expect(world.regionState(ACCOUNT, 'eu-south-1')).toBe('enabled')
  expect(world.regionState(ACCOUNT, 'af-south-1')).toBe('not-enabled')
  expect(world.regionState(ACCOUNT, 'us-gov-west-1')).toBe('not-enabled')
  expect(world.regionState(ACCOUNT, 'mars-north-1')).toBe('unknown')
})

test('a denial is worded as IAM words it', () => {
  const {world} = aWorld({deny: [{action: 'bedrock:ListFoundationModels'}]})

  const message = world.authorise({
    account: ACCOUNT,
    accessKeyId: KEY,
    action: 'bedrock:ListFoundationModels',
    region: 'us-east-1',
  })

  expect(message).toBe(
    'User: arn:aws:iam::111122223333:user/sandbox is not authorized to perform: bedrock:ListFoundationModels ' +
      'because no identity-based policy allows the bedrock:ListFoundationModels action',
  )
})

test('a denial holds for its actions, Regions and principals only', () => {
  const {world} = aWorld({
    deny: [
      {action: 'bedrock:Get*', regions: ['eu-west-1']},
      {action: 'pricing:*', principals: ['auditor']},
    ],
  })
  const session = world.issue(ACCOUNT, 'arn:aws:sts::111122223333:assumed-role/auditor/me', 42)
  const denied = (action: string, region: string, accessKeyId = KEY) =>
    world.authorise({account: ACCOUNT, accessKeyId, action, region}) !== undefined

  expect(denied('bedrock:GetFoundationModel', 'eu-west-1')).toBe(true)
  expect(denied('bedrock:GetFoundationModel', 'us-east-1')).toBe(false)
  expect(denied('bedrock:ListFoundationModels', 'eu-west-1')).toBe(false)
  expect(denied('pricing:GetProducts', 'us-east-1')).toBe(false)
  expect(denied('pricing:GetProducts', 'us-east-1', session.accessKeyId)).toBe(true)
})

test('who one is can be asked even when everything is denied', () => {
  const {world} = aWorld({deny: [{action: 'sts:*'}]})
  const ask = (action: string) => world.authorise({account: ACCOUNT, accessKeyId: KEY, action, region: 'us-east-1'})

  expect(ask('sts:AssumeRole')).toContain('is not authorized')
  expect(ask('sts:GetCallerIdentity')).toBeUndefined()
})

test('two accounts or keys of the same name are refused', () => {
  expect(() => aWorld({}, [anAccount()])).toThrow('two accounts have the same id')
  expect(() => aWorld({}, [anAccount({id: '222233334444'})])).toThrow(`${KEY} is there twice`)
})
