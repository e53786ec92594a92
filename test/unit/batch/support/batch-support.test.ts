import {describe, expect, test} from 'vitest'
import {batchSupport, waysHere} from '../../../../src/lib/batch/support/batch-support.js'
import {
  type BatchTarget,
  baseModelOf,
  batchTarget,
  nameOfTarget,
} from '../../../../src/lib/batch/support/batch-target.js'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {resolveReference} from '../../../../src/lib/models/references/resolve-base-models.js'
import cases from '../../../cases/batch/support.json' with {type: 'json'}

const catalog = await openCatalog({now: new Date('2026-11-21')})
const batch = await catalog.batch()
const facts = {catalog, batch}

interface SupportCase {
  readonly what: string
  readonly target: BatchTarget
  readonly region: string
  readonly verdict: string
  readonly instead?: string
  readonly why?: string
}

test.each(cases as readonly SupportCase[])('$what', ({instead, region, target, verdict, why}) => {
  const support = batchSupport(target, region, facts)

  expect(support.verdict).toBe(verdict)
  expect(support.why).toContain(why ?? '')
  const [first] = support.instead
  expect(first && `${first.id} ${first.route} ${first.region}`).toBe(instead)
  expect(support).toMatchObject({asOf: '2026-10', source: expect.stringContaining('supported Regions and models')})
})

test('every model of the facts does batch where they say so, and no Region is left out of its ways', () => {
  for (const {inRegion, modelId} of batch.models) {
    for (const region of inRegion) {
      expect(batchSupport({kind: 'model', modelId}, region, facts).verdict).toBe('yes')
      expect(waysHere(modelId, region, facts)[0]).toEqual({id: modelId, route: 'in-region', region})
    }
  }
})

test('every way that is offered instead works', () => {
  for (const {modelId} of batch.models) {
    for (const {name: region} of catalog.regions) {
      for (const way of batchSupport({kind: 'model', modelId}, region, facts).instead) {
        const target: BatchTarget =
          way.route === 'in-region' ? {kind: 'model', modelId} : {kind: 'profile', profileId: way.id, modelId}
        expect([way, batchSupport(target, way.region, facts).verdict]).toEqual([way, 'yes'])
      }
    }
  }
})

test('profiles that the Region listed beat those of the catalog', () => {
  const target = {kind: 'profile', profileId: 'eu.amazon.nova-lite-v1:0', modelId: 'amazon.nova-lite-v1:0'} as const
  const live = (ids: readonly string[]) =>
    batchSupport(target, 'eu-central-1', {...facts, profileIds: new Set(ids)}).verdict

  expect([live(['eu.amazon.nova-lite-v1:0']), live([])]).toEqual(['yes', 'no'])
})

describe('what a text names', () => {
  const named = async (text: string) =>
    batchTarget(await resolveReference(text, {catalog, offers: [], references: undefined}))

  test.each([
    ['amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0'],
    ['Nova Lite', 'amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0'],
    ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0'],
    [
      'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.amazon.nova-lite-v1:0',
      'eu.amazon.nova-lite-v1:0',
      'amazon.nova-lite-v1:0',
    ],
    [
      'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0',
      'amazon.nova-lite-v1:0',
      'amazon.nova-lite-v1:0',
    ],
  ])('%s', async (text, name, base) => {
    const target = await named(text)

    expect([nameOfTarget(target), baseModelOf(target)]).toEqual([name, base])
  })
})
