import {createLeg} from '../../iam/legs/leg.js'
import {fail, ok, unknown} from '../../jobs/preflight/check.js'
import {decideAccess} from '../../jobs/preflight/decide-access.js'
import type {PreflightCheck} from '../../jobs/preflight/preflight.schema.js'
import type {AccountFinding} from '../../models/availability/availability.schema.js'
import type {PreflightFacts, PreflightQuestion} from './preflight-question.js'

const ID = 'model-access'
const SOURCE = {source: 'Bedrock User Guide, model-access', asOf: '2026-10-01'}
const ACTIONS = ['Subscribe', 'Unsubscribe', 'ViewSubscriptions']

/** Whether the account may use the model, as `models access` judges it, for calls that a job makes. */
export function judgeModelAccess(question: PreflightQuestion, facts: PreflightFacts): PreflightCheck {
  const {baseModelId, place} = question
  const {findings, offered} = facts.modelAccess
  if (offered === 'NOT_AVAILABLE') return fail(ID, `${baseModelId} is not offered in ${place.region}.`)
  const blocking = findings.filter(({blocks}) => blocks === 'yes')
  if (blocking.length > 0) return fail(ID, wordsOf(blocking, question), remedyOf(blocking))
  const agreement = findings.some(({code}) => code === 'AGREEMENT_ON_FIRST_USE')
    ? judgeFirstUse(question, facts)
    : undefined
  if (agreement?.verdict === 'fail') return agreement
  const open = findings.filter(({blocks, code}) => blocks === 'unknown' || code === 'AGREEMENT_PENDING')
  if (open.length > 0) return unknown(ID, wordsOf(open, question), remedyOf(open))
  return agreement ?? ok(ID, `This account may use ${baseModelId}.`)
}

function wordsOf(findings: readonly AccountFinding[], {baseModelId}: PreflightQuestion): string {
  return `${baseModelId}: ${findings.map(({message}) => message.replace(/\.$/, '')).join('; ')}.`
}

function remedyOf(findings: readonly AccountFinding[]): string | null {
  return findings.find(({remedy}) => remedy !== null)?.remedy ?? null
}

/**
 * Without an agreement the first call makes one, if who calls may subscribe. Whether calls of a job do so, and for whom,
 * is not documented: with caller or role allowed to it is open, with neither there will be no agreement.
 */
function judgeFirstUse(question: PreflightQuestion, facts: PreflightFacts): PreflightCheck {
  const {baseModelId, place} = question
  const fix = `bedrockctl models access request ${baseModelId} --region ${place.region}`
  const actors = facts.role === undefined ? (['caller'] as const) : (['service-role', 'caller'] as const)
  const judged = actors.map((actor) => decideAccess({id: ID, fine: '', legs: subscribeLegs(actor), fix}, facts))
  const said = `The account has no agreement on ${baseModelId} yet`
  return judged.every(({verdict}) => verdict === 'fail')
    ? fail(
        ID,
        `${said}, and neither the role nor ${facts.callerName} may make one by a call (aws-marketplace:Subscribe).`,
        fix,
      )
    : unknown(ID, `${said}: a first call makes it; whether that of a job does is not documented.`, fix)
}

function subscribeLegs(actor: 'caller' | 'service-role') {
  return ACTIONS.map((name) =>
    createLeg(
      {
        name: 'subscribe to the model',
        actor,
        action: `aws-marketplace:${name}`,
        resource: '*',
        context: {},
        why: 'the first call of a model of AWS Marketplace subscribes the account',
      },
      SOURCE,
    ),
  )
}
