import {expect, test} from 'vitest'
import {type CallerFacts, callerContext} from '../../../src/lib/iam/caller-context.js'
import type {Principal} from '../../../src/lib/iam/principal.js'
import {lookUp} from '../../../src/lib/iam/request-context.js'
import {ACCOUNT, ROLE} from './read-cases.js'

const USER: Principal = {kind: 'user', arn: `arn:aws:iam::${ACCOUNT}:user/team/ana`, account: ACCOUNT}

function valuesOf(principal: Principal, facts: Partial<CallerFacts> = {}) {
  const context = callerContext(principal, {tags: {}, ...facts})
  return (key: string) => lookUp(context, key.toLowerCase())
}

test('a user has a name, and a role has none', () => {
  expect(valuesOf(USER)('aws:username')).toEqual([['ana']])
  expect(valuesOf(ROLE)('aws:username')).toEqual([null])
})

test('tags that were read are all there are; tags that were not read are not known', () => {
  const read = valuesOf(ROLE, {tags: {Team: 'blue'}})

  expect(read('aws:PrincipalTag/team')).toEqual([['blue']])
  expect(read('aws:PrincipalTag/other')).toEqual([null])
  expect(valuesOf(ROLE, {tags: null})('aws:PrincipalTag/team')).toBeUndefined()
})

test('an organisation may be known, known to be none, or not known', () => {
  expect(valuesOf(ROLE, {organization: 'o-1'})('aws:PrincipalOrgID')).toEqual([['o-1']])
  expect(valuesOf(ROLE, {organization: null})('aws:PrincipalOrgID')).toEqual([null])
  expect(valuesOf(ROLE)('aws:PrincipalOrgID')).toBeUndefined()
})

test('the way to the endpoint decides which network keys a request carries', () => {
  const inside = valuesOf(ROLE, {network: {kind: 'endpoint', vpcEndpointId: 'vpce-1', vpcId: 'vpc-1'}})
  const outside = valuesOf(ROLE, {network: {kind: 'internet', sourceIp: '192.0.2.1'}})

  expect([inside('aws:SourceVpce'), inside('aws:SourceIp')]).toEqual([[['vpce-1']], [null]])
  expect([outside('aws:SourceVpce'), outside('aws:SourceIp')]).toEqual([[null], [['192.0.2.1']]])
  expect(valuesOf(ROLE)('aws:SourceVpce')).toBeUndefined()
})

test('given values win over derived ones', () => {
  expect(valuesOf(ROLE, {values: {'aws:ViaAWSService': 'true'}})('aws:ViaAWSService')).toEqual([['true']])
})

test('a service has neither ARN nor account', () => {
  const service = valuesOf({kind: 'service', name: 'bedrock.amazonaws.com'})

  expect(service('aws:PrincipalIsAWSService')).toEqual([['true']])
  expect(service('aws:PrincipalArn')).toEqual([null])
})
