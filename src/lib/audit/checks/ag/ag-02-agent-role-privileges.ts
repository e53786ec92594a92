import {readPart} from '../../../account/read.js'
import {parseArn} from '../../../core/arn.js'
import type {AccountPrincipal, NamedPolicy} from '../../../iam/account/account-policies.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {gradeOfBedrock} from '../../facts/bedrock-grade.js'
import {type EffectiveAccess, effectiveAccess} from '../../facts/effective-access.js'
import {agentcoreEscalation, generalEscalation} from '../../facts/escalation.js'
import {policyWords, removalCommand} from '../../facts/granting-policies.js'
import {type Agent, agentRoutes, DRAFT} from '../../facts/routed-versions.js'
import type {Missing} from '../../finding.schema.js'
import {configEvidence, inEachRegion, judgeResource, missingOf, type Place, unknown} from '../../judge-resource.js'

const READ = 'bedrock-agent:agents'
const IAM = 'iam:authorization-details'

export const agentRolePrivilegesCheck: Check = {
  id: 'AG-02',
  family: 'AG',
  severity: 'high',
  title: 'The execution role of an agent may do what the agent needs and no more',
  why: 'A prompt can talk an agent into whatever its role may do: with the rights of an administrator, or a way to them, it can be talked into anything.',
  resource: 'agent execution role',
  failsWhen:
    'counting boundary and control policies, the role administers the account or Bedrock, has full access to a whole service, or a way to escalate; that it has no boundary is told as INFO',
  unknownWhen: 'the role, or the agent that holds it, was not read or does not exist in the account',
  reads: [READ, IAM, 'organizations:organization', 'organizations:tree', 'organizations:policies'],
  references: [
    {
      title: 'Create a service role for Amazon Bedrock Agents',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permission.html',
    },
    {
      title: 'Permissions boundaries for IAM entities',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
    },
  ],
  *judge(context) {
    const holders = new Map<string, {readonly region: string; readonly agents: Set<string>}>()
    yield* inEachRegion(context, READ, function* (agents, region) {
      for (const agent of agents) {
        const {roles, missing} = rolesOf(agent)
        const place = {region, resource: {type: 'agent', id: agent.arn ?? agent.id, name: agent.name}}
        if (missing.length > 0) yield unknown(place, missing)
        for (const role of roles) {
          const known = holders.get(role) ?? {region, agents: new Set<string>()}
          holders.set(role, known)
          known.agents.add(agent.name || agent.id)
        }
      }
    })
    for (const [role, {region, agents}] of holders) yield* judgeRole(context, role, region, [...agents])
  },
}

/** Of the draft, and of every version that an alias routes to. */
function rolesOf(agent: Agent): {readonly roles: ReadonlySet<string>; readonly missing: readonly Missing[]} {
  const {routes, gaps} = agentRoutes(agent)
  const roles = new Set<string>()
  const missing: Missing[] = [...gaps]
  const details = [readPart(agent.draft), ...routes.filter(({version}) => version !== DRAFT).map(({detail}) => detail)]
  for (const detail of details) {
    if (detail.state === 'unread') missing.push(missingOf(detail))
    else if (detail.value.roleArn !== null) roles.add(detail.value.roleArn)
  }
  if (roles.size > 0 || missing.length > 0) return {roles, missing}
  return {roles, missing: [{action: 'bedrock:GetAgent', code: 'ABSENT', reason: 'the agent names no execution role'}]}
}

function* judgeRole(context: AuditContext, arn: string, region: string, agents: readonly string[]): Iterable<Judged> {
  const place = {region: 'global', resource: {type: 'role', id: arn, name: arn.slice(arn.lastIndexOf('/') + 1)}}
  const held = configEvidence(`execution role of ${agents.join(', ')}`, READ, region)
  const access = effectiveAccess(context, 'if-read')
  const role = context.policies.find(arn)
  if (role === undefined || role.kind !== 'role') {
    const reason = `the account has no role ${arn} that the snapshot holds`
    const absent = [{action: 'iam:GetAccountAuthorizationDetails', code: 'ABSENT', reason}]
    yield unknown(place, access.missing.length > 0 ? access.missing : absent, [held])
    return
  }
  const gaps: Missing[] = []
  const defects = [
    ...administration(context, access, role, region, gaps),
    ...fullAccess(access, role, region),
    ...escalation(context, access, role, gaps),
  ]
  yield judgeResource(place, {
    defects,
    gaps,
    fine: 'It administers nothing, has full access to no service, and no way to escalate',
    evidence: [held, {kind: 'simulated', text: defects[0] ?? 'no administration is allowed', read: IAM}],
    fix: fixOf(role),
  })
  if (role.boundaryArn === null) yield noBoundary(place)
}

