import {beforeEach, expect, test} from 'vitest'
import account from '../../../../src/lib/sandbox/fakes/account.js'
import ec2 from '../../../../src/lib/sandbox/fakes/ec2.js'
import {ACCOUNT, ask, aWorld, type TestWorld} from '../../../support/sandbox-world.js'

let sandbox: TestWorld

beforeEach(() => {
  sandbox = aWorld({optInRegions: ['eu-south-1']})
})

const status = async (RegionName: string) =>
  (await ask(account, 'GetRegionOptStatus', {RegionName}, sandbox.context())).RegionOptStatus
const described = async (input: Parameters<NonNullable<typeof ec2.DescribeRegions>>[0]) =>
  Object.fromEntries(
    ((await ask(ec2, 'DescribeRegions', input, sandbox.context())).Regions ?? []).map((region) => [
      region.RegionName,
      region.OptInStatus,
    ]),
  )

test('Regions of the account’s partition are listed with their opt-in state', async () => {
  const {Regions = []} = await ask(account, 'ListRegions', {}, sandbox.context())

  expect(Object.fromEntries(Regions.map(({RegionName, RegionOptStatus}) => [RegionName, RegionOptStatus]))).toEqual({
    'us-east-1': 'ENABLED_BY_DEFAULT',
    'eu-central-1': 'ENABLED_BY_DEFAULT',
    'eu-west-1': 'ENABLED_BY_DEFAULT',
    'eu-west-2': 'ENABLED_BY_DEFAULT',
    'eu-north-1': 'ENABLED_BY_DEFAULT',
    'eu-south-1': 'ENABLED',
    'af-south-1': 'DISABLED',
  })
})

test('the list keeps the states asked for, and pages', async () => {
  const wanted = {RegionOptStatusContains: ['ENABLED', 'DISABLED']} as const
  const input = {RegionOptStatusContains: [...wanted.RegionOptStatusContains], MaxResults: 1}

  const first = await ask(account, 'ListRegions', input, sandbox.context())
  const second = await ask(account, 'ListRegions', {...input, NextToken: first.NextToken}, sandbox.context())

  expect([first.Regions, second.Regions].flat().map((region) => region?.RegionName)).toEqual([
    'eu-south-1',
    'af-south-1',
  ])
  expect(second.NextToken).toBeUndefined()
})

test('a Region is ENABLING, then ENABLED; calls into it are refused until then', async () => {
  await ask(account, 'EnableRegion', {RegionName: 'af-south-1'}, sandbox.context())

  expect([await status('af-south-1'), sandbox.world.regionState(ACCOUNT, 'af-south-1')]).toEqual([
    'ENABLING',
    'not-enabled',
  ])
  await expect(ask(account, 'DisableRegion', {RegionName: 'af-south-1'}, sandbox.context())).rejects.toMatchObject({
    name: 'ConflictException',
  })
  sandbox.advance(30_000)
  expect([await status('af-south-1'), sandbox.world.regionState(ACCOUNT, 'af-south-1')]).toEqual(['ENABLED', 'enabled'])
})

test('enabling what is enabled changes nothing; disabling takes its time', async () => {
  await ask(account, 'EnableRegion', {RegionName: 'eu-south-1'}, sandbox.context())
  expect(await status('eu-south-1')).toBe('ENABLED')

  await ask(account, 'DisableRegion', {RegionName: 'eu-south-1'}, sandbox.context())
  expect(await status('eu-south-1')).toBe('DISABLING')
  sandbox.advance(30_000)
  expect(await status('eu-south-1')).toBe('DISABLED')
})

test.each(['us-east-1', 'mars-north-1', 'us-gov-west-1'])('%s cannot be enabled', async (RegionName) => {
  await expect(ask(account, 'EnableRegion', {RegionName}, sandbox.context())).rejects.toMatchObject({
    name: 'ValidationException',
  })
})

test('another account’s Regions are not for this caller', async () => {
  const foreign = ask(account, 'ListRegions', {AccountId: '222233334444'}, sandbox.context())

  await expect(foreign).rejects.toMatchObject({name: 'AccessDeniedException'})
})

test('EC2 shows the Regions in use, or all, or those asked for by name, pattern and state', async () => {
  expect(await described({})).not.toHaveProperty('af-south-1')
  expect(await described({})).toMatchObject({'us-east-1': 'opt-in-not-required', 'eu-south-1': 'opted-in'})
  expect(await described({AllRegions: true})).toMatchObject({'af-south-1': 'not-opted-in'})
  expect(await described({RegionNames: ['af-south-1']})).toEqual({'af-south-1': 'not-opted-in'})
  expect(await described({Filters: [{Name: 'region-name', Values: ['eu-west-*']}]})).toEqual({
    'eu-west-1': 'opt-in-not-required',
    'eu-west-2': 'opt-in-not-required',
  })
  expect(await described({AllRegions: true, Filters: [{Name: 'opt-in-status', Values: ['not-opted-in']}]})).toEqual({
    'af-south-1': 'not-opted-in',
  })
})

test.each([{RegionNames: ['mars-north-1']}, {Filters: [{Name: 'colour', Values: ['red']}]}])(
  'EC2 refuses %j',
  async (input) => {
    await expect(described(input)).rejects.toMatchObject({code: 'InvalidParameterValue'})
  },
)
