import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import {compilePolicy} from '../../../iam/compile-policy.js'
import {layersOf} from '../../../iam/policy-layers.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type EffectiveAccess, effectiveAccess, type Question} from '../../facts/effective-access.js'
import type {Evidence, Missing} from '../../finding.schema.js'
import {judgeResource, regionPlace} from '../../judge-resource.js'

const SERVICES = ['bedrock', 'bedrock-mantle'] as const
type Service = (typeof SERVICES)[number]
const NAMED = 5

export const longTermDeniedCheck: Check = {
  id: 'IAM-15',
  family: 'IAM',
  severity: 'medium',
  title: 'Long-term API keys are denied where they are forbidden',
  why: 'A rule that no policy enforces holds until the first person clicks "Generate API key": the key then works from anywhere, for as long as it was made for.',
  resource: 'account',
  failsWhen:
    'apiKeys.longTerm is forbidden, and neither a service control policy nor the policies of the users deny CallWithBearerToken of Bedrock or Mantle to a token of type LONG_TERM',
  needs: 'apiKeys.longTerm: forbidden',
  reads: ['iam:authorization-details', 'organizations:organization', 'organizations:tree', 'organizations:policies'],
  references: [
    {
      title: 'Control permissions for generating and using Amazon Bedrock API keys',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html',
    },
  ],
  judge: (context) => [judgeAccount(context)],
}

function judgeAccount(context: AuditContext): Judged {
  const place = regionPlace('global')
  if (context.project.apiKeys.longTerm !== 'forbidden') {
    const message = 'bedrockctl.yaml does not forbid long-term keys (apiKeys.longTerm).'
    return {...place, verdict: 'NOT_APPLICABLE', message}
  }
  const access = effectiveAccess(context)
  const users = access.principals.filter(({kind}) => kind === 'user')
  const anybody = anyUser(context)
  const found = SERVICES.map((service) => judgeService(service, {anybody, users, access, context}))
  const isDenied = found.some(({denied}) => denied)
  const defects = found.flatMap(({defects: some}) => some)
  // Where the policies of the users deny it, what control policies say besides does not matter.
  const gaps = found.flatMap((one) => [...one.gaps, ...(isDenied ? [] : one.gapsOfAnybody)])
  const nothing =
    isDenied || defects.length > 0 || gaps.length > 0 ? [] : ['no policy denies a token of type LONG_TERM']
  return judgeResource(place, {
    defects: [...defects, ...nothing],
    gaps,
    fine: found.map(({fine}) => fine).join('; '),
    evidence: [
      {kind: 'declared', text: 'apiKeys.longTerm forbidden'},
      ...found.map(({service, fine, defects: some}): Evidence => {
        const text = `${service}:CallWithBearerToken with ${service}:BearerTokenType LONG_TERM: ${some[0] ?? fine}`
        return {kind: 'simulated', text, read: 'organizations:policies'}
      }),
    ],
    fix: {
      summary: 'Deny the use, and the making, of long-term keys by a service control policy.',
      cli: [
        'aws organizations create-policy --type SERVICE_CONTROL_POLICY --name no-long-term-keys --description "No long-term API keys of Bedrock" --content file://<FILE>',
        `aws organizations attach-policy --policy-id <POLICY> --target-id ${context.policies.account}`,
      ],
      policyDiff: {policy: 'no-long-term-keys', remove: [], add: DENIALS.map((one) => JSON.stringify(one))},
    },
  })
}

const DENIALS = [
  ...SERVICES.map((service) => ({
    Effect: 'Deny',
    Action: `${service}:CallWithBearerToken`,
    Resource: '*',
    Condition: {StringEquals: {[`${service}:BearerTokenType`]: 'LONG_TERM'}},
  })),
  {
    Effect: 'Deny',
    Action: 'iam:CreateServiceSpecificCredential',
    Resource: '*',
    Condition: {StringEquals: {'iam:ServiceSpecificCredentialServiceName': 'bedrock.amazonaws.com'}},
  },
]

