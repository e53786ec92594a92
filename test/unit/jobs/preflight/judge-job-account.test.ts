import {expect, test} from 'vitest'
import {createLeg, SOURCES} from '../../../../src/lib/iam/legs/leg.js'
import type {JobAccountQuestion, JobData} from '../../../../src/lib/jobs/preflight/job-account.js'
import {judgeJobAccount} from '../../../../src/lib/jobs/preflight/judge-job-account.js'
import {openJobAccount} from '../../../../src/lib/jobs/preflight/open-job-account.js'
import {CASE_ACCOUNT, contextOf} from '../../../support/audit-case.js'

const REGION = 'us-east-1'
const PLACE = {partition: 'aws', account: CASE_ACCOUNT, region: REGION}
const CALLER = `arn:aws:iam::${CASE_ACCOUNT}:user/ops`
const KEY = `arn:aws:kms:${REGION}:${CASE_ACCOUNT}:key/k1`

interface Account {
  readonly job?: string
  readonly caller?: readonly object[]
  readonly role?: readonly object[]
  readonly key?: Readonly<Record<string, unknown>> | null
}

const document = (...Statement: readonly object[]) => JSON.stringify({Version: '2012-10-17', Statement})
const allow = (Action: string | readonly string[], Resource = '*') => ({Effect: 'Allow', Action, Resource})

const ROLE = [
  allow('s3:GetObject', 'arn:aws:s3:::models/llama/*'),
  {...allow('s3:ListBucket', 'arn:aws:s3:::models'), Condition: {StringLike: {'s3:prefix': 'llama/*'}}},
]

function factsOf({caller = [allow('*')], job = 'model-import-job', key = {}, role = ROLE}: Account) {
  const trust = {
    Effect: 'Allow',
    Principal: {Service: 'bedrock.amazonaws.com'},
    Action: 'sts:AssumeRole',
    Condition: {
      StringEquals: {'aws:SourceAccount': CASE_ACCOUNT},
      ArnLike: {'aws:SourceArn': `arn:aws:bedrock:${REGION}:${CASE_ACCOUNT}:${job}/*`},
    },
  }
  const byAccount = {...allow('kms:*'), Principal: {AWS: `arn:aws:iam::${CASE_ACCOUNT}:root`}}
  const detail = key && {arn: KEY, state: 'Enabled', enabled: true, manager: 'CUSTOMER', ...key}
  const {snapshot} = contextOf({
    regions: [REGION],
    reads: {
      'iam:authorization-details': {
        users: [{arn: CALLER, name: 'ops', path: '/', inlinePolicies: [{name: 'p', document: document(...caller)}]}],
        roles: [
          {
            arn: `arn:aws:iam::${CASE_ACCOUNT}:role/Import`,
            name: 'Import',
            path: '/',
            trust: document(trust),
            inlinePolicies: [{name: 'p', document: document(...role)}],
          },
        ],
      },
      's3:buckets': [{name: 'models', region: REGION, policy: null, encryption: null}],
      'kms:keys': {[REGION]: [{id: KEY, detail, policy: document(byAccount)}]},
    },
  })
  return openJobAccount(snapshot, {
    role: 'Import',
    callerArn: CALLER,
    account: CASE_ACCOUNT,
    partition: 'aws',
    bucketOwner: CASE_ACCOUNT,
  })
}

const MODEL: JobData = {
  purpose: 'model',
  at: {bucket: 'models', key: 'llama'},
  example: {bucket: 'models', key: 'llama/config.json'},
  listed: 'llama/',
  upload: false,
  role: 'reads',
  owner: CASE_ACCOUNT,
  key: null,
}

/** Id and verdict of what is neither fine nor of no concern. */
function troubles(account: Account, question: Partial<JobAccountQuestion> = {}) {
  const create = createLeg(
    {name: 'import', action: 'bedrock:CreateModelImportJob', resource: '*', context: {}, why: 'the job'},
    SOURCES.actions,
  )
  const asked = {
    place: PLACE,
    job: 'model-import-job',
    create: [create],
    data: [MODEL],
    modelKey: null,
    vpc: null,
  } as const
  const {places, rights} = judgeJobAccount({...asked, mend: () => 'mend', ...question}, factsOf(account))
  const checks = [...rights, ...places]
  expect(checks.length).toBeGreaterThan(6)
  return checks.filter(({verdict}) => verdict === 'fail' || verdict === 'unknown').map(({id, said}) => `${id}: ${said}`)
}

test('an account as an import needs it has no troubles', () => {
  expect(troubles({})).toEqual([])
})

test('a role that trusts jobs of another kind is found out', () => {
  expect(troubles({job: 'model-customization-job'})).toEqual([
    expect.stringMatching(/^role-trust: .*aws:SourceArn only/),
  ])
})

test('a caller without the right to make the job or to pass the role is told so', () => {
  const found = troubles({caller: [allow('s3:*')]})

  expect(found.map((said) => said.split(':')[0])).toEqual(['create-job', 'pass-role'])
})

test('a role that may read objects and not list them is told so', () => {
  expect(troubles({role: ROLE.slice(0, 1)})).toEqual([expect.stringMatching(/^role-read: .*s3:ListBucket/)])
})

test('what making the job needs may be unknown', () => {
  expect(troubles({}, {create: 'Nobody knows.'})).toEqual(['create-job: Nobody knows.'])
})

test('several buckets are told apart by what they hold', () => {
  const elsewhere = {...MODEL, purpose: 'validation', at: {bucket: 'other', key: 'x'}}
  const found = troubles({}, {data: [MODEL, elsewhere]})

  expect(found).toContainEqual(expect.stringMatching(/^validation-region: other could not be read/))
})

test('the key of a model must be usable, and caller or role be allowed to use it', () => {
  const keyed = {modelKey: KEY}

  expect(troubles({}, keyed)).toEqual([])
  expect(troubles({caller: [allow(['bedrock:*', 'iam:PassRole'])], role: [...ROLE, allow('kms:*')]}, keyed)).toEqual([])
  expect(troubles({caller: [allow(['bedrock:*', 'iam:PassRole'])]}, keyed)).toEqual([
    expect.stringMatching(/^model-key: user\/ops may not kms:CreateGrant/),
  ])
  expect(troubles({key: {enabled: false, state: 'Disabled'}}, keyed)).toEqual([
    expect.stringMatching(/^model-key: .*it is Disabled/),
  ])
  expect(troubles({key: null}, keyed)).toEqual([expect.stringMatching(/^model-key: There is no key/)])
})
