import fc from 'fast-check'
import {beforeEach, expect, test} from 'vitest'
import bedrock from '../../../../src/lib/sandbox/fakes/bedrock.js'
import {ACCOUNT, ask, aWorld, type TestWorld} from '../../../support/sandbox-world.js'

const SYSTEM = `arn:aws:bedrock:eu-central-1:${ACCOUNT}:inference-profile/eu.anthropic.claude-test-1`
const MODEL = 'arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-test-v1:0'

let sandbox: TestWorld
const here = (region = 'eu-central-1') => sandbox.context({region})

beforeEach(() => {
  sandbox = aWorld()
})

function create(name: string, over: object = {}) {
  const input = {inferenceProfileName: name, modelSource: {copyFrom: SYSTEM}, ...over}
  return ask(bedrock, 'CreateInferenceProfile', input, here())
}

async function names(typeEquals?: 'APPLICATION' | 'SYSTEM_DEFINED'): Promise<(string | undefined)[]> {
  const {inferenceProfileSummaries = []} = await ask(bedrock, 'ListInferenceProfiles', {typeEquals}, here())
  return inferenceProfileSummaries.map(({inferenceProfileId, type, inferenceProfileName}) =>
    type === 'APPLICATION' ? inferenceProfileName : inferenceProfileId,
  )
}

test('only system profiles come back when no type is asked for', async () => {
  await create('mine')
  sandbox.advance(2000)

  expect(await names()).toEqual(['eu.anthropic.claude-test-1', 'global.anthropic.claude-test-1'])
  expect(await names('SYSTEM_DEFINED')).toEqual(await names())
  expect(await names('APPLICATION')).toEqual(['mine'])
})

test('a new application profile is there at once, and listed a moment later', async () => {
  const {inferenceProfileArn: arn = ''} = await create('mine')

  const profile = await ask(bedrock, 'GetInferenceProfile', {inferenceProfileIdentifier: arn}, here())
  expect(profile).toMatchObject({inferenceProfileName: 'mine', type: 'APPLICATION', status: 'ACTIVE'})
  expect(profile.models?.length).toBe(2)

  expect(await names('APPLICATION')).toEqual([])
  sandbox.advance(2000)
  expect(await names('APPLICATION')).toEqual(['mine'])
})

test('a profile copied from a model stays in its Region', async () => {
  const {inferenceProfileArn: arn = ''} = await create('one-region', {modelSource: {copyFrom: MODEL}})

  const {models} = await ask(bedrock, 'GetInferenceProfile', {inferenceProfileIdentifier: arn}, here())

  expect(models).toEqual([{modelArn: MODEL}])
})

test('the same request with the same token makes one profile; another request is refused', async () => {
  const first = await create('mine', {clientRequestToken: 'once'})

  expect(await create('mine', {clientRequestToken: 'once'})).toEqual(first)
  await expect(create('other', {clientRequestToken: 'once'})).rejects.toMatchObject({name: 'ConflictException'})
  expect(sandbox.world.regional(ACCOUNT, 'eu-central-1').applicationProfiles.size).toBe(1)
})

test.each([
  ['a name that is taken', {inferenceProfileName: 'taken'}, 'ConflictException'],
  ['a reserved tag', {tags: [{key: 'aws:x', value: 'y'}]}, 'ValidationException'],
  [
    'the same tag twice',
    {
      tags: [
        {key: 'a', value: '1'},
        {key: 'a', value: '2'},
      ],
    },
    'ValidationException',
  ],
  ['a source that is no ARN', {modelSource: {copyFrom: 'eu.anthropic.claude-test-1'}}, 'ValidationException'],
  [
    'a source in another Region',
    {modelSource: {copyFrom: SYSTEM.replace('eu-central-1', 'eu-west-1')}},
    'ValidationException',
  ],
  [
    'a profile-only model',
    {modelSource: {copyFrom: 'arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-test-1'}},
    'ValidationException',
  ],
  [
    'a system profile that does not exist',
    {modelSource: {copyFrom: SYSTEM.replace('claude', 'clod')}},
    'ResourceNotFoundException',
  ],
  [
    'another account’s profile',
    {modelSource: {copyFrom: SYSTEM.replace(ACCOUNT, '999988887777')}},
    'ResourceNotFoundException',
  ],
])('%s is refused', async (_what, over, name) => {
  await create('taken')

  await expect(create('new', over)).rejects.toMatchObject({name})
})

