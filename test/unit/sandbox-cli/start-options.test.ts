import {expect, test} from 'vitest'
import {renderRequest} from '../../../src/lib/sandbox-cli/render-request.js'
import {sandboxUrl} from '../../../src/lib/sandbox-cli/sandbox-login.js'
import {parseLatency, parseThrottle} from '../../../src/lib/sandbox-cli/start-options.js'
import {terminalOf} from '../../support/terminals.js'

test('latency is a duration', () => {
  expect([parseLatency(undefined), parseLatency('100ms'), parseLatency('1.5s')]).toEqual([undefined, 100, 1500])
  expect(() => parseLatency('soon')).toThrow('--latency soon is not a duration.')
})

test('a throttle is a rate and a burst, both positive', () => {
  expect([parseThrottle(undefined), parseThrottle('0.5/2')]).toEqual([undefined, {rate: 0.5, burst: 2}])
  for (const text of ['10', '10/', '0/5', '5/0', '-1/2', '1/2.5']) {
    expect(() => parseThrottle(text)).toThrow(`--throttle ${text} is not RATE/BURST.`)
  }
})

test('the address of a sandbox is an origin', () => {
  expect(sandboxUrl('http://127.0.0.1:4599/_sandbox/state')).toBe('http://127.0.0.1:4599')
  for (const text of ['127.0.0.1:4599', 'file:///tmp', '']) expect(() => sandboxUrl(text)).toThrow('is not an HTTP URL')
})

const request = {at: '2026-11-21T09:14:02.123Z', http: 'GET /foundation-models', status: 200, ms: 12.4}

test('a request is one line: when, status, what, where, who, how long', () => {
  const served = {
    ...request,
    service: 'bedrock',
    operation: 'ListFoundationModels',
    region: 'eu-central-1',
    account: '1',
  }

  expect(renderRequest(served, terminalOf(80))).toBe(
    '09:14:02  200  bedrock ListFoundationModels  eu-central-1  1  12 ms',
  )
  expect(renderRequest({...served, status: 429, errorCode: 'ThrottlingException'}, terminalOf(80))).toMatch(
    /^09:14:02 {2}429 .* ThrottlingException$/,
  )
})

test('a dropped connection says so, and a path cannot write to the terminal', () => {
  const line = renderRequest({...request, http: 'GET /\u001b[2J\u0007x', status: 0}, terminalOf(80))

  expect(line).toBe('09:14:02  cut  GET /x  -  -  12 ms')
})
