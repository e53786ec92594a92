import {expect, test} from 'vitest'
import kms from '../../../../src/lib/sandbox/fakes/kms.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

const [GOOD, DOOMED] = ['00000000-0000-4000-a000-000000000001', '00000000-0000-4000-a000-000000000002']
const arnOf = (id: string, region = 'us-east-1', account = '111122223333') =>
  `arn:aws:kms:${region}:${account}:key/${id}`

const {context} = aWorld({
  regions: {
    'us-east-1': {
      keys: [
        {id: GOOD, aliases: ['alias/logs', 'alias/prompts'], createdOn: '2025-01-10', tags: {team: 'platform'}},
        {id: DOOMED, createdOn: '2025-01-10', state: 'PendingDeletion', deletionOn: '+9d', rotation: true},
      ],
    },
  },
})
const here = context()

test('keys and aliases page by marker, and say whether more follow', async () => {
  const first = await ask(kms, 'ListKeys', {Limit: 1}, here)
  const second = await ask(kms, 'ListKeys', {Limit: 1, Marker: first.NextMarker}, here)
  const aliases = await ask(kms, 'ListAliases', {KeyId: GOOD, Limit: 1}, here)

  expect([first, second].map(({Keys = [], Truncated}) => [Keys[0]?.KeyId, Truncated])).toEqual([
    [GOOD, true],
    [DOOMED, false],
  ])
  expect(aliases).toMatchObject({Aliases: [{AliasName: 'alias/logs', TargetKeyId: GOOD}], Truncated: true})
  await expect(ask(kms, 'ListKeys', {Marker: aliases.NextMarker}, here)).rejects.toMatchObject({
    name: 'InvalidMarkerException',
  })
})

test.each([GOOD, arnOf(GOOD), 'alias/logs', 'arn:aws:kms:us-east-1:111122223333:alias/logs'])(
  'DescribeKey finds the key by %s',
  async (KeyId) => {
    const {KeyMetadata} = await ask(kms, 'DescribeKey', {KeyId}, here)

    expect(KeyMetadata).toMatchObject({Arn: arnOf(GOOD), KeyState: 'Enabled', Enabled: true, KeyManager: 'CUSTOMER'})
  },
)

test('a key that waits for its deletion is neither enabled nor rotated', async () => {
  const {KeyMetadata} = await ask(kms, 'DescribeKey', {KeyId: DOOMED}, here)
  const rotation = await ask(kms, 'GetKeyRotationStatus', {KeyId: DOOMED}, here)

  expect(KeyMetadata).toMatchObject({Enabled: false, DeletionDate: new Date('2026-11-30T12:00:00Z')})
  expect(rotation).toEqual({KeyId: DOOMED, KeyRotationEnabled: false})
})

test('a key without a policy of its own has the one KMS gives it', async () => {
  const {Policy = '', PolicyName} = await ask(kms, 'GetKeyPolicy', {KeyId: GOOD}, here)

  expect(PolicyName).toBe('default')
  expect(JSON.parse(Policy)).toMatchObject({
    Statement: [{Principal: {AWS: 'arn:aws:iam::111122223333:root'}, Action: 'kms:*'}],
  })
})

test.each([
  ['DescribeKey', arnOf(GOOD).replace('0001', '0009'), 'NotFoundException'],
  ['DescribeKey', 'alias/nothing', 'NotFoundException'],
  ['DescribeKey', arnOf(GOOD, 'eu-west-1'), 'NotFoundException'],
  ['DescribeKey', arnOf(GOOD, 'us-east-1', '999988887777'), 'AccessDeniedException'],
  ['DescribeKey', 'arn:aws:s3:::bucket', 'InvalidArnException'],
  ['GetKeyPolicy', 'alias/logs', 'NotFoundException'],
  ['GetKeyPolicy', 'arn:aws:kms:us-east-1:111122223333:alias/logs', 'InvalidArnException'],
] as const)('%s of %s answers %s', async (operation, KeyId, name) => {
  await expect(ask(kms, operation, {KeyId}, here)).rejects.toMatchObject({name})
})
