import {describe, expect, test} from 'vitest'
import {permissionLegs} from '../../../src/lib/routing/permissions.js'
import type {RouteTarget} from '../../../src/lib/routing/route-target.js'

const MODEL = 'anthropic.claude-sonnet-4-6'
const place = {partition: 'aws', region: 'eu-central-1', account: '111122223333'}
const profile = `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.${MODEL}`

const target = (fields: Partial<RouteTarget>): RouteTarget => ({
  id: `eu.${MODEL}`,
  kind: 'geo',
  resource: 'inference-profile',
  arn: profile,
  geography: 'eu',
  destinations: ['eu-north-1', 'eu-west-1'],
  modelId: MODEL,
  note: null,
  ...fields,
})

const resourcesOf = (route: RouteTarget, at = place) => permissionLegs(route, at).map(({resources}) => resources)

describe('legs of a call', () => {
  test('In-Region: the model there', () => {
    const arn = `arn:aws:bedrock:eu-central-1::foundation-model/${MODEL}`
    const route = target({kind: 'in-region', resource: 'foundation-model', arn, destinations: ['eu-central-1']})

    expect(resourcesOf(route)).toEqual([[arn]])
  })

  test('Geo: the profile, and the model in the Region called and in every destination', () => {
    expect(resourcesOf(target({}))).toEqual([
      [profile],
      ['eu-central-1', 'eu-north-1', 'eu-west-1'].map((name) => `arn:aws:bedrock:${name}::foundation-model/${MODEL}`),
    ])
  })

  test('Geo with unknown destinations is not complete', () => {
    const legs = permissionLegs(target({destinations: null}), place)

    expect(legs.map(({complete}) => complete)).toEqual([true, false])
    expect(legs[1]?.why).toContain('bedrock:GetInferenceProfile')
  })

  test('Global: three ARNs, the last without a Region and asked for as unspecified', () => {
    const arn = `arn:aws:bedrock:eu-central-1:111122223333:inference-profile/global.${MODEL}`
    const legs = permissionLegs(target({kind: 'global', arn, destinations: null}), place)

    expect(legs.map(({resources}) => resources)).toEqual([
      [arn],
      [`arn:aws:bedrock:eu-central-1::foundation-model/${MODEL}`],
      [`arn:aws:bedrock:::foundation-model/${MODEL}`],
    ])
    const requested = legs.map(({conditions}) => conditions.find(({key}) => key === 'aws:RequestedRegion')?.values)
    expect(requested).toEqual([['eu-central-1'], ['eu-central-1'], ['unspecified']])
  })

  test('an application profile needs itself and what is behind it', () => {
    const arn = 'arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/a1b2c3d4e5f6'
    const resource = 'application-inference-profile'

    expect(resourcesOf(target({arn, resource}))[0]).toEqual([arn])
    expect(resourcesOf(target({arn, resource, kind: 'in-region', destinations: ['eu-central-1']}))).toEqual([
      [arn],
      [`arn:aws:bedrock:eu-central-1::foundation-model/${MODEL}`],
    ])
  })

  test('an imported model also has to be read', () => {
    const arn = 'arn:aws:bedrock:eu-central-1:111122223333:imported-model/1mp0rt123456'
    const [leg] = permissionLegs(target({arn, kind: 'in-region', resource: 'imported-model', modelId: null}), place)

    expect(leg).toMatchObject({resources: [arn], actions: expect.arrayContaining(['bedrock:GetImportedModel'])})
  })

  test('every ARN is of the partition of the Region called', () => {
    const gov = {partition: 'aws-us-gov', region: 'us-gov-west-1', account: '<account>'}
    const arn = `arn:aws-us-gov:bedrock:us-gov-west-1:<account>:inference-profile/us-gov.${MODEL}`
    const arns = resourcesOf(target({arn, destinations: ['us-gov-east-1', 'us-gov-west-1']}), gov).flat()

    expect(arns.filter((text) => !text.startsWith('arn:aws-us-gov:bedrock:'))).toEqual([])
  })
})
