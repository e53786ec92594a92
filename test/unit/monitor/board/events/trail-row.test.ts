import {expect, test} from 'vitest'
import type {TrailEvent} from '../../../../../src/lib/monitor/board/events/ports.js'
import {isAnswered, isMereRead, principalName, trailRow} from '../../../../../src/lib/monitor/board/events/trail-row.js'

const event = (change: Partial<TrailEvent> = {}): TrailEvent => ({
  ...{id: 'e1', name: 'Converse', source: 'bedrock.amazonaws.com', at: '2026-11-21T12:00:00.000Z', error: null},
  ...{
    principalArn: 'arn:aws:sts::111122223333:assumed-role/app/ecs',
    principalType: 'AssumedRole',
    sourceIp: '10.0.0.1',
  },
  ...{userAgent: 'x', readOnly: true, modelId: null, inferenceRegion: null, vpcEndpointId: null, vpcAccount: null},
  ...{host: null, bearerToken: null, bearerTokenType: null, resource: null, message: null},
  ...change,
})

test.each([
  ['arn:aws:sts::111122223333:assumed-role/checkout/ecs-1', 'AssumedRole', 'checkout/ecs-1'],
  ['arn:aws:iam::111122223333:user/team/ann', 'IAMUser', 'ann'],
  ['arn:aws-us-gov:iam::111122223333:root', 'Root', 'root'],
  [null, 'AWSService', 'AWSService'],
  [null, null, null],
  ['nobody', 'Unknown', 'Unknown'],
])('%s is %s called %s', (principalArn, principalType, name) => {
  expect(principalName({principalArn, principalType})).toBe(name)
})

test.each([
  ['a listing', {name: 'ListGuardrails'}, true],
  ['a listing that was denied', {name: 'ListGuardrails', error: 'AccessDenied'}, false],
  ['a change', {name: 'DeleteGuardrail', readOnly: false}, false],
  ['what is called like a read and changes something', {name: 'GetAndReset', readOnly: false}, false],
  ['a call of a model', {name: 'InvokeModel'}, false],
])('%s is told or not', (_, change, isLeftOut) => {
  expect(isMereRead(event(change))).toBe(isLeftOut)
})

test('only calls of models that were answered are traffic', () => {
  const names = ['ConverseStream', 'InvokeModelWithResponseStream', 'CreateGuardrail']

  expect(names.map((name) => isAnswered(event({name})))).toEqual([true, true, false])
  expect(isAnswered(event({error: 'ThrottlingException'}))).toBe(false)
})

test('text from outside stays on its line, bounded, without control characters', () => {
  const hostile = `\u001b[2Jgone\nnext ${'x'.repeat(1000)}`
  const row = trailRow(
    event({error: 'Denied\u0007', message: hostile, resource: 'a\u001b[31mb', vpcEndpointId: 'vpce-1'}),
    'eu-west-1',
  )

  expect(row).toMatchObject({errorCode: 'Denied', resource: 'ab', who: 'app/ecs', atMs: 1_795_262_400_000})
  expect(row.text).toMatch(/^gone next x+…$/)
  expect(row.text?.length).toBe(300)
})

test('where a call was processed is told when that was elsewhere', () => {
  expect(trailRow(event({inferenceRegion: 'eu-west-3'}), 'eu-west-1').text).toBe('processed in eu-west-3')
  expect(trailRow(event({inferenceRegion: 'eu-west-1'}), 'eu-west-1').text).toBeNull()
})
