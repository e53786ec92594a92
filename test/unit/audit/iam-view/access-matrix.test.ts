import {describe, expect, test} from 'vitest'
import {accessMatrix} from '../../../../src/lib/audit/iam-view/access-matrix.js'
import {contextOf} from '../../../support/audit-case.js'

const MODEL = 'amazon.nova-lite-v1:0'
const PROFILE = `eu.${MODEL}`
const PROFILE_ARN = `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/${PROFILE}`
const HERE = `arn:aws:bedrock:eu-central-1::foundation-model/${MODEL}`
const THERE = `arn:aws:bedrock:eu-west-1::foundation-model/${MODEL}`
const BOTH = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream']

interface Statement {
  readonly Action: unknown
  readonly Resource: unknown
  readonly Condition?: unknown
}

function role(name: string, ...statements: readonly Statement[]): object {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((one) => ({Effect: 'Allow', ...one})),
  })
  return {
    arn: `arn:aws:iam::111122223333:role/${name}`,
    name,
    path: '/',
    inlinePolicies: statements.length === 0 ? [] : [{name: 'in', document}],
  }
}

function matrixOf(roles: readonly object[], {models = [PROFILE, MODEL], principal = 'role/app'} = {}) {
  return accessMatrix(
    contextOf({
      project: {workloads: [{name: 'w', principal, models, regions: ['eu-central-1']}]},
      reads: {
        'iam:authorization-details': {roles},
        'bedrock:foundation-models': {'eu-central-1': [{id: MODEL, arn: HERE}]},
        'bedrock:inference-profiles': {
          'eu-central-1': [{id: PROFILE, arn: PROFILE_ARN, type: 'SYSTEM_DEFINED', modelArns: [HERE, THERE]}],
        },
      },
    }),
  )
}

const outcomes = (matrix: ReturnType<typeof matrixOf>) =>
  Object.fromEntries(matrix.principals.map(({name, cells}) => [name, cells.map(({outcome}) => outcome)]))

describe('accessMatrix', () => {
  test('tells In-Region and geographic apart, and where a profile may be processed', () => {
    const {models} = matrixOf([])

    expect(models.map(({label, id, route, destinations}) => [label, id, route, destinations])).toEqual([
      ['A', MODEL, 'in-region', []],
      ['B', PROFILE, 'geographic', ['eu-central-1', 'eu-west-1']],
    ])
  })

  test('names the leg of a call that is denied, and who denies it', () => {
    const {principals} = matrixOf([role('app', {Action: BOTH, Resource: [PROFILE_ARN, HERE]})])

    expect(principals[0]?.cells.map(({outcome, leg}) => [outcome, leg])).toEqual([
      ['allowed', null],
      ['blocked', 'model in eu-west-1'],
    ])
    expect(principals[0]?.cells[1]?.because).toContain('its own policies do not allow it')
  })

  test('a guardrail that policies ask for, no permission, and everything', () => {
    const guarded = {Null: {'bedrock:GuardrailIdentifier': 'false'}}
    const matrix = matrixOf([
      role('app', {Action: BOTH, Resource: HERE, Condition: guarded}),
      role('all', {Action: 'bedrock:*', Resource: '*'}),
    ])

    expect(outcomes(matrix)).toEqual({app: ['with-guardrail', 'blocked'], all: ['allowed', 'allowed']})
  })

  test('whoever may invoke nothing is no row, unless a workload runs as it', () => {
    const matrix = matrixOf([role('app'), role('other'), role('s3', {Action: 's3:*', Resource: '*'})])

    expect(outcomes(matrix)).toEqual({app: ['none', 'none']})
    expect(matrix.principals[0]?.declared).toBe(true)
  })

  test('tells where streamed calls fare otherwise', () => {
    const {principals} = matrixOf([role('app', {Action: 'bedrock:InvokeModel', Resource: HERE})])

    expect(principals[0]?.cells[0]).toMatchObject({outcome: 'allowed', streaming: 'none'})
  })

  test('an id that the snapshot does not know is unknown to everybody', () => {
    const {principals} = matrixOf([role('app', {Action: '*', Resource: '*'})], {models: ['eu.unheard-of']})

    expect(principals[0]?.cells.map(({outcome}) => outcome)).toEqual(['unknown'])
  })

  test('what was not read is told, and is no empty matrix', () => {
    const {principals, unseen} = accessMatrix(contextOf({reads: {'iam:authorization-details': {unread: 'denied'}}}))

    expect(principals).toEqual([])
    expect(unseen.join()).toContain('iam:GetAccountAuthorizationDetails')
  })
})
