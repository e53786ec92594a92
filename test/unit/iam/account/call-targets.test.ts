import {describe, expect, test} from 'vitest'
import {findCallTarget, systemTargets} from '../../../../src/lib/iam/account/call-targets.js'
import {ACCOUNT, buildSnapshot, model, part, profile, REGION} from './build-snapshot.js'

const own = (id: string, regions: readonly string[]) =>
  profile(id, regions, {
    arn: `arn:aws:bedrock:${REGION}:${ACCOUNT}:application-inference-profile/${id}`,
    type: 'APPLICATION',
    tags: part([{key: 'team', value: 'a'}]),
  })

const SNAPSHOT = buildSnapshot({
  'bedrock:foundation-models': [model('m'), model('eu.misleading'), model('x', ['PROVISIONED'])],
  'bedrock:inference-profiles': [
    profile('eu.m', [REGION, 'eu-west-1']),
    profile('plain-name', [REGION, '']),
    own('aaaaaaaaaaaa', [REGION]),
    own('bbbbbbbbbbbb', [REGION, 'eu-west-1']),
    own('cccccccccccc', ['', REGION]),
  ],
})
const GEOGRAPHIC = {kind: 'geographic-profile', profileId: 'eu.m', modelId: 'm', destinations: [REGION, 'eu-west-1']}
const GLOBAL = {kind: 'global-profile', profileId: 'plain-name', modelId: 'm'}
const tags = {team: 'a'}

describe('findCallTarget', () => {
  test.each([
    ['m', {kind: 'model', modelId: 'm'}],
    ['eu.misleading', {kind: 'model', modelId: 'eu.misleading'}],
    ['eu.m', GEOGRAPHIC],
    [`arn:aws:bedrock:${REGION}:${ACCOUNT}:inference-profile/eu.m`, GEOGRAPHIC],
    ['plain-name', GLOBAL],
    ['aaaaaaaaaaaa', {kind: 'application-profile', id: 'aaaaaaaaaaaa', copies: {kind: 'model', modelId: 'm'}, tags}],
    ['bbbbbbbbbbbb', {kind: 'application-profile', id: 'bbbbbbbbbbbb', copies: GEOGRAPHIC, tags}],
    ['cccccccccccc', {kind: 'application-profile', id: 'cccccccccccc', copies: GLOBAL, tags}],
    ['us.m', undefined],
    [`arn:aws:bedrock:${REGION}:${ACCOUNT}:inference-profile/us.m`, undefined],
    [`arn:aws:bedrock:us-east-1::foundation-model/m`, undefined],
    [
      `arn:aws:bedrock:${REGION}:${ACCOUNT}:application-inference-profile/dddddddddddd`,
      {kind: 'application-profile', id: 'dddddddddddd', copies: null},
    ],
    [`arn:aws:bedrock:${REGION}:${ACCOUNT}:imported-model/i`, {kind: 'own-model', type: 'imported-model', id: 'i'}],
  ])('%s', (id, expected) => {
    expect(findCallTarget(SNAPSHOT, REGION, id)).toEqual(expected)
  })
})

describe('systemTargets', () => {
  test('are the models on demand and the profiles of AWS', () => {
    const found = systemTargets(SNAPSHOT, REGION)

    expect(found.state === 'read' && found.value.map(({kind, modelId}) => [kind, modelId])).toEqual([
      ['model', 'm'],
      ['model', 'eu.misleading'],
      ['geographic-profile', 'm'],
      ['global-profile', 'm'],
    ])
  })

  test('are unread when profiles were not read', () => {
    const snapshot = buildSnapshot({
      'bedrock:foundation-models': [model('m')],
      'bedrock:inference-profiles': {denied: 'no'},
    })

    expect(systemTargets(snapshot, REGION)).toMatchObject({state: 'unread', reason: 'no'})
  })
})
