import {read} from '../../../account/read.js'
import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {isBedrockKey, isUsable} from '../../facts/api-key.js'
import {gradeOfBedrock} from '../../facts/bedrock-grade.js'
import {controlPlaneWrites} from '../../facts/control-plane.js'
import {type EffectiveAccess, effectiveAccess} from '../../facts/effective-access.js'
import {agentcoreEscalation, generalEscalation} from '../../facts/escalation.js'
import {decideSomewhere} from '../../facts/somewhere.js'
import type {Fix, Missing} from '../../finding.schema.js'
import {judgeResource, missingOf, regionPlace, unknown} from '../../judge-resource.js'
import {principalPlace} from './judge-principals.js'

const KEYS = 'iam:service-specific-credentials'

export const keyPrivilegesCheck: Check = {
  id: 'IAM-13',
  family: 'IAM',
  severity: 'high',
  title: 'The user of a Bedrock API key may call models and nothing more',
  why: "A long-term API key is one text in somebody's configuration: whoever finds it has every permission of its user, so that permission must not be one to administer.",
  resource: 'user with a Bedrock API key',
  failsWhen:
    'a user with an API key of Bedrock, counting its groups and boundary, administers the account or Bedrock, has a way to escalate, or may change how Bedrock is set up',
  reads: ['iam:authorization-details', KEYS],
  references: [
    {
      title: 'Amazon Bedrock API keys',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html',
    },
    {
      title: 'Control permissions for using Amazon Bedrock API keys',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html',
    },
  ],
  *judge(context): Iterable<Judged> {
    const access = effectiveAccess(context, 'if-read')
    if (access.missing.length > 0) {
      yield unknown(regionPlace('global'), access.missing)
      return
    }
    const keys = read(context.snapshot, KEYS)
    if (keys.state === 'unread') yield unknown(regionPlace('global', 'keys'), [missingOf(keys)])
    const holders = new Set(
      keys.state === 'read'
        ? keys.value.filter((key) => isBedrockKey(key) && isUsable(key, context.now)).map(({user}) => user)
        : [],
    )
    for (const principal of access.principals) {
      // The console makes a user of this name for each key.
      const isMade = keys.state === 'unread' && principal.name.startsWith('BedrockAPIKey-')
      if (principal.kind === 'user' && (holders.has(principal.name) || isMade))
        yield judgeUser(context, access, principal)
    }
    yield* absentUsers(holders, context, access)
  },
}

/** A key belongs to somebody; whose policies were not read cannot be told. */
function absentUsers(
  holders: ReadonlySet<string>,
  {policies}: AuditContext,
  access: EffectiveAccess,
): readonly Judged[] {
  const known = new Set(access.principals.flatMap(({kind, name}) => (kind === 'user' ? [name] : [])))
  return [...holders]
    .filter((name) => !known.has(name))
    .map((name) => {
      const id = `arn:${policies.partition}:iam::${policies.account}:user/${name}`
      const reason = `user ${name}, who holds an API key, is not among the users that were read`
      const missing = [{action: 'iam:GetAccountAuthorizationDetails', code: 'ABSENT', reason}]
      return unknown({region: 'global', resource: {type: 'user', id, name}}, missing)
    })
}

function judgeUser(context: AuditContext, access: EffectiveAccess, user: AccountPrincipal): Judged {
  const gaps: Missing[] = []
  const defects = [...grades(context, access, user, gaps), ...escalations(context, access, user, gaps)]
  if (defects.length === 0) defects.push(...writes(context, access, user, gaps))
  return judgeResource(principalPlace(user), {
    defects,
    gaps,
    fine: 'Its key opens no administration of Bedrock or of the account',
    evidence: [
      {kind: 'config', text: `user ${user.name} has an API key of Bedrock that is in force`, read: KEYS},
      {kind: 'simulated', text: defects[0] ?? 'no control-plane action is allowed', read: 'iam:authorization-details'},
    ],
    fix: fixOf(user),
  })
}

/** Everything in the account, or everything in Bedrock. */
function grades(context: AuditContext, access: EffectiveAccess, user: AccountPrincipal, gaps: Missing[]): string[] {
  const region = context.snapshot.regions[0]?.name ?? 'us-east-1'
  // An action that no policy can name is reached by `*` only.
  const anything = access.ask({action: 'zz-unnamed:Anything', resource: '*', region})
  const whole = access.decide(user, anything)
  if (whole === 'ALLOW') return ['It may do everything in the account']
  const {outcome, example, allowed, total} = gradeOfBedrock(context, access, user)
  if (outcome === 'ALLOW') return [`It may do ${allowed} of ${total} actions of Bedrock on any resource`]
  if (outcome === 'UNKNOWN' && example) gaps.push(...access.gaps(user, example))
  return []
}

function escalations(
  context: AuditContext,
  access: EffectiveAccess,
  user: AccountPrincipal,
  gaps: Missing[],
): string[] {
  const found = [generalEscalation(context, access, user), agentcoreEscalation(context, access, user)]
  gaps.push(...found.flatMap(({missing}) => missing))
  const paths = found.flatMap((one) => one.paths)
  const [first] = paths
  if (first === undefined) return []
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : ''
  return [`It can escalate: it may ${first.text} (${first.name})${more}`]
}

function writes(context: AuditContext, access: EffectiveAccess, user: AccountPrincipal, gaps: Missing[]): string[] {
  const asked = controlPlaneWrites(context.iam).map((action) => ({
    action,
    ...decideSomewhere(context, access, user, action),
  }))
  const allowed = asked.filter(({outcome}) => outcome === 'ALLOW').map(({action}) => action)
  const open = asked.find(({outcome}) => outcome === 'UNKNOWN')?.question
  if (open) gaps.push(...access.gaps(user, open))
  if (allowed.length === 0) return []
  const more = allowed.length > 3 ? ` and ${allowed.length - 3} more` : ''
  return [`It may change how Bedrock is set up: ${allowed.slice(0, 3).join(', ')}${more}`]
}

function fixOf({name}: AccountPrincipal): Fix {
  return {
    summary:
      'Leave the user what calling models takes, or replace the key by short-term keys of a role with that much; AmazonBedrockLimitedAccess also creates and deletes resources.',
    cli: [
      `aws iam list-attached-user-policies --user-name ${name}`,
      `aws iam detach-user-policy --user-name ${name} --policy-arn <POLICY-ARN>`,
      `aws iam put-user-policy --user-name ${name} --policy-name bedrock-calls --policy-document file://<POLICY>.json`,
    ],
    policyDiff: {
      policy: `policies of user ${name}`,
      remove: [],
      add: [
        JSON.stringify({
          Effect: 'Allow',
          Action: ['bedrock:CallWithBearerToken', 'bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
          Resource: '*',
        }),
      ],
    },
  }
}
