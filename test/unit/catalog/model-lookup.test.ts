import {expect, test} from 'vitest'
import {findModel} from '../../../src/lib/catalog/model-lookup.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {buildLifecycle, buildModel} from './build-catalog.js'

const catalog = await openCatalog()

test.each([
  ['anthropic.claude-sonnet-4-6', 'anthropic.claude-sonnet-4-6', 'id'],
  ['anthropic.claude-haiku-4-5', 'anthropic.claude-haiku-4-5-20251001-v1:0', 'alias'],
  ['claude sonnet 4.6', 'anthropic.claude-sonnet-4-6', 'name'],
  ['Claude Haiku 4.5', 'anthropic.claude-haiku-4-5-20251001-v1:0', 'name'],
  ['amazon.nova-lite-v1:0:300k', 'amazon.nova-lite-v1:0', 'context-variant'],
])('%s is %s by its %s', (text, id, matchedBy) => {
  const match = findModel(catalog, text)

  expect([match?.model.id, match?.matchedBy]).toEqual([id, matchedBy])
})

test.each([
  'us.anthropic.claude-sonnet-4-6',
  'anthropic.claude-sonnet',
  'amazon.nova-lite-v1:0:999k',
  'Anthropic.Claude-Sonnet-4-6',
  '',
])('%s names no model', (text) => {
  expect(findModel(catalog, text)).toBeUndefined()
})

test('a name that two living models share names none of them', () => {
  const models = [buildModel({id: 'a.one', name: 'One'}), buildModel({id: 'a.two', name: 'One'})]

  expect(findModel({models, model: () => undefined}, 'one')).toBeUndefined()
})

test('a name that a dead version shares names the living one', () => {
  const dead = buildModel({id: 'a.one', name: 'One', lifecycle: buildLifecycle({status: 'EOL'})})
  const living = buildModel({id: 'a.two', name: 'One'})

  expect(findModel({models: [dead, living], model: () => undefined}, 'one')?.model.id).toBe('a.two')
})
