import {decideAction} from '../../iam/account/decide-action.js'
import type {JobKind} from '../../iam/legs/job-legs.js'
import type {CallPlace} from '../../iam/legs/leg.js'
import {ownArn} from '../../iam/legs/leg.js'
import {fail, ok, unknown} from './check.js'
import {type AccessFacts, type AccessQuestion, decideAccess} from './decide-access.js'
import type {PreflightCheck} from './preflight.schema.js'

export interface RoleQuestion {
  readonly place: CallPlace
  readonly job: JobKind
  /** The leg in which Bedrock takes the role on. */
  readonly trust: AccessQuestion
  readonly fix: string
}

const SERVICE = 'bedrock.amazonaws.com'
const SOMEBODY_ELSE = '999999999999'

/** The role is there, Bedrock may take it on for jobs like this one, and not for those of strangers. */
export function judgeServiceRole(
  {fix, job, place, trust}: RoleQuestion,
  known: AccessFacts,
): readonly PreflightCheck[] {
  const {policies, role, roleArn} = known
  if (policies.principals.state === 'unread') {
    const why = policies.principals.reason
    return [
      unknown('role', `Whether ${roleArn} is there could not be read: ${why}`),
      unknown('role-trust', `Its trust policy could not be read: ${why}`),
    ]
  }
  if (role === undefined) return [fail('role', `There is no role ${roleArn}.`, fix)]
  const trusted = decideAccess(trust, known)
  const there = ok('role', `${role.arn} is there.`)
  return trusted.verdict === 'ok' ? [there, judgeStrangers(job, place, trusted, known)] : [there, trusted]
}

/** A role that Bedrock takes on for anybody works, and lets a stranger's job read what it may read. */
function judgeStrangers(job: JobKind, place: CallPlace, trusted: PreflightCheck, known: AccessFacts): PreflightCheck {
  const {facts, policies, roleArn} = known
  const stranger = {...place, account: SOMEBODY_ELSE}
  const context = {'aws:SourceAccount': SOMEBODY_ELSE, 'aws:SourceArn': ownArn(stranger, `${job}/x`)}
  const actor = policies.serviceActor(SERVICE)
  const {outcome} = decideAction(policies, actor, 'sts:AssumeRole', roleArn, facts, context)
  if (outcome !== 'ALLOW') return trusted
  const said = `${SERVICE} may take it on, but for a job of any account: its trust names neither aws:SourceAccount nor aws:SourceArn (confused deputy).`
  return {...trusted, said, fix: 'bedrockctl audit iam --check IAM-21'}
}
