import {type Reading, read, readPart, regionsOf} from '../../../account/read.js'
import type {ReadId} from '../../../account/snapshot.schema.js'
import {type CompiledPolicy, compilePolicy} from '../../../iam/compile-policy.js'
import {judgeResourcePolicies} from '../../../iam/judge-policies.js'
import {createRequest} from '../../../iam/request.js'
import {greatest, least, NO, not, type Truth, YES} from '../../../iam/truth.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type Outsider, outsidersFor} from '../../facts/policy-outsiders.js'
import {refusalOf} from '../../facts/refused-policy.js'
import type {Missing} from '../../finding.schema.js'
import {
  configEvidence,
  isNowhere,
  judgeResource,
  missingOf,
  type Place,
  regionPlace,
  unknown,
} from '../../judge-resource.js'

const NAMED = 3

/** Something that has, or may have, a policy of its own. */
interface Governed {
  readonly read: ReadId
  readonly place: Place
  readonly service: 'bedrock' | 'bedrock-agentcore'
  readonly policy: Reading<string | null>
  /** Callers are told apart by a token; AWS then asks for Principal * in the policy. */
  readonly byToken: boolean
}

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
    for (const region of new Set(LISTS.flatMap((id) => regionsOf(context.snapshot, id)))) {
      yield* unreadLists(context, region)
      for (const governed of governedIn(context, region)) {
        const judged = judgeGoverned(governed, context)
        if (judged !== undefined) yield judged
      }
    }
  },
}

const LISTS = [
  'bedrock:guardrails',
  'bedrock-agent:knowledge-bases',
  'bedrock-agentcore:runtimes',
  'bedrock-agentcore:gateways',
] as const

function unreadLists({snapshot}: AuditContext, region: string): readonly Judged[] {
  return LISTS.flatMap((id) => {
    const reading = read(snapshot, id, region)
    if (reading.state === 'read' || isNowhere(reading)) return []
    return [unknown(regionPlace(region, id), [missingOf(reading)])]
  })
}

function governedIn({snapshot, policies}: AuditContext, region: string): readonly Governed[] {
  const {partition, account} = policies
  const arnOf = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`
  const [guardrails, bases, runtimes, gateways] = [
    listOf(read(snapshot, 'bedrock:guardrails', region)),
    listOf(read(snapshot, 'bedrock-agent:knowledge-bases', region)),
    listOf(read(snapshot, 'bedrock-agentcore:runtimes', region)),
    listOf(read(snapshot, 'bedrock-agentcore:gateways', region)),
  ]
  return [
    ...guardrails.map(({arn, name, resourcePolicy}): Governed => {
      const place = {region, resource: {type: 'guardrail', id: arn, name}}
      return {read: 'bedrock:guardrails', place, service: 'bedrock', policy: readPart(resourcePolicy), byToken: false}
    }),
    ...bases.map(({id, name, resourcePolicy}): Governed => {
      const place = {region, resource: {type: 'knowledge-base', id: arnOf('bedrock', `knowledge-base/${id}`), name}}
      return {
        read: 'bedrock-agent:knowledge-bases',
        place,
        service: 'bedrock',
        policy: readPart(resourcePolicy),
        byToken: false,
      }
    }),
    ...runtimes.map(({arn, name, detail, resourcePolicy}): Governed => {
      const place = {region, resource: {type: 'agentcore-runtime', id: arn, name}}
      const byToken = detail.status === 'read' && detail.value.jwt !== null
      return {
        read: 'bedrock-agentcore:runtimes',
        place,
        service: 'bedrock-agentcore',
        policy: readPart(resourcePolicy),
        byToken,
      }
    }),
    ...gateways.map(({id, arn, name, authorizerType, resourcePolicy}): Governed => {
      const ownArn = arn ?? arnOf('bedrock-agentcore', `gateway/${id}`)
      const place = {region, resource: {type: 'agentcore-gateway', id: ownArn, name}}
      return {
        read: 'bedrock-agentcore:gateways',
        place,
        service: 'bedrock-agentcore',
        policy: readPart(resourcePolicy),
        byToken: authorizerType === 'CUSTOM_JWT',
      }
    }),
  ]
}

function listOf<Item>(reading: Reading<readonly Item[]>): readonly Item[] {
  return reading.state === 'read' ? reading.value : []
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
