import {read, regionsOf} from '../../../account/read.js'
import {type CompiledPolicy, compilePolicy} from '../../../iam/compile-policy.js'
import {judgeResourcePolicies} from '../../../iam/judge-policies.js'
import {createRequest} from '../../../iam/request.js'
import {greatest, least, NO, not, type Truth, YES} from '../../../iam/truth.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {regionsOfAccount} from '../../facts/bedrock-grade.js'
import {GOVERNED_READS, type Governed, governedIn} from '../../facts/governed-resources.js'
import {type Outsider, outsidersFor} from '../../facts/policy-outsiders.js'
import {refusalOf} from '../../facts/refused-policy.js'
import type {Missing} from '../../finding.schema.js'
import {configEvidence, isNowhere, judgeResource, missingOf, regionPlace, unknown} from '../../judge-resource.js'

const NAMED = 3

export const resourcePoliciesCheck: Check = {
  id: 'IAM-24',
  family: 'IAM',
  severity: 'high',
  title: 'Resource policies of Bedrock and AgentCore admit the organisation only',
  why: 'A resource policy works without any policy of the caller’s account being yours to change: whoever it admits uses your guardrail, knowledge base or agent, on your bill and with your data.',
  resource: 'resource policy',
  failsWhen:
    'the policy of a guardrail, knowledge base, AgentCore runtime or gateway admits everybody, or somebody of an account or organisation other than one’s own',
  unknownWhen:
    'the policy was not read, AWS would refuse it, or whether an account belongs to the organisation is not known',
  reads: [
    'bedrock:guardrails',
    'bedrock-agent:knowledge-bases',
    'bedrock-agentcore:runtimes',
    'bedrock-agentcore:gateways',
    'organizations:organization',
    'organizations:tree',
  ],
  references: [
    {
      title: 'Resource-based policies for Amazon Bedrock AgentCore',
      url: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html',
    },
    {
      title: 'Guardrails: resource-based policies',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-resource-based-policies.html',
    },
  ],
  *judge(context) {
    const tried = GOVERNED_READS.flatMap((id) => regionsOf(context.snapshot, id))
    for (const region of new Set([...regionsOfAccount(context), ...tried])) {
      yield* unreadLists(context, region)
      for (const governed of governedIn(context, region)) {
        const judged = judgeGoverned(governed, context)
        if (judged !== undefined) yield judged
      }
    }
  },
}

function unreadLists({snapshot}: AuditContext, region: string): readonly Judged[] {
  return GOVERNED_READS.flatMap((id) => {
    const reading = read(snapshot, id, region)
    if (reading.state === 'read' || isNowhere(reading)) return []
    return [unknown(regionPlace(region, id), [missingOf(reading)])]
  })
}

/** Undefined where there is no policy: nobody else is admitted then, and there is nothing to judge. */
function judgeGoverned(governed: Governed, context: AuditContext): Judged | undefined {
  const {place, policy, byToken, read: readId} = governed
  if (policy.state === 'unread') return unknown(place, [missingOf(policy)])
  if (policy.value === null) return undefined
  const compiled = compilePolicy(policy.value, {name: 'resource policy', kind: 'resource'})
  const action = governed.service === 'bedrock' ? 'bedrock:GetResourcePolicy' : 'bedrock-agentcore:GetResourcePolicy'
  if (compiled.refused) return unknown(place, [refusalOf(compiled, action)])
  const found = outsidersFor(policy.value, compiled, context).map((outsider) => ({
    outsider,
    ...admitted(outsider, compiled, governed, context),
  }))
  const certain = found.filter(({truth, outsider}) => truth === YES && outsider.doubts.length === 0)
  const evidence = [configEvidence(`resource policy: ${grantsOf(compiled)}`, readId, place.region)]
  if (byToken && certain.length > 0 && certain.every(({outsider}) => outsider.words === 'anybody')) {
    const message =
      'Its policy names no caller, as AWS asks where callers bring a token: its JWT authorizer decides who they are.'
    return {...place, verdict: 'INFO', message, evidence}
  }
  return judgeResource(place, {
    defects: defectsOf(certain),
    gaps: found.flatMap(({truth, outsider}) => gapsOf(truth, outsider, action)),
    fine: 'Its policy admits nobody from outside the organisation',
    evidence: [...evidence, ...certain.slice(0, 1).map(simulated)],
    fix: fixOf(governed, context),
  })
}