function noBoundary(place: Place): Judged {
  const message =
    'The role has no permissions boundary: whoever edits its policies decides alone what the agent may do.'
  return {...place, aspect: 'boundary', verdict: 'INFO', message, evidence: [configEvidence('no boundary', IAM)]}
}

function administration(
  context: AuditContext,
  access: EffectiveAccess,
  role: AccountPrincipal,
  region: string,
  gaps: Missing[],
): readonly string[] {
  // An action that no policy can name is reached by `*` alone.
  const anything = access.ask({action: 'zz-unnamed:Anything', resource: '*', region})
  if (access.decide(role, anything) === 'ALLOW') return ['it may do everything in the account']
  const {outcome, example, allowed, total} = gradeOfBedrock(context, access, role)
  if (outcome === 'UNKNOWN' && example !== undefined) gaps.push(...access.gaps(role, example))
  return outcome === 'ALLOW' ? [`it may do ${allowed} of ${total} actions of Bedrock on any resource`] : []
}

/** By policies of AWS that grant it, or by a wildcard over a service; only what boundary and control policies leave. */
function fullAccess(access: EffectiveAccess, role: AccountPrincipal, region: string): readonly string[] {
  const found = role.policies.flatMap((policy): readonly string[] => {
    const services = wholeServices(policy.document)
    const open = services.filter((service) =>
      anyOf(role.arn, service, region).some((resource) => {
        const question = access.ask({action: `${service}:ZzUnnamed`, resource, region, unnamed: resource !== '*'})
        return access.decide(role, question) === 'ALLOW'
      }),
    )
    if (open.length > 0) return [`it has full access to ${open.join(', ')}, by ${policyWords(policy)}`]
    const isNamed = services.length === 0 && role.boundaryArn === null && isFullAccessOfAws(policy)
    return isNamed ? [`it holds ${policyWords(policy)} of AWS`] : []
  })
  return found
}

/** What only patterns for everything match: `*`, and those that spell out the service. */
function anyOf(roleArn: string, service: string, region: string): readonly string[] {
  const {partition = 'aws', account = ''} = parseArn(roleArn) ?? {}
  const unnamed = 'zz-unnamed/zz-unnamed'
  return [
    '*',
    `arn:${partition}:${service}:::${unnamed}`,
    `arn:${partition}:${service}:${region}:${account}:${unnamed}`,
  ]
}

function wholeServices(document: string | null): readonly string[] {
  const found = (document ?? '').matchAll(/"([a-z0-9-]+):\*"/gi)
  return [...new Set([...found].map(([, service = '']) => service.toLowerCase()))]
}

function isFullAccessOfAws({arn, name}: NamedPolicy): boolean {
  return arn?.includes(':iam::aws:policy/') === true && /FullAccess|^PowerUserAccess$|^AdministratorAccess/.test(name)
}

function escalation(
  context: AuditContext,
  access: EffectiveAccess,
  role: AccountPrincipal,
  gaps: Missing[],
): readonly string[] {
  const found = [generalEscalation(context, access, role), agentcoreEscalation(context, access, role)]
  gaps.push(...found.flatMap(({missing}) => missing))
  const [first, ...more] = found.flatMap(({paths}) => paths)
  if (first === undefined) return []
  return [`it can escalate: it may ${first.text} (${first.name})${more.length > 0 ? ` and ${more.length} more` : ''}`]
}

function fixOf(role: AccountPrincipal) {
  return {
    summary:
      'Take the broad policies away, grant the model, knowledge bases and keys that the agent uses, and set a boundary.',
    cli: [
      ...role.policies
        .filter((policy) => isFullAccessOfAws(policy) || /"\*"/.test(policy.document ?? ''))
        .slice(0, 5)
        .map((policy) => removalCommand(role, policy)),
      `aws iam put-role-policy --role-name ${role.name} --policy-name agent-least --policy-document file://<POLICY>.json`,
      `aws iam put-role-permissions-boundary --role-name ${role.name} --permissions-boundary <POLICY_ARN>`,
    ],
  }
}
