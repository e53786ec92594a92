import {describe, expect, test} from 'vitest'
import bedrock from '../../../../src/lib/sandbox/fakes/bedrock.js'
import {anAccount, ask, aWorld} from '../../../support/sandbox-world.js'

const OTHER = '222233334444'
const filters = [{type: 'PROMPT_ATTACK', inputStrength: 'HIGH', outputStrength: 'NONE'}]
const guardrail = (id: string, more: object = {}) => ({
  id,
  name: `name-of-${id}`,
  createdOn: '2026-01-10',
  policies: {contentPolicy: {filters}},
  ...more,
})
const shared = (Principal: unknown, Condition?: object) => ({
  Version: '2012-10-17',
  Statement: [
    {Effect: 'Allow', Principal, Action: ['bedrock:ApplyGuardrail', 'bedrock:GetGuardrail'], Resource: '*', Condition},
  ],
})

const {context} = aWorld(
  {
    regions: {
      'us-east-1': {
        guardrails: [
          guardrail('first', {
            profile: 'us.guardrail.v1:0',
            kmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/1',
            tags: {team: 'desk'},
            versions: [
              {version: '1', createdOn: '2026-02-10', policies: {}},
              {version: '2', createdOn: '2026-03-10', status: 'FAILED'},
            ],
          }),
          guardrail('second'),
        ],
        enforcedGuardrail: {
          configId: 'enforced1',
          guardrailArn: 'arn:aws:bedrock:us-east-1:111122223333:guardrail/first',
          version: '1',
          createdOn: '-3d',
        },
      },
    },
  },
  [
    anAccount({
      id: OTHER,
      keys: [{accessKeyId: 'AKIASANDBOX000000002', secretAccessKey: 'sandbox-secret-2', user: 'sandbox'}],
      bearerToken: 'ABSKother',
      regions: {
        'us-east-1': {
          guardrails: [
            guardrail('lent', {resourcePolicy: shared({AWS: 'arn:aws:iam::111122223333:root'})}),
            guardrail('kept'),
            guardrail('elsewhere', {resourcePolicy: shared('*', {StringEquals: {'aws:PrincipalOrgID': 'o-other'}})}),
          ],
        },
      },
    }),
  ],
)
const here = context()
const arnOf = (id: string, account = '111122223333', region = 'us-east-1') =>
  `arn:aws:bedrock:${region}:${account}:guardrail/${id}`

describe('ListGuardrails', () => {
  test('has the draft of each, or every version of one', async () => {
    const list = async (guardrailIdentifier?: string) =>
      (await ask(bedrock, 'ListGuardrails', {guardrailIdentifier}, here)).guardrails?.map(({id, version}) => [
        id,
        version,
      ])

    expect(await list()).toEqual([
      ['first', 'DRAFT'],
      ['second', 'DRAFT'],
    ])
    expect(await list('first')).toEqual([
      ['first', 'DRAFT'],
      ['first', '1'],
      ['first', '2'],
    ])
  })

  test('pages, and refuses the token of another list', async () => {
    const {guardrails, nextToken} = await ask(bedrock, 'ListGuardrails', {maxResults: 1}, here)

    expect(guardrails).toHaveLength(1)
    await expect(ask(bedrock, 'ListGuardrails', {guardrailIdentifier: 'first', nextToken}, here)).rejects.toMatchObject(
      {name: 'ValidationException'},
    )
  })
})

describe('GetGuardrail', () => {
  test('gives a version its own policies, or those of the draft', async () => {
    const get = (guardrailVersion?: string) =>
      ask(bedrock, 'GetGuardrail', {guardrailIdentifier: arnOf('first'), guardrailVersion}, here)

    expect(await get()).toMatchObject({
      version: 'DRAFT',
      status: 'READY',
      contentPolicy: {filters},
      crossRegionDetails: {
        guardrailProfileArn: 'arn:aws:bedrock:us-east-1:111122223333:guardrail-profile/us.guardrail.v1:0',
      },
      kmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/1',
    })
    expect(await get('1')).not.toHaveProperty('contentPolicy')
    expect(await get('2')).toMatchObject({status: 'FAILED', contentPolicy: {filters}})
  })

  test.each([
    ['missing', undefined, 'ResourceNotFoundException'],
    ['first', '9', 'ResourceNotFoundException'],
    [arnOf('first', '111122223333', 'eu-west-1'), undefined, 'ValidationException'],
    [arnOf('kept', OTHER), undefined, 'AccessDeniedException'],
    [arnOf('missing', OTHER), undefined, 'AccessDeniedException'],
    [arnOf('elsewhere', OTHER), undefined, 'AccessDeniedException'],
  ])('%s in version %s answers %s', async (guardrailIdentifier, guardrailVersion, _name) => {
    const request = ask(bedrock, 'GetGuardrail', {guardrailIdentifier, guardrailVersion}, here)

    await expect(request).rejects.toMatchObject({name: _name})
  })

  test('shows a guardrail that another account lends by its resource policy', async () => {
    const answer = await ask(bedrock, 'GetGuardrail', {guardrailIdentifier: arnOf('lent', OTHER)}, here)

    expect(answer.guardrailArn).toBe(arnOf('lent', OTHER))
  })
})

test('what is enforced covers every model unless the scenario names them', async () => {
  const {guardrailsConfig} = await ask(bedrock, 'ListEnforcedGuardrailsConfiguration', {}, here)

  expect(guardrailsConfig).toMatchObject([
    {
      guardrailId: 'first',
      guardrailVersion: '1',
      owner: 'ACCOUNT',
      modelEnforcement: {includedModels: ['ALL'], excludedModels: []},
    },
  ])
})

test('tags are those of the scenario; a guardrail without a resource policy has none to show', async () => {
  const {tags} = await ask(bedrock, 'ListTagsForResource', {resourceARN: arnOf('first')}, here)

  expect(tags).toEqual([{key: 'team', value: 'desk'}])
  await expect(ask(bedrock, 'GetResourcePolicy', {resourceArn: arnOf('first')}, here)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})
