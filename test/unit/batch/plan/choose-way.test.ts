import {expect, test} from 'vitest'
import {chooseWay} from '../../../../src/lib/batch/plan/choose-way.js'
import type {BatchTarget, BatchWay} from '../../../../src/lib/batch/support/batch-target.js'
import {nameOfTarget} from '../../../../src/lib/batch/support/batch-target.js'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'

const catalog = await openCatalog({now: new Date('2026-11-21')})
const facts = {catalog, batch: await catalog.batch()}
const NOVA = 'amazon.nova-lite-v1:0'
const SONNET = 'anthropic.claude-sonnet-4-6'

const model = (modelId: string): BatchTarget => ({kind: 'model', modelId})
const profile = (profileId: string, modelId: string): BatchTarget => ({kind: 'profile', profileId, modelId})

function chosen(target: BatchTarget, region: string, route?: BatchWay['route']) {
  const way = chooseWay({target, region, route}, facts)
  return [nameOfTarget(way.target), way.route, way.why]
}

test.each([
  ['the model itself where it does batch', model(NOVA), 'us-east-1', undefined, NOVA, 'in-region'],
  ['its geographic profile before its Global one', model(SONNET), 'eu-central-1', undefined, `eu.${SONNET}`, 'geo'],
  ['the Global profile when asked for', model(SONNET), 'eu-central-1', 'global', `global.${SONNET}`, 'global'],
  ['the geographic profile when asked for', model(NOVA), 'us-east-1', 'geo', `us.${NOVA}`, 'geo'],
  [
    'a profile as it was named',
    profile(`global.${SONNET}`, SONNET),
    'eu-central-1',
    undefined,
    `global.${SONNET}`,
    'global',
  ],
  [
    'a model that nobody lists, as it was named',
    model('xai.grok-4.3'),
    'us-east-1',
    undefined,
    'xai.grok-4.3',
    'in-region',
  ],
] as const)('%s', (_, target, region, route, id, way) => {
  expect(chosen(target, region, route).slice(0, 2)).toEqual([id, way])
})

test('what is named instead of the model is told with its reason, unless it was asked for', () => {
  expect(chosen(model(SONNET), 'eu-central-1')[2]).toBe(`A job in eu-central-1 may not name ${SONNET} itself.`)
  expect(chosen(model(SONNET), 'eu-central-1', 'geo')[2]).toBeNull()
  expect(chosen(model(NOVA), 'us-east-1')[2]).toBeNull()
})

test('a route that a profile does not have, or a model has not there, is refused', () => {
  expect(() => chosen(profile(`eu.${NOVA}`, NOVA), 'eu-central-1', 'global')).toThrow('fixes the route by itself: geo')
  expect(() => chosen(model(NOVA), 'us-east-1', 'global')).toThrow('has no global route from us-east-1')
})

test('what the account made itself keeps its name', () => {
  const arn = 'arn:aws:bedrock:us-east-1:111122223333:custom-model/base/abc'

  expect(chosen({kind: 'custom-model', arn, baseModelId: NOVA}, 'us-east-1')).toEqual([arn, null, null])
})
