import {expect, test} from 'vitest'
import {isPasteSafe} from '../../../src/lib/audit/paste-safe.js'

test.each([
  'aws bedrock get-guardrail --guardrail-identifier gr4il --region eu-central-1',
  'aws iam put-role-policy --role-name <ROLE> --policy-document file://policy.json',
  `aws bedrock-agentcore-control update --configuration '{"mode":"VPC; $(not run)"}'`,
  'aws logs put-retention-policy --log-group-name "/aws/bedrock/prompts#1" --retention-in-days 90',
])('%s is one command', (line) => {
  expect(isPasteSafe(line)).toBe(true)
})

test.each([
  'aws iam delete-role --role-name a; rm -rf ~',
  'aws iam delete-role --role-name $(id)',
  'aws iam delete-role --role-name "`id`"',
  'aws iam delete-role --role-name a && id',
  'aws iam delete-role --role-name a | sh',
  'aws iam delete-role --role-name a\nid',
  "aws iam delete-role --role-name 'a",
  'aws iam put --document \'{"a":"\'$(id)\'"}\'',
])('%s is more than it looks', (line) => {
  expect(isPasteSafe(line)).toBe(false)
})
