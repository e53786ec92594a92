import {expect, test} from 'vitest'
import {judge, trustsBedrock} from '../../../../../src/lib/sandbox/fakes/bedrock/batch/policy.js'

const read = {action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/in/a.jsonl', context: {'aws:resourceaccount': '1'}}
const allow = (over: object = {}) => ({Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::bucket/*', ...over})

test.each([
  ['an Allow that fits', [allow()], 'allowed'],
  ['another action', [allow({Action: 's3:PutObject'})], 'silent'],
  ['every action but one', [allow({Action: undefined, NotAction: 's3:PutObject'})], 'allowed'],
  ['another resource', [allow({Resource: 'arn:aws:s3:::other/*'})], 'silent'],
  ['keys that differ in case', [allow({Resource: 'arn:aws:s3:::bucket/IN/*'})], 'silent'],
  ['one character of a pattern', [allow({Resource: 'arn:aws:s3:::bucket/in/?.jsonl'})], 'allowed'],
  ['a condition that holds', [allow({Condition: {StringEquals: {'aws:ResourceAccount': ['1', '2']}}})], 'allowed'],
  ['a condition that does not hold', [allow({Condition: {StringEquals: {'aws:ResourceAccount': '2'}}})], 'silent'],
  [
    'a condition that nobody here can judge',
    [allow({Condition: {IpAddress: {'aws:SourceIp': '10.0.0.0/8'}}})],
    'allowed',
  ],
  ['a Deny beside an Allow', [allow(), {Effect: 'Deny', Action: '*', Resource: '*'}], 'denied'],
  [
    'a Deny under a condition that nobody here can judge',
    [allow(), {Effect: 'Deny', Action: '*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': 'false'}}}],
    'allowed',
  ],
])('%s', (_, Statement, verdict) => {
  expect(judge([{Statement}], read)).toBe(verdict)
})

test('a statement of a bucket policy counts for those it names', () => {
  const role = 'arn:aws:iam::111122223333:role/a'
  const verdict = (Principal: unknown) => judge([{Statement: allow({Principal})}], read, role)

  expect(['*', {AWS: role}, {AWS: 'arn:aws:iam::111122223333:root'}, {AWS: ['111122223333']}].map(verdict)).toEqual(
    Array(4).fill('allowed'),
  )
  expect([{AWS: `${role}b`}, {Service: 'bedrock.amazonaws.com'}].map(verdict)).toEqual(['silent', 'silent'])
})

test('a trust policy lets Bedrock in for the jobs it names', () => {
  const jobs = (region: string) => `arn:aws:bedrock:${region}:111122223333:model-invocation-job/*`
  const trust = (over: object) => ({
    Statement: [{Effect: 'Allow', Principal: {Service: 'bedrock.amazonaws.com'}, Action: 'sts:AssumeRole', ...over}],
  })
  const about = {
    'aws:sourceaccount': '111122223333',
    'aws:sourcearn': 'arn:aws:bedrock:us-east-1:111122223333:model-invocation-job/abcdefghijkl',
  }

  expect(trustsBedrock(trust({}), about)).toBe(true)
  expect(trustsBedrock(trust({Condition: {ArnEquals: {'aws:SourceArn': jobs('us-east-1')}}}), about)).toBe(true)
  expect(trustsBedrock(trust({Condition: {ArnEquals: {'aws:SourceArn': jobs('eu-west-1')}}}), about)).toBe(false)
  expect(trustsBedrock(trust({Principal: {Service: 'ec2.amazonaws.com'}}), about)).toBe(false)
  expect(trustsBedrock(trust({Principal: '*'}), about)).toBe(false)
  const refusing = (over: object) => ({
    Statement: [...trust({}).Statement, ...trust({Effect: 'Deny', ...over}).Statement],
  })
  expect(trustsBedrock(refusing({}), about)).toBe(false)
  expect(trustsBedrock(refusing({Principal: '*'}), about)).toBe(false)
  expect(trustsBedrock(refusing({Condition: {StringNotEquals: {'aws:SourceAccount': '111122223333'}}}), about)).toBe(
    true,
  )
})
