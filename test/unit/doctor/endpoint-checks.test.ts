import {expect, test} from 'vitest'
import {judgeEndpoint, wayTo} from '../../../src/lib/doctor/endpoint-checks.js'
import type {EndpointProbe} from '../../../src/lib/doctor/ports.js'

function probe(found: Partial<EndpointProbe>): EndpointProbe {
  const url = 'https://bedrock.eu-west-1.amazonaws.com'
  return {service: 'bedrock', region: 'eu-west-1', url, addresses: ['52.1.2.3'], ms: 12.4, failure: null, ...found}
}

test.each([
  [['10.0.0.7', '10.0.1.7'], 'private addresses: a VPC endpoint (PrivateLink)'],
  [['172.31.0.1'], 'private addresses: a VPC endpoint (PrivateLink)'],
  [['fd00::1'], 'private addresses: a VPC endpoint (PrivateLink)'],
  [['100.64.0.1'], 'private addresses: a VPC endpoint (PrivateLink)'],
  [['172.32.0.1'], 'public addresses'],
  [['2600:1f00::1', '52.1.2.3'], 'public addresses'],
  [['10.0.0.7', '52.1.2.3'], 'private and public addresses'],
  [['127.0.0.1'], 'this machine'],
])('%o is %s', (addresses, way) => {
  expect(wayTo(addresses)).toBe(way)
})

test('a reachable endpoint tells its host, its time and its way', () => {
  expect(judgeEndpoint(probe({}))).toMatchObject({
    status: 'ok',
    detail: 'bedrock.eu-west-1.amazonaws.com in 12 ms, public addresses',
  })
})

test('an endpoint that every command needs fails; another one is a warning', () => {
  expect(judgeEndpoint(probe({ms: null, failure: 'refused'}))).toMatchObject({status: 'fail'})
  expect(judgeEndpoint(probe({service: 'pricing', ms: null, failure: 'refused'}))).toMatchObject({status: 'warn'})
})
