import fc from 'fast-check'
import {beforeAll, describe, expect, test} from 'vitest'
import type {Catalog} from '../../../../src/lib/catalog/catalog.js'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import {parseModelReference} from '../../../../src/lib/models/references/model-reference.js'

let catalog: Catalog

beforeAll(async () => {
  catalog = await openCatalog()
})

const SONNET = 'anthropic.claude-sonnet-4-6'

describe('what a text names', () => {
  test.each([
    ['a bare id', SONNET, {kind: 'model', modelId: SONNET, matchedBy: 'id'}],
    ['a display name', 'claude sonnet 4.6', {kind: 'model', modelId: SONNET, matchedBy: 'name'}],
    ['an alias', 'openai.gpt-oss-120b', {kind: 'model', modelId: 'openai.gpt-oss-120b-1:0', matchedBy: 'alias'}],
    [
      'a context variant',
      'amazon.nova-lite-v1:0:300k',
      {kind: 'model', modelId: 'amazon.nova-lite-v1:0', matchedBy: 'context-variant'},
    ],
    ['a profile', `eu.${SONNET}`, {kind: 'profile', profileId: `eu.${SONNET}`, modelId: SONNET}],
    [
      'a foundation-model ARN',
      `arn:aws:bedrock:eu-west-2::foundation-model/${SONNET}`,
      {kind: 'model', modelId: SONNET, region: 'eu-west-2', matchedBy: 'arn'},
    ],
    [
      'the Global model ARN, without a Region',
      `arn:aws:bedrock:::foundation-model/${SONNET}`,
      {kind: 'model', modelId: SONNET, region: null},
    ],
    [
      'a profile ARN',
      `arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.${SONNET}`,
      {kind: 'profile', modelId: SONNET, region: 'us-east-1'},
    ],
    [
      'a GovCloud ARN',
      'arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/amazon.nova-lite-v1:0',
      {kind: 'model', modelId: 'amazon.nova-lite-v1:0'},
    ],
    [
      'an application profile',
      'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abcdefghijkl',
      {kind: 'resource', resource: 'application-inference-profile', region: 'us-east-1'},
    ],
    [
      'a provisioned model',
      'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abcdefghijkl',
      {kind: 'resource', resource: 'provisioned-model'},
    ],
    [
      'an imported model',
      'arn:aws:bedrock:us-east-1:111122223333:imported-model/abcdefghijkl',
      {kind: 'resource', resource: 'imported-model'},
    ],
    [
      'a custom model',
      'arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.nova-lite-v1:0:300k/abcdefghijkl',
      {kind: 'resource', resource: 'custom-model'},
    ],
    [
      'a deployment',
      'arn:aws:bedrock:us-east-1:111122223333:custom-model-deployment/abcdefghijkl',
      {kind: 'resource', resource: 'custom-model-deployment'},
    ],
  ])('%s', async (_, text, expected) => {
    expect(await parseModelReference(text, {catalog, offers: []})).toMatchObject(expected)
  })

  test('a model newer than the bundle is known from what was read', async () => {
    const offers = [
      {
        region: 'us-east-1',
        origin: {kind: 'live', asOf: '2027-01-01T00:00:00Z', source: 'test'} as const,
        models: [],
        profiles: [
          {id: 'us.acme.next-1', name: null, modelId: 'acme.next-1', kind: 'geo' as const, destinations: ['us-east-1']},
        ],
      },
    ]

    expect(await parseModelReference('us.acme.next-1', {catalog, offers})).toMatchObject({modelId: 'acme.next-1'})
  })
})

describe('what is refused, as bad usage', () => {
  test.each([
    [
      'a slip of the fingers, with what was meant',
      'anthropic.claude-sonet-4-6',
      'UNKNOWN_MODEL',
      /anthropic\.claude-sonnet-4-6/,
    ],
    ['a prefix no profile has', `apac.${SONNET}`, 'UNKNOWN_MODEL', /Did you mean/],
    ['a malformed ARN', 'arn:aws:bedrock', 'INVALID_ARN', /arn:<partition>/],
    ['an ARN of another service', 'arn:aws:s3:::bucket', 'INVALID_ARN', /service is s3/],
    [
      'a Region in the wrong partition',
      'arn:aws:bedrock:us-gov-west-1::foundation-model/amazon.nova-lite-v1:0',
      'WRONG_PARTITION',
      /aws-us-gov/,
    ],
    ['an ARN that is no model', 'arn:aws:bedrock:us-east-1:111122223333:guardrail/abc', 'INVALID_ARN', /guardrail/],
    ['a resource without account', 'arn:aws:bedrock:us-east-1::provisioned-model/abc', 'INVALID_ARN', /no account/],
  ])('%s', async (_, text, code, why) => {
    const failure = await parseModelReference(text, {catalog, offers: []}).catch((error: unknown) => error)

    expect(failure).toBeInstanceOf(BedrockctlError)
    expect(failure).toMatchObject({code, exitCode: 2, why: expect.stringMatching(why)})
  })

  test('whatever is typed is understood or refused, never a crash', async () => {
    const pieces = fc.constantFrom(
      'arn:',
      'aws',
      'bedrock',
      ':',
      '::',
      '/',
      'us-east-1',
      'foundation-model',
      'eu.',
      SONNET,
      ' ',
      '\u0000',
      '💥',
    )
    const texts = fc.oneof(
      fc.string({unit: 'binary', maxLength: 200}),
      fc.array(pieces, {maxLength: 12}).map((parts) => parts.join('')),
    )

    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const outcome = await parseModelReference(text, {catalog, offers: []}).catch((error: unknown) => error)
        expect(outcome instanceof BedrockctlError ? outcome.fault : 'understood').toMatch(/^(usage|understood)$/)
      }),
      {numRuns: 200},
    )
  })
})
