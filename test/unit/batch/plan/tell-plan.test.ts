import {expect, test} from 'vitest'
import type {MadePlan} from '../../../../src/lib/batch/plan/make-plan.js'
import {type PlanTold, tellPlan} from '../../../../src/lib/batch/plan/tell-plan.js'
import type {PreflightCheck} from '../../../../src/lib/jobs/preflight/preflight.schema.js'
import {NO_TEXT} from '../../../../src/lib/jsonl/text-measure.js'
import {batchPlan} from '../../../support/batch-plan.js'

const PLAN = batchPlan()

function told(preflight: readonly PreflightCheck[], made: Partial<MadePlan> = {}) {
  const totals = {
    records: 200,
    bytes: 2000,
    text: {...NO_TEXT, textCharacters: 1},
    images: 0,
    withImages: 0,
    withS3Media: 0,
    maxOutputTokens: 1,
  }
  const source = {name: 'pile.jsonl', bytes: 2000, revision: 'r1', read: async function* () {}}
  const {account, api, baseModelId, modelId, region, results, roleArn, staging} = PLAN
  const question = {
    ...{account, api, baseModelId, modelId, region, results, roleArn, staging},
    ...{group: undefined, kmsKeyId: null, maxJobs: undefined, profileId: undefined, route: 'in-region' as const},
    ...{skipRejected: false, tags: {}, timeoutHours: null, vpc: null},
  }
  const context: PlanTold = {
    question,
    facts: {source, limits: PLAN.limits, openJobs: undefined, preflight},
    route: 'in-region',
    why: null,
    unread: [],
    simulated: false,
  }
  return tellPlan(
    {
      plan: PLAN,
      refusal: undefined,
      totals,
      rejected: 0,
      groups: [],
      price: {price: PLAN.price, inputBounds: null, unknown: []},
      duration: undefined,
      ...made,
    },
    context,
  )
}

const check = (verdict: PreflightCheck['verdict']): PreflightCheck => ({
  id: 'pass-role',
  verdict,
  said: 'It is so.',
  fix: null,
})

test('a check that fails fails the gate; one that is unknown keeps the answer from being whole', () => {
  const failed = told([check('fail')])
  const unknown = told([check('unknown')])

  expect([failed.gate, failed.unread]).toEqual([
    {requirement: 'the records can run as batch jobs', passed: false, failures: ['pass-role: It is so.']},
    [],
  ])
  expect(unknown.gate.passed).toBe(true)
  expect(unknown.unread).toMatchObject([{code: 'PREFLIGHT_UNKNOWN', reason: 'pass-role: It is so.'}])
  expect(told([check('ok'), check('not-applicable')])).toMatchObject({gate: {passed: true}, unread: []})
})

test('a price that is not known is unread, as in every answer about cost', () => {
  const {unread} = told([], {price: {price: PLAN.price, inputBounds: null, unknown: ['No batch price is known.']}})

  expect(unread).toEqual([
    {region: PLAN.region, action: 'pricing:GetProducts', code: 'NO_PRICE', reason: 'No batch price is known.'},
  ])
})

test('a refusal fails the gate and leaves no jobs', () => {
  const refusal = {code: 'TOO_FEW_RECORDS', said: 'Too few.', hint: 'Add some.'} as const
  const {gate, group, jobs, maxOpenJobs} = told([], {plan: undefined, refusal})

  expect([gate.failures, group, jobs, maxOpenJobs]).toEqual([['Too few.'], null, [], null])
})