interface Subjects {
  readonly anybody: AccountPrincipal
  readonly users: readonly AccountPrincipal[]
  readonly access: EffectiveAccess
  readonly context: AuditContext
}

interface ServiceVerdict {
  readonly service: Service
  /** Some policy denies it: a control policy to everybody, or its own policies to a user. */
  readonly denied: boolean
  readonly defects: readonly string[]
  /** What is missing to tell of users who hold it. */
  readonly gaps: readonly Missing[]
  /** What is missing to tell of a user who might. */
  readonly gapsOfAnybody: readonly Missing[]
  readonly fine: string
}

function judgeService(service: Service, {anybody, users, access, context}: Subjects): ServiceVerdict {
  const questions = context.snapshot.regions.map(({name}) =>
    access.ask({
      action: `${service}:CallWithBearerToken`,
      resource: '*',
      region: name,
      values: {[`${service}:BearerTokenType`]: 'LONG_TERM'},
    }),
  )
  const outcomes = (who: AccountPrincipal) => questions.map((question) => access.decide(who, question))
  const ofAnybody = outcomes(anybody)
  const closed = ofAnybody.length > 0 && ofAnybody.every((outcome) => outcome === 'DENY')
  // Whom a control policy leaves out is found among the users themselves.
  const judged = users
    .filter((user) => access.holds(user, `${service}:CallWithBearerToken`))
    .map((user) => ({user, outcomes: outcomes(user)}))
  const open = judged.filter((one) => one.outcomes.includes('ALLOW')).map(({user}) => user)
  const unsure = judged.filter((one) => one.outcomes.includes('UNKNOWN')).map(({user}) => user)
  const gapsOf = (who: AccountPrincipal) => {
    const question = questions.find((one) => access.decide(who, one) === 'UNKNOWN')
    return question === undefined ? [] : access.gaps(who, question)
  }
  return {
    service,
    denied: closed || judged.some(({user}) => isDeniedExplicitly(user, questions, access)),
    defects: open.length > 0 ? [`long-term keys of ${wordsOf(open)} work on ${service}: no policy denies them`] : [],
    gaps: [...unsure.slice(0, 1).flatMap(gapsOf), ...(closed ? [] : access.missing)],
    gapsOfAnybody: closed ? [] : gapsOf(anybody),
    fine: closed
      ? `${service}: control policies deny it to every user`
      : `${service}: the policies of no user allow it`,
  }
}

function isDeniedExplicitly(user: AccountPrincipal, questions: readonly Question[], access: EffectiveAccess): boolean {
  const [question] = questions
  return question !== undefined && access.explain(user, question).denial === 'explicit'
}

/** A user who holds everything: only control policies can keep it from anything. */
function anyUser({policies}: AuditContext): AccountPrincipal {
  const {account, partition, scp, rcp, managementAccount} = policies
  const name = 'BedrockAPIKey-any'
  const arn = `arn:${partition}:iam::${account}:user/${name}`
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Sid: 'HeldByNobody', Effect: 'Allow', Action: '*', Resource: '*'}],
  })
  const compiled = compilePolicy(document, {name: 'everything', kind: 'identity'})
  return {
    kind: 'user',
    arn,
    name,
    path: '/',
    id: 'AIDAANYUSER',
    serviceLinked: false,
    principal: {kind: 'user', arn, account},
    layers: layersOf({identity: {policies: [compiled], unread: []}, scp, rcp, managementAccount}),
    policies: [{name: 'everything', arn: null, origin: 'inline', group: null, document, compiled}],
    boundaryArn: null,
    trust: null,
    trustDocument: null,
    tags: [],
    createdAt: null,
  }
}

function wordsOf(users: readonly AccountPrincipal[]): string {
  const names = users.slice(0, NAMED).map(({name}) => name)
  const rest = users.length - names.length
  return rest > 0 ? `${names.join(', ')} and ${rest} more users` : names.join(', ')
}
