import {describe, expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {chooseWay} from '../../../../src/lib/customizations/deploy/choose-way.js'
import {deploymentRequest} from '../../../../src/lib/customizations/deploy/deployment-request.js'
import type {CustomModel} from '../../../../src/lib/customizations/ports.js'

const facts = await (await openCatalog()).customModels()

function model(base: string | null, over: Partial<CustomModel> = {}): CustomModel {
  return {
    arn: 'arn:aws:bedrock:us-east-1:111122223333:custom-model/x/abcdefghijkl',
    id: 'abcdefghijkl',
    region: 'us-east-1',
    name: 'tone',
    baseModelArn: base === null ? null : `arn:aws:bedrock:us-east-1::foundation-model/${base}`,
    type: 'FINE_TUNING',
    state: 'Active',
    message: null,
    createdAt: '2026-10-01T00:00:00Z',
    jobArn: null,
    kmsKeyArn: null,
    ...over,
  }
}

describe('how a model is served', () => {
  test.each([
    ['amazon.nova-lite-v1:0:300k', {}, 'on-demand', 'tokens are paid'],
    ['amazon.nova-lite-v1:0', {}, 'on-demand', 'tokens are paid'],
    ['amazon.nova-lite-v1:0:300k', {region: 'us-west-2'}, 'provisioned-throughput', 'in us-east-1 only'],
    ['amazon.nova-lite-v1:0:300k', {createdAt: '2025-07-15T23:00:00Z'}, 'provisioned-throughput', 'before 2025-07-16'],
    ['amazon.nova-lite-v1:0:300k', {createdAt: '2025-07-16T00:00:00Z'}, 'on-demand', 'tokens are paid'],
    ['meta.llama3-3-70b-instruct-v1:0:128k', {region: 'us-west-2'}, 'on-demand', 'tokens are paid'],
    ['meta.llama3-1-8b-instruct-v1:0:128k', {region: 'us-west-2'}, 'provisioned-throughput', 'not deployed on demand'],
    ['some.other-model', {}, 'provisioned-throughput', 'not known'],
    [null, {}, 'provisioned-throughput', 'not known'],
  ] as const)('%s %j: %s', (base, over, way, why) => {
    const chosen = chooseWay(model(base, over), facts, false)

    expect(chosen.way).toBe(way)
    expect(chosen.why).toContain(why)
  })

  test('model units are taken where they are asked for', () => {
    expect(chooseWay(model('amazon.nova-lite-v1:0:300k'), facts, true).way).toBe('provisioned-throughput')
  })

  test.each(['Creating', 'Failed'])('a model that is %s is refused', (state) => {
    expect(() => chooseWay(model('amazon.nova-lite-v1:0:300k', {state}), facts, false)).toThrow(`tone is ${state}`)
  })
})

test('the same words make the same request, and a strange name none', () => {
  const [one, two, other] = [{}, {}, {team: 'a'}].map((tags) => deploymentRequest('live', 'arn:x', tags))

  expect(one).toEqual(two)
  expect(other?.clientRequestToken).not.toBe(one?.clientRequestToken)
  expect(() => deploymentRequest('my live', 'arn:x', {})).toThrow('is no name for a deployment')
})