test('the quota of profiles is kept, as the account has it', async () => {
  sandbox = aWorld({quotas: {'L-40EC9882': 1}})
  await create('first')

  await expect(create('second')).rejects.toMatchObject({name: 'ServiceQuotaExceededException'})
})

test('a deleted profile is gone with its tags; a system profile cannot be deleted', async () => {
  const {inferenceProfileArn: arn = ''} = await create('mine', {tags: [{key: 'team', value: 'a'}]})
  await ask(bedrock, 'DeleteInferenceProfile', {inferenceProfileIdentifier: arn}, here())

  const gone = {name: 'ResourceNotFoundException'}
  await expect(ask(bedrock, 'GetInferenceProfile', {inferenceProfileIdentifier: arn}, here())).rejects.toMatchObject(
    gone,
  )
  await expect(ask(bedrock, 'ListTagsForResource', {resourceARN: arn}, here())).rejects.toMatchObject(gone)
  await expect(
    ask(bedrock, 'DeleteInferenceProfile', {inferenceProfileIdentifier: SYSTEM}, here()),
  ).rejects.toMatchObject({name: 'ValidationException'})
})

test('tags are added, changed and removed by key', async () => {
  const {inferenceProfileArn: resourceARN = ''} = await create('mine', {tags: [{key: 'a', value: '1'}]})

  await ask(
    bedrock,
    'TagResource',
    {
      resourceARN,
      tags: [
        {key: 'a', value: '2'},
        {key: 'b', value: '3'},
      ],
    },
    here(),
  )
  await ask(bedrock, 'UntagResource', {resourceARN, tagKeys: ['b', 'never-there']}, here())

  expect(await ask(bedrock, 'ListTagsForResource', {resourceARN}, here())).toEqual({tags: [{key: 'a', value: '2'}]})
})

test('a resource takes 200 tags and no more', async () => {
  const {inferenceProfileArn: resourceARN = ''} = await create('mine')
  const tags = (from: number, count: number) =>
    Array.from({length: count}, (_, i) => ({key: `k${from + i}`, value: ''}))
  await ask(bedrock, 'TagResource', {resourceARN, tags: tags(0, 200)}, here())

  const more = ask(bedrock, 'TagResource', {resourceARN, tags: tags(200, 1)}, here())

  await expect(more).rejects.toMatchObject({name: 'TooManyTagsException', resourceName: resourceARN})
})

test('pages of any size add up to the whole list, each item once', async () => {
  const whole = await names()
  await fc.assert(
    fc.asyncProperty(fc.integer({min: 1, max: 5}), async (maxResults) => {
      const seen: (string | undefined)[] = []
      let nextToken: string | undefined
      do {
        const page = await ask(bedrock, 'ListInferenceProfiles', {maxResults, nextToken}, here())
        seen.push(...(page.inferenceProfileSummaries ?? []).map(({inferenceProfileId}) => inferenceProfileId))
        nextToken = page.nextToken
      } while (nextToken !== undefined)
      expect(seen).toEqual(whole)
    }),
  )
})

test('a token of another list, or of nobody, is refused', async () => {
  const {nextToken} = await ask(bedrock, 'ListInferenceProfiles', {maxResults: 1}, here())

  for (const input of [{nextToken, typeEquals: 'APPLICATION' as const}, {nextToken: 'bm9wZQ=='}]) {
    await expect(ask(bedrock, 'ListInferenceProfiles', input, here())).rejects.toMatchObject({
      name: 'ValidationException',
    })
  }
})
