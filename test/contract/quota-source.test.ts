import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {type AwsSession, openAwsSession} from '../../src/lib/aws/session.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'

let sandbox: Sandbox
let session: AwsSession

beforeEach(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  sandbox = await startSandbox({scenario: 'clean'})
  const {AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = ''} = sandbox.env()
  session = openAwsSession({endpointUrl: sandbox.url, credentials: {accessKeyId, secretAccessKey}})
})
afterEach(async () => {
  vi.unstubAllEnvs()
  session.close()
  await sandbox.close()
})

test('every applied quota of the Region, over all pages', async () => {
  const quotas = await (await session.quotas()).listQuotas('us-east-1')

  expect(quotas.length).toBeGreaterThan(100)
  expect(new Set(quotas.map(({code}) => code)).size).toBe(quotas.length)
  expect(quotas).toContainEqual({
    code: 'L-97D79C54',
    name: 'Agents per account',
    value: 1000,
    unit: 'None',
    adjustable: false,
    global: false,
  })
})

test('a Region that is not enabled says so', async () => {
  await expect((await session.quotas()).listQuotas('eu-south-2')).rejects.toMatchObject({code: 'REGION_NOT_ENABLED'})
})

test('a denied listing names its action', async () => {
  sandbox.faults.add({service: 'service-quotas', effect: {kind: 'access-denied'}})

  await expect((await session.quotas()).listQuotas('us-east-1')).rejects.toMatchObject({
    code: 'ACCESS_DENIED',
    action: 'servicequotas:ListServiceQuotas',
  })
})
