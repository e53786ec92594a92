import type {FoundationModelSummary} from '@aws-sdk/client-bedrock'
import * as fc from 'fast-check'
import {expect, test} from 'vitest'
import {foldModels, toProfile} from '../../../src/lib/aws/offer-source.js'

function summary(modelId: string, ...inferenceTypesSupported: string[]): FoundationModelSummary {
  const modelArn = `arn:aws:bedrock:us-east-1::foundation-model/${modelId}`
  return {modelId, modelArn, inferenceTypesSupported} as FoundationModelSummary
}

function profile(inferenceProfileId: string, ...modelArns: string[]) {
  const models = modelArns.map((modelArn) => ({modelArn}))
  return {inferenceProfileId, inferenceProfileName: 'A name', models} as unknown as Parameters<typeof toProfile>[0]
}

test('context variants are folded into the listed model they continue', () => {
  const models = foldModels([
    summary('amazon.nova-lite-v1:0', 'ON_DEMAND'),
    summary('amazon.nova-lite-v1:0:24k', 'PROVISIONED'),
    summary('amazon.nova-lite-v1:0:300k', 'PROVISIONED'),
    summary('cohere.embed-english-v3', 'ON_DEMAND'),
    summary('cohere.embed-english-v3:0:512', 'PROVISIONED'),
  ])

  expect(models.map(({id, provisionedIds}) => [id, provisionedIds])).toEqual([
    ['amazon.nova-lite-v1:0', ['amazon.nova-lite-v1:0:24k', 'amazon.nova-lite-v1:0:300k']],
    ['cohere.embed-english-v3', ['cohere.embed-english-v3:0:512']],
  ])
})

test('a variant whose model is not listed stands for itself', () => {
  expect(foldModels([summary('a.b-v2:0:18k', 'PROVISIONED')])).toMatchObject([
    {id: 'a.b-v2:0:18k', provisionedIds: ['a.b-v2:0:18k']},
  ])
})

test('a variant that can be called on demand stays a model', () => {
  const models = foldModels([summary('a.b-v2', 'ON_DEMAND'), summary('a.b-v2:1', 'ON_DEMAND', 'PROVISIONED')])

  expect(models.map(({id, inRegion}) => [id, inRegion])).toEqual([
    ['a.b-v2', true],
    ['a.b-v2:1', true],
  ])
})

test('a model that lists only INFERENCE_PROFILE cannot be called in the Region', () => {
  expect(foldModels([summary('a.b', 'INFERENCE_PROFILE')])).toMatchObject([{inRegion: false, provisionedIds: []}])
})

test('what the service does not say stays unknown', () => {
  expect(foldModels([summary('a.b')])[0]).toEqual({
    id: 'a.b',
    name: null,
    provider: null,
    inRegion: false,
    provisionedIds: [],
    inputModalities: null,
    outputModalities: null,
    streaming: null,
    customizations: null,
    lifecycle: {status: 'UNKNOWN', started: null, legacy: null, extendedAccess: null, endOfLife: null},
  })
})

test('nothing that can be called or bought gets lost, whatever is listed', () => {
  const ids = fc.uniqueArray(fc.stringMatching(/^[ab](:[01]){0,3}$/), {minLength: 1})
  const types = fc.subarray(['ON_DEMAND', 'PROVISIONED', 'INFERENCE_PROFILE'])
  void fc.assert(
    fc.property(ids, fc.infiniteStream(types), (listed, kinds) => {
      const summaries = listed.map((id) => summary(id, ...(kinds.next().value ?? [])))

      const models = foldModels(summaries)

      const bought = models.flatMap(({provisionedIds}) => provisionedIds)
      const called = models.filter(({inRegion}) => inRegion).map(({id}) => id)
      const offering = (type: string) =>
        summaries
          .filter(({inferenceTypesSupported: all}) => (all as readonly string[]).includes(type))
          .map(({modelId}) => modelId)
      expect([...bought].sort()).toEqual(offering('PROVISIONED').sort())
      expect([...called].sort()).toEqual(offering('ON_DEMAND').sort())
    }),
  )
})

test('destinations come from the model ARNs, sorted, in any partition', () => {
  const arn = (region: string) => `arn:aws-us-gov:bedrock:${region}::foundation-model/a.b`

  expect(toProfile(profile('us-gov.a.b', arn('us-gov-west-1'), arn('us-gov-east-1')))).toEqual([
    {id: 'us-gov.a.b', name: 'A name', modelId: 'a.b', kind: 'geo', destinations: ['us-gov-east-1', 'us-gov-west-1']},
  ])
})

test('an ARN without Region makes a profile global, whatever it is called', () => {
  const found = toProfile(
    profile('eu.a.b', 'arn:aws:bedrock:eu-west-1::foundation-model/a.b', 'arn:aws:bedrock:::foundation-model/a.b'),
  )

  expect(found).toMatchObject([{kind: 'global', destinations: null}])
})

test('destinations are unknown when one ARN cannot be read', () => {
  expect(toProfile(profile('eu.a.b', 'arn:aws:bedrock:eu-west-1::foundation-model/a.b', 'nonsense'))).toMatchObject([
    {destinations: null},
  ])
})

test('a profile of several models is no route to one model', () => {
  expect(
    toProfile(
      profile(
        'x',
        'arn:aws:bedrock:eu-west-1::foundation-model/a.b',
        'arn:aws:bedrock:eu-west-1::foundation-model/a.c',
      ),
    ),
  ).toEqual([])
})
