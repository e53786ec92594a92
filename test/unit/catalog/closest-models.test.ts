import fc from 'fast-check'
import {expect, test} from 'vitest'
import {closestIds, idCandidates} from '../../../src/lib/catalog/closest-models.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {buildLifecycle, buildModel} from './build-catalog.js'

const {models} = await openCatalog()
const candidates = idCandidates(models)

test.each([
  ['sonnet 4.6', 'anthropic.claude-sonnet-4-6'],
  ['Claude 4.6 Sonnet', 'anthropic.claude-sonnet-4-6'],
  ['anthropic.claude-sonnet-4.6', 'anthropic.claude-sonnet-4-6'],
  ['us.anthropic.claude-sonet-4-6', 'us.anthropic.claude-sonnet-4-6'],
  ['claude-3-5-haiku', 'anthropic.claude-3-5-haiku-20241022-v1:0'],
  ['llama 3.3', 'meta.llama3-3-70b-instruct-v1:0'],
  ['Nova Lite', 'amazon.nova-lite-v1:0'],
  ['amazon.nova-lite-v1', 'amazon.nova-lite-v1:0'],
  ['amazon.nova-lite', 'amazon.nova-lite-v1:0'],
])('%s means %s first', (text, id) => {
  expect(closestIds(text, candidates)[0]).toBe(id)
})

test('nothing is near to what resembles nothing', () => {
  expect(closestIds('xyzzy', candidates)).toEqual([])
  expect(closestIds('', candidates)).toEqual([])
  expect(closestIds('...', candidates)).toEqual([])
})

test('a living model comes before one at end of life', () => {
  const living = buildModel({id: 'amazon.one-pro-max-v2'})
  const dead = buildModel({id: 'amazon.one-v1', lifecycle: buildLifecycle({status: 'EOL'})})

  expect(closestIds('one', idCandidates([dead, living]))).toEqual([living.id, dead.id])
})

test('an id of the catalog is nearest to itself', () => {
  fc.assert(
    fc.property(fc.constantFrom(...candidates), ({id}) => {
      expect(closestIds(id, candidates, 1)).toEqual([id])
    }),
  )
})

test('there are never more than asked for, and only ids of the catalog', () => {
  const known = new Set(candidates.map(({id}) => id))

  fc.assert(
    fc.property(fc.string(), fc.integer({min: 0, max: 5}), (text, limit) => {
      const near = closestIds(text, candidates, limit)

      expect(near.length).toBeLessThanOrEqual(limit)
      expect(near.every((id) => known.has(id))).toBe(true)
    }),
  )
})
