import {createLeg, type Leg} from '../../iam/legs/leg.js'
import {findKey} from './buckets.js'
import {fail, ok, unknown} from './check.js'
import {decideAccess} from './decide-access.js'
import type {JobAccountFacts, JobAccountQuestion} from './job-account.js'
import type {PreflightCheck} from './preflight.schema.js'

const ID = 'model-key'
const ACTIONS = ['kms:CreateGrant', 'kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Decrypt'] as const
const SOURCE = {source: 'Bedrock User Guide, import-model-using-cmk', asOf: '2026-10-01'}

/**
 * The key of the model is there, and somebody may use it. The guide asks for the rights of "the role that makes the
 * call" and does not say which one that is: the caller or the service role, one of them is enough.
 */
export function judgeModelKey(key: string, question: JobAccountQuestion, facts: JobAccountFacts): PreflightCheck {
  const {mend, place} = question
  const found = findKey(facts.snapshot, place.region, key)
  if (found.state !== 'usable') {
    return found.state === 'unusable'
      ? fail(ID, found.why, `use --kms-key with an enabled key of ${place.region}`)
      : unknown(ID, `The key of the model could not be read: ${found.why}`)
  }
  const {arn} = found
  const judge = (actor: 'caller' | 'service-role') =>
    decideAccess(
      {id: ID, fine: '', legs: ACTIONS.map((action) => legOf(action, actor, arn, question)), fix: mend(arn)},
      facts,
    )
  const caller = judge('caller')
  const both = facts.role === undefined ? [caller] : [caller, judge('service-role')]
  if (both.some(({verdict}) => verdict === 'ok')) return ok(ID, 'Caller or role may encrypt the model with the key.')
  const open = both.find(({verdict}) => verdict === 'unknown')
  return open ?? caller
}

function legOf(
  action: (typeof ACTIONS)[number],
  actor: 'caller' | 'service-role',
  resource: string,
  {place}: JobAccountQuestion,
): Leg {
  return createLeg(
    {
      name: 'use the key of the model',
      actor,
      action,
      resource,
      context: {
        'aws:RequestedRegion': place.region,
        'kms:CallerAccount': place.account,
        'kms:ViaService': `bedrock.${place.region}.amazonaws.com`,
        ...(action === 'kms:CreateGrant' && {'kms:GrantIsForAWSResource': 'true'}),
      },
      endpoint: 'bypassed',
      why: 'the model is encrypted with it',
    },
    SOURCE,
  )
}
