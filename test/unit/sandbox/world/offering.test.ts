import fc from 'fast-check'
import {expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {
  lifecycleOf,
  offeredModels,
  offeredProfile,
  offeredProfiles,
} from '../../../../src/lib/sandbox/world/offering.js'
import {smallCatalog} from '../../../support/sandbox-world.js'

const catalog = smallCatalog()
const NOW = Date.parse('2026-11-21')
const arn = (region: string) => `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-test-1`

function ids(region: string, now = NOW) {
  return offeredModels(catalog, region, now).map(({id, inferenceTypes}) => [id, ...inferenceTypes])
}

test('a Region lists what can be called there, by profile only, and as provisioned variants', () => {
  expect(ids('us-east-1')).toEqual([
    ['amazon.nova-test-v1:0', 'ON_DEMAND'],
    ['amazon.nova-test-v1:0:24k', 'PROVISIONED'],
    ['anthropic.claude-test-1', 'INFERENCE_PROFILE'],
    ['writer.retiring-v1:0', 'ON_DEMAND'],
    ['anthropic.gated-1', 'ON_DEMAND'],
  ])
  expect(ids('eu-west-2')).toEqual([['anthropic.claude-test-1', 'ON_DEMAND']])
})

test('a source that only AWS documentation lists is not offered', () => {
  expect(ids('eu-north-1')).toEqual([])
})

test('a model vanishes at its end of life', () => {
  expect(ids('us-east-1', Date.parse('2026-11-30')).flat()).toContain('writer.retiring-v1:0')
  expect(ids('us-east-1', Date.parse('2026-12-01')).flat()).not.toContain('writer.retiring-v1:0')
})

test('a model is LEGACY from its legacy date on', () => {
  const retiring = catalog.model('writer.retiring-v1:0')

  expect(retiring && lifecycleOf(retiring, Date.parse('2026-05-31')).status).toBe('ACTIVE')
  expect(retiring && lifecycleOf(retiring, NOW)).toMatchObject({
    status: 'LEGACY',
    legacyTime: new Date('2026-06-01'),
    publicExtendedAccessTime: new Date('2026-09-01'),
    endOfLifeTime: new Date('2026-12-01'),
  })
})

test('a geographic profile has the destinations of the calling Region', () => {
  const from = (region: string) => offeredProfile(catalog, region, NOW, 'eu.anthropic.claude-test-1')?.modelArns

  expect(from('eu-central-1')).toEqual([arn('eu-central-1'), arn('eu-west-1')])
  expect(from('eu-west-1')).toEqual([arn('eu-north-1'), arn('eu-west-1')])
  expect(from('us-east-1')).toBeUndefined()
})

test('a route nobody has seen lists the union of those seen', () => {
  const profile = offeredProfile(catalog, 'eu-south-1', NOW, 'eu.anthropic.claude-test-1')

  expect(profile?.modelArns).toEqual([arn('eu-central-1'), arn('eu-north-1'), arn('eu-west-1')])
})

test('a Global profile names the source Region and the empty Region', () => {
  const profile = offeredProfile(catalog, 'us-east-1', NOW, 'global.anthropic.claude-test-1')

  expect(profile?.modelArns).toEqual([arn('us-east-1'), arn('')])
})

test('model ARNs carry the partition of the Region', () => {
  expect(offeredModels(catalog, 'us-gov-west-1', NOW).map((model) => model.arn)).toEqual([
    'arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/amazon.nova-test-v1:0',
  ])
})

test('in every Region of the bundled catalog, each profile belongs to a listed model and goes somewhere', async () => {
  const bundled = await openCatalog()
  const regions = fc.constantFrom(...bundled.regions.map(({name}) => name))

  fc.assert(
    fc.property(regions, (region) => {
      const listed = new Set(offeredModels(bundled, region, NOW).map(({model}) => model.id))
      const profiles = offeredProfiles(bundled, region, NOW)
      return profiles.every(({model, modelArns}) => listed.has(model.id) && modelArns.length > 0)
    }),
    {numRuns: 60},
  )
})
