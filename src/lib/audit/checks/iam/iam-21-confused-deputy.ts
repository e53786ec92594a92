import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import type {CompiledPolicy, CompiledStatement} from '../../../iam/compile-policy.js'
import {type CompiledCondition, testCondition} from '../../../iam/condition.js'
import {matchConditions} from '../../../iam/match-statement.js'
import {isNamed, matchPrincipal, type Principal} from '../../../iam/principal.js'
import {type ContextValues, createContext} from '../../../iam/request-context.js'
import {greatest, least, MAYBE, NO, type Truth, YES} from '../../../iam/truth.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {refusalOf} from '../../facts/refused-policy.js'
import {configEvidence, type Facts, judgeResource, missingOf, regionPlace, unknown} from '../../judge-resource.js'

const READ = 'iam:authorization-details'
const ASSUME = 'sts:assumerole'
/** bedrock.amazonaws.com, bedrock-agentcore.amazonaws.com and their like, also with a Region or in China. */
const BEDROCK = /^(?:[a-z0-9-]+\.)*bedrock(?:-[a-z]+)*(?:\.[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/i
const SOURCE_KEYS = ['aws:sourceaccount', 'aws:sourcearn']
const SOMEBODY_ELSE = '999999999999'
const ARN_FIELDS = 6

export const confusedDeputyCheck: Check = {
  id: 'IAM-21',
  family: 'IAM',
  severity: 'high',
  title: 'A role trusted by Bedrock or AgentCore is for this account’s own resources',
  why: 'Without aws:SourceAccount or aws:SourceArn the service takes the role on for anybody who names it: a job in a stranger’s account can read your buckets through it.',
  resource: 'role trusted by Bedrock or AgentCore',
  failsWhen:
    'a statement of its trust policy lets the service take the role on without restricting aws:SourceAccount or aws:SourceArn: by no condition, one that any value or none meets, or one that names everybody but some',
  unknownWhen: 'AWS would refuse the trust policy, or a variable in it is not known',
  reads: [READ],
  references: [
    {
      title: 'Create a service role for batch inference',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/batch-iam-sr.html',
    },
    {
      title: 'The confused deputy problem',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    },
  ],
  judge: (context) => judgeRoles(context),
}

function* judgeRoles(context: AuditContext): Iterable<Judged> {
  const {principals} = context.policies
  if (principals.state === 'unread') {
    yield unknown(regionPlace('global', READ), [missingOf(principals)])
    return
  }
  const read = trustReader(context)
  for (const role of principals.value) {
    // The trust of a service-linked role is its service's affair.
    if (role.kind !== 'role' || role.serviceLinked) continue
    const found = read(role)
    if (found !== undefined) yield judgeRole(role, found, context)
  }
}

/** What a trust policy says about the services of Bedrock. */
interface TrustFacts extends Pick<Facts, 'defects' | 'gaps' | 'fine' | 'evidence'> {
  readonly services: readonly string[]
}

/** Every document is judged once, whoever has it; undefined for one that trusts none of the services. */
function trustReader(context: AuditContext): (role: AccountPrincipal) => TrustFacts | undefined {
  const known = new Map<string, TrustFacts | undefined>()
  return ({trust, trustDocument}) => {
    // An escape in the JSON may hide a name.
    const isAbout = trustDocument !== null && /bedrock|\\u|"Service"\s*:\s*\[?\s*"\*"/i.test(trustDocument)
    if (trust === null || !isAbout) return undefined
    if (!known.has(trustDocument)) known.set(trustDocument, trustFacts(trust, context))
    return known.get(trustDocument)
  }
}

function trustFacts(trust: CompiledPolicy, context: AuditContext): TrustFacts | undefined {
  if (trust.refused) return {defects: [], gaps: [refusalOf(trust, 'iam:GetRole')], fine: '', services: []}
  const opened = trust.statementsFor(ASSUME).filter((one) => one.effect === 'Allow' && servicesOf(one).length > 0)
  if (opened.length === 0) return undefined
  const found = opened.map((statement) => ({statement, open: admitsStrangers(statement, trust, context)}))
  const services = [...new Set(opened.flatMap(servicesOf))]
  return {
    services,
    defects: found
      .filter(({open}) => open === YES)
      .map(
        ({statement}) =>
          `statement ${statement.label} trusts ${servicesOf(statement).join(', ')} on behalf of any account${weakness(statement)}`,
      ),
    gaps: found
      .filter(({open}) => open === MAYBE)
      .map(({statement}) => ({
        action: 'iam:GetRole',
        code: 'UNDECIDED',
        reason: `whether the conditions of statement ${statement.label} keep other accounts out is not known`,
      })),
    fine: `${services.join(', ')} may take it on for resources that aws:SourceAccount or aws:SourceArn names`,
    evidence: found.map(({statement}) =>
      configEvidence(`statement ${statement.label}: ${conditionsOf(statement)}`, READ),
    ),
  }
}

function judgeRole(role: AccountPrincipal, {services, ...facts}: TrustFacts, context: AuditContext): Judged {
  const place = {region: 'global', resource: {type: 'role', id: role.arn, name: role.name}}
  return judgeResource(place, {...facts, fix: facts.defects.length > 0 ? fixOf(role, services, context) : undefined})
}

function servicesOf({principals}: CompiledStatement): readonly string[] {
  if (principals === undefined || principals.not) return []
  return principals.entries
    .filter(({type, value}) => type === 'service' && (value === '*' || BEDROCK.test(value)))
    .map(({value}) => value)
}

/** Whether the service may come for a resource of somebody else, or without saying for whom it comes. */
function admitsStrangers(statement: CompiledStatement, trust: CompiledPolicy, context: AuditContext): Truth {
  const denials = trust.statementsFor(ASSUME).filter(({effect}) => effect === 'Deny')
  return strangersTo([statement, ...denials], context)
    .map((values) => admits(values, statement, denials, context))
    .reduce<Truth>(greatest, NO)
}

function admits(
  values: ContextValues,
  statement: CompiledStatement,
  denials: readonly CompiledStatement[],
  {policies}: AuditContext,
): Truth {
  const [service = 'bedrock.amazonaws.com'] = servicesOf(statement)
  const actor = policies.serviceActor(service === '*' ? 'bedrock.amazonaws.com' : service)
  const given = createContext({'aws:ResourceAccount': policies.account, ...values}, {extends: actor.context})
  // What else is asked of the caller restricts it to something, but not to this account.
  const allowed = statement.conditions
    .filter(({lookUpKey}) => SOURCE_KEYS.includes(lookUpKey))
    .map((condition) => testCondition(condition, given))
    .reduce<Truth>(least, YES)
  const denied = denials
    .map((one) => least(principalTruth(one, actor.principal), matchConditions(one, given)))
    .reduce<Truth>(greatest, NO)
  return least(allowed, denied === YES ? NO : denied === NO ? YES : MAYBE)
}

function principalTruth({principals}: CompiledStatement, principal: Principal): Truth {
  return principals === undefined ? YES : isNamed(matchPrincipal(principals, principal))
}

/** Requests for strangers, shaped after what the conditions name, and one that names nobody. */
function strangersTo(statements: readonly CompiledStatement[], {policies}: AuditContext): readonly ContextValues[] {
  const arns = statements.flatMap(({conditions}) =>
    conditions.filter(({lookUpKey}) => lookUpKey === 'aws:sourcearn').flatMap(sourcesOf),
  )
  const foreign = [
    `arn:${policies.partition}:bedrock:us-east-1:${SOMEBODY_ELSE}:model-invocation-job/x`,
    ...arns.flatMap(strangeArns),
  ]
  const from = {
    'aws:SourceAccount': SOMEBODY_ELSE,
    'aws:SourceOrgID': 'o-somebodyelse',
    'aws:SourceOrgPaths': ['o-somebodyelse/r-else/'],
  }
  return [
    ...[...new Set(foreign)].map((arn): ContextValues => ({...from, 'aws:SourceArn': arn})),
    {'aws:SourceAccount': null, 'aws:SourceArn': null, 'aws:SourceOrgID': null, 'aws:SourceOrgPaths': null},
  ]
}

function sourcesOf({values}: CompiledCondition): readonly string[] {
  return values.map(({source}) => source)
}

/** The same resource in somebody else's account; none where the pattern names the account. */
function strangeArns(pattern: string): readonly string[] {
  const written = pattern.split(':')
  // A final `*` may stand for all fields that follow.
  const isOpenEnded = written.length < ARN_FIELDS && pattern.endsWith('*')
  const fields = isOpenEnded ? [...written, ...Array<string>(ARN_FIELDS - written.length).fill('*')] : written
  if (!/[*?]/.test(fields[4] ?? '')) return []
  const filled = fields.map((field) => field.replaceAll('*', 'x').replaceAll('?', 'x'))
  return [filled.map((field, index) => (index === 4 ? SOMEBODY_ELSE : field)).join(':')]
}

function weakness({conditions}: CompiledStatement): string {
  const named = conditions.filter(({lookUpKey}) => SOURCE_KEYS.includes(lookUpKey))
  if (named.length === 0) {
    return conditions.some(({lookUpKey}) => lookUpKey.startsWith('aws:sourceorg'))
      ? '; it restricts the organisation only'
      : ''
  }
  return `; ${named.map((one) => `${one.operator.name} ${one.key} ${sourcesOf(one).join(', ')}`).join('; ')} keeps nobody out`
}

function conditionsOf({conditions}: CompiledStatement): string {
  if (conditions.length === 0) return 'no condition'
  return conditions.map((one) => `${one.operator.name} ${one.key} ${sourcesOf(one).join(', ')}`).join('; ')
}

function fixOf({arn, name}: AccountPrincipal, services: readonly string[], {policies}: AuditContext) {
  const {partition, account} = policies
  const prefix = services.some((service) => service.includes('agentcore')) ? 'bedrock-agentcore' : 'bedrock'
  const statement = {
    Effect: 'Allow',
    Principal: {Service: services.filter((service) => service !== '*')},
    Action: 'sts:AssumeRole',
    Condition: {
      StringEquals: {'aws:SourceAccount': account},
      ArnLike: {'aws:SourceArn': `arn:${partition}:${prefix}:*:${account}:*`},
    },
  }
  return {
    summary: 'Let the service take the role on for resources of this account only.',
    cli: [`aws iam update-assume-role-policy --role-name ${name} --policy-document file://<TRUST-POLICY>`],
    terraform: [
      `data "aws_iam_policy_document" "trust" {`,
      '  statement {',
      '    actions = ["sts:AssumeRole"]',
      '    principals {',
      '      type        = "Service"',
      `      identifiers = ${JSON.stringify(statement.Principal.Service)}`,
      '    }',
      '    condition {',
      '      test     = "StringEquals"',
      '      variable = "aws:SourceAccount"',
      `      values   = ["${account}"]`,
      '    }',
      '  }',
      '}',
    ].join('\n'),
    policyDiff: {policy: `trust policy of ${arn}`, remove: [], add: [JSON.stringify(statement)]},
  }
}