/** Whom the statements that allow something name. */
function grantsOf({statements}: CompiledPolicy): string {
  const allowing = statements.filter(({effect}) => effect === 'Allow')
  const grants = allowing.slice(0, NAMED).map(({label, principals, conditions}) => {
    const who = (principals?.entries ?? []).map(({value}) => value).join(', ')
    const keys = conditions.map(({operator, key}) => `${operator.name} ${key}`)
    return `statement ${label} allows ${principals?.not ? `all but ${who}` : who}${keys.length > 0 ? ` if ${keys.join(' and ')}` : ''}`
  })
  const rest = allowing.length - grants.length
  return rest > 0 ? `${grants.join('; ')}; and ${rest} more` : grants.join('; ')
}

interface Admission {
  readonly outsider: Outsider
  readonly truth: Truth
  readonly actions: readonly string[]
}

function admitted(
  {principal, context}: Outsider,
  policy: CompiledPolicy,
  {place, service}: Governed,
  {iam}: AuditContext,
): Pick<Admission, 'truth' | 'actions'> {
  const actions = actionsOf(service, iam).filter((action) =>
    policy.statementsFor(action.toLowerCase()).some(({effect}) => effect === 'Allow'),
  )
  const set = {policies: [policy], unread: []}
  const judged = actions.map((action) => {
    const request = createRequest({action, resource: place.resource.id, principal, context})
    const {denies, self, role, account, any} = judgeResourcePolicies(set, request)
    return {action, truth: least([self, role, account, any].reduce<Truth>(greatest, NO), not(denies))}
  })
  const truth = judged.map((one) => one.truth).reduce<Truth>(greatest, NO)
  return {truth, actions: judged.filter((one) => one.truth === truth).map(({action}) => action)}
}

function actionsOf(prefix: string, {services}: AuditContext['iam']): readonly string[] {
  return services
    .filter((service) => service.prefix === prefix)
    .flatMap(({actions}) => actions.map(({name}) => `${prefix}:${name}`))
}

function defectsOf(admissions: readonly Admission[]): readonly string[] {
  const byWords = new Map(admissions.map((one) => [one.outsider.words, one.actions]))
  // Whom everybody includes need not be told again.
  const all = byWords.get('anybody')
  const told = all === undefined ? [...byWords] : [['anybody', all] as const]
  return told.map(([words, actions]) => {
    const rest = actions.length - NAMED
    const which = rest > 0 ? `${actions.slice(0, NAMED).join(', ')} and ${rest} more` : actions.join(', ')
    return `its policy lets ${words === 'anybody' ? 'anybody of any AWS account' : `${words}, outside the organisation,`} call ${which}`
  })
}

function gapsOf(truth: Truth, {doubts, words}: Outsider, action: string): readonly Missing[] {
  if (truth === YES) return doubts
  if (truth === NO) return []
  const reason = `whether the conditions of the policy admit ${words} depends on keys that are not known`
  return [{action, code: 'CONTEXT_KEY', reason}]
}

function simulated({outsider, actions}: Admission) {
  const who = outsider.principal.kind === 'service' ? outsider.principal.name : outsider.principal.arn
  return {kind: 'simulated', text: `${actions[0]} by ${who}: admitted`} as const
}

function fixOf({place, service}: Governed, {policies}: AuditContext) {
  const {id} = place.resource
  const organization = policies.organization ?? '<ORGANIZATION-ID>'
  const condition = {StringEquals: {'aws:PrincipalOrgID': organization}}
  const client =
    service === 'bedrock-agentcore'
      ? 'bedrock-agentcore-control'
      : place.resource.type === 'guardrail'
        ? 'bedrock'
        : 'bedrock-agent'
  const document = client === 'bedrock' ? '--resource-policy' : '--policy'
  return {
    summary: 'Name the callers, or ask for the own organisation by aws:PrincipalOrgID.',
    cli: [
      `aws ${client} put-resource-policy --region ${place.region} --resource-arn ${id} ${document} file://<FILE>`,
      `aws ${client} delete-resource-policy --region ${place.region} --resource-arn ${id}`,
    ],
    policyDiff: {policy: `resource policy of ${id}`, remove: [], add: [JSON.stringify({Condition: condition})]},
  }
}
