import {expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import quotas from '../../../../src/lib/sandbox/fakes/service-quotas.js'
import {quotasIn, readQuotas} from '../../../../src/lib/sandbox/world/quotas.js'
import {ask, aWorld} from '../../../support/sandbox-world.js'

const PROFILES = {ServiceCode: 'bedrock', QuotaCode: 'L-40EC9882'}
const {context} = aWorld({quotas: {'L-40EC9882': 5000}})

test('an applied quota may differ from the default', async () => {
  const applied = await ask(quotas, 'GetServiceQuota', PROFILES, context())
  const usual = await ask(quotas, 'GetAWSDefaultServiceQuota', PROFILES, context())

  expect([applied.Quota?.Value, usual.Quota?.Value]).toEqual([5000, 1000])
  expect(applied.Quota).toMatchObject({
    QuotaName: 'Inference profiles per account',
    QuotaArn: 'arn:aws:servicequotas:us-east-1:111122223333:bedrock/L-40EC9882',
    ServiceCode: 'bedrock',
    Adjustable: true,
  })
})

test('the list can be narrowed to one code, and pages', async () => {
  const one = await ask(quotas, 'ListServiceQuotas', PROFILES, context())
  const first = await ask(quotas, 'ListAWSDefaultServiceQuotas', {ServiceCode: 'bedrock', MaxResults: 2}, context())

  expect(one.Quotas?.map(({QuotaCode}) => QuotaCode)).toEqual(['L-40EC9882'])
  expect([first.Quotas?.length, typeof first.NextToken]).toEqual([2, 'string'])
})

test.each([
  {ServiceCode: 'bedrock', QuotaCode: 'L-00000000'},
  {ServiceCode: 'ec2', QuotaCode: 'L-40EC9882'},
])('%j does not exist', async (input) => {
  await expect(ask(quotas, 'GetServiceQuota', input, context())).rejects.toMatchObject({
    name: 'NoSuchResourceException',
  })
})

test('a Region shows the quotas of models that can be called from there by that routing', async () => {
  const catalog = await openCatalog()
  const codes = async (region: string) => new Set((await quotasIn(catalog, region)).map(({code}) => code))
  const geoSonnet = 'L-15B8E632'
  const globalSonnet = 'L-7BEE40FB'

  expect([(await codes('eu-central-1')).has(geoSonnet), (await codes('eu-central-1')).has(globalSonnet)]).toEqual([
    true,
    true,
  ])
  expect([(await codes('af-south-1')).has(geoSonnet), (await codes('af-south-1')).has(globalSonnet)]).toEqual([
    false,
    true,
  ])
})

test('codes are unique, values positive save those of model units, and models known to the catalog', async () => {
  const rows = await readQuotas()
  const catalog = await openCatalog()

  expect(new Set(rows.map(({code}) => code)).size).toBe(rows.length)
  expect(
    rows.filter(
      ({code, name, value}) => !/^L-[0-9A-F]{8}$/.test(code) || (value <= 0 && !name.startsWith('Model units')),
    ),
  ).toEqual([])
  expect(rows.filter(({model}) => model !== undefined && !catalog.model(model)).map(({model}) => model)).toEqual([])
})
