import {expect, test} from 'vitest'
import {judgeLocal, type LocalFacts} from '../../../src/lib/doctor/local-checks.js'

const NOW = new Date('2026-11-21T12:00:00Z')

function judge(id: string, facts: Partial<LocalFacts> = {}, now = NOW) {
  const usual = {
    node: '22.1.0',
    version: '0.1.0',
    catalogCompiledOn: '2026-11-01',
    env: {},
    endpointUrl: undefined,
    sandboxed: false,
  }
  return judgeLocal({...usual, ...facts}, now).find((check) => check.id === id)
}

test.each([
  ['20.18.9', 'fail'],
  ['18.20.0', 'fail'],
  ['20.19.0', 'ok'],
  ['20.20.2', 'ok'],
  ['22.0.0', 'ok'],
])('Node %s is %s', (node, status) => {
  expect(judge('node', {node})).toMatchObject({status})
})

test('Node 20 is a warning once the SDK has left it', () => {
  expect(judge('node', {node: '20.20.2'}, new Date('2027-02-01T00:00:00Z'))).toMatchObject({
    status: 'warn',
    hint: expect.stringContaining('Node 22'),
  })
})

test('a catalog older than 90 days is to be refreshed', () => {
  expect(judge('catalog', {catalogCompiledOn: '2026-08-23'})).toMatchObject({status: 'ok'})
  expect(judge('catalog', {catalogCompiledOn: '2026-08-22'})).toMatchObject({
    status: 'warn',
    hint: expect.stringContaining('catalog refresh'),
  })
})

test('a Bedrock API key is named, because it silently wins, and never shown', () => {
  const check = judge('bearer-token', {env: {AWS_BEARER_TOKEN_BEDROCK: 'ABSKsecret'}})

  expect(check).toMatchObject({status: 'warn'})
  expect(JSON.stringify(check)).not.toContain('ABSKsecret')
})

test('endpoint variables are shown without their passwords', () => {
  const check = judge('endpoint-variables', {env: {AWS_ENDPOINT_URL_STS: 'http://user:hunter2@proxy:1'}})

  expect(check).toMatchObject({status: 'warn', detail: 'AWS_ENDPOINT_URL_STS=http://…@proxy:1/'})
})

test('endpoint variables that are told to be ignored are no warning', () => {
  const env = {AWS_ENDPOINT_URL: 'http://x', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true'}

  expect(judge('endpoint-variables', {env})).toMatchObject({status: 'ok'})
})

test('a proxy for https is told, and its password is not', () => {
  expect(judge('proxy', {env: {https_proxy: 'http://me:pw@proxy:3128', NO_PROXY: '.internal'}})).toMatchObject({
    status: 'ok',
    detail: expect.stringMatching(/^https goes through https_proxy=(?!.*pw).*, but not for \.internal$/),
  })
})

test('a proxy for http alone is a warning: AWS is called by https', () => {
  expect(judge('proxy', {env: {HTTP_PROXY: 'http://proxy:3128'}})).toMatchObject({status: 'warn'})
})

test.each([
  [{AWS_RETRY_MODE: 'adaptive', AWS_MAX_ATTEMPTS: '10'}, 'ok'],
  [{AWS_RETRY_MODE: 'fast'}, 'fail'],
  [{AWS_MAX_ATTEMPTS: '0'}, 'fail'],
  [{AWS_MAX_ATTEMPTS: 'many'}, 'fail'],
])('the retry settings %o are %s', (env, status) => {
  expect(judge('retry', {env})).toMatchObject({status})
})

test('a profile and a key at once are told apart, as the AWS CLI decides otherwise', () => {
  const both = {AWS_PROFILE: 'a', AWS_ACCESS_KEY_ID: 'b', AWS_SECRET_ACCESS_KEY: 'c'}

  expect(judge('credential-sources', {env: both})).toMatchObject({status: 'warn'})
  expect(judge('credential-sources', {env: {AWS_PROFILE: 'a'}})).toBeUndefined()
})

test('under the sandbox the environment does not matter', () => {
  expect(judge('bearer-token', {env: {AWS_BEARER_TOKEN_BEDROCK: 'x'}, sandboxed: true})).toBeUndefined()
})
