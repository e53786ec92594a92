import {describe, expect, test} from 'vitest'
import type {AccountSnapshot} from '../../../../src/lib/account/snapshot.schema.js'
import {type AccountPolicies, openAccountPolicies} from '../../../../src/lib/iam/account/account-policies.js'
import {decideAction, decideCall, explainAction} from '../../../../src/lib/iam/account/decide-action.js'
import {prepareCall} from '../../../../src/lib/iam/legs/judge-call.js'
import {workloadLegs} from '../../../../src/lib/iam/legs/workload-legs.js'
import {FACTS} from '../read-cases.js'
import {
  ACCOUNT,
  buildSnapshot,
  controlPolicy,
  details,
  group,
  managed,
  organization,
  part,
  policy,
  REGION,
  refused,
  role,
  trust,
  user,
} from './build-snapshot.js'

const INVOKE = 'bedrock:InvokeModel'
const MODEL = `arn:aws:bedrock:${REGION}::foundation-model/m`
const ALONE = {'organizations:organization': null}

const open = (snapshot: AccountSnapshot) => openAccountPolicies(snapshot, FACTS)

function principalOf(policies: AccountPolicies, name: string) {
  const found = policies.find(name)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}

function outcome(policies: AccountPolicies, name: string, action = INVOKE, resource = MODEL) {
  return decideAction(policies, policies.actor(principalOf(policies, name)), action, resource, FACTS).outcome
}

describe('principals', () => {
  test('come sorted by ARN, with service-linked roles marked', () => {
    const roles = [role('b'), role('AWSServiceRoleForX', {path: '/aws-service-role/x.amazonaws.com/'}), role('a')]
    const {principals} = open(
      buildSnapshot({...ALONE, 'iam:authorization-details': details({roles, users: [user('u')]})}),
    )

    expect(
      principals.state === 'read' && principals.value.map(({name, serviceLinked}) => [name, serviceLinked]),
    ).toEqual([
      ['a', false],
      ['AWSServiceRoleForX', true],
      ['b', false],
      ['u', false],
    ])
  })

  test('are unread with the reason when the details were refused', () => {
    const {principals} = open(buildSnapshot({'iam:authorization-details': {denied: 'no permission'}}))

    expect(principals).toMatchObject({state: 'unread', status: 'denied', reason: 'no permission'})
  })

  test('have inline and managed policies and those of their groups', () => {
    const app = managed('App', policy('Allow', INVOKE))
    const users = [user('u', {groups: ['team']})]
    const groups = [
      group('team', {attachedPolicies: [app.arn], inlinePolicies: [{name: 'in', document: policy('Allow', 'a:B')}]}),
    ]
    const policies = open(
      buildSnapshot({...ALONE, 'iam:authorization-details': details({users, groups, policies: [app]})}),
    )

    expect(principalOf(policies, 'u').policies.map(({name, origin, group: of}) => [name, origin, of])).toEqual([
      ['in', 'group-inline', 'team'],
      ['App', 'group-managed', 'team'],
    ])
    expect(outcome(policies, 'u')).toBe('ALLOW')
  })

  test('share one compiled document', () => {
    const document = policy('Allow', INVOKE)
    const roles = ['a', 'b'].map((name) => role(name, {inlinePolicies: [{name: `${name}-policy`, document}]}))
    const policies = open(buildSnapshot({...ALONE, 'iam:authorization-details': details({roles})}))
    const [one, other] = ['a', 'b'].map((name) => principalOf(policies, name).policies[0]?.compiled)

    expect(one?.statements).toBe(other?.statements)
    expect([one?.name, other?.name]).toEqual(['a-policy', 'b-policy'])
  })

  test.each([
    ['a managed policy that the snapshot lacks', {attachedPolicies: [managed('Gone', null).arn]}, []],
    ['a managed policy without document', {attachedPolicies: [managed('App', null).arn]}, [managed('App', null)]],
  ])('%s leaves the verdict unknown', (_, given, held) => {
    const roles = [role('r', given)]
    const policies = open(buildSnapshot({...ALONE, 'iam:authorization-details': details({roles, policies: held})}))
    const {policies: named, layers} = principalOf(policies, 'r')

    expect(outcome(policies, 'r')).toBe('UNKNOWN')
    expect(named.map(({document, compiled}) => [document, compiled.refused])).toEqual([[null, true]])
    expect(layers.identity.unread[0]).toContain(given.attachedPolicies[0])
  })

  test('a group that the snapshot lacks leaves the verdict unknown', () => {
    const users = [user('u', {groups: ['gone']})]
    const policies = open(buildSnapshot({...ALONE, 'iam:authorization-details': details({users})}))

    expect(outcome(policies, 'u')).toBe('UNKNOWN')
  })

  test.each([
    ['that allows', managed('Limit', policy('Allow', INVOKE)), 'ALLOW'],
    ['that does not allow', managed('Limit', policy('Allow', 's3:*')), 'DENY'],
    ['that was not read', managed('Limit', null), 'UNKNOWN'],
  ])('a boundary %s counts', (_, limit, expected) => {
    const inlinePolicies = [{name: 'in', document: policy('Allow', '*')}]
    const roles = [role('r', {inlinePolicies, boundaryArn: limit.arn})]
    const policies = open(buildSnapshot({...ALONE, 'iam:authorization-details': details({roles, policies: [limit]})}))

    expect(outcome(policies, 'r')).toBe(expected)
  })
})

describe('find', () => {
  const roles = [role('app', {path: '/team/'}), role('both')]
  const snapshot = buildSnapshot({...ALONE, 'iam:authorization-details': details({roles, users: [user('both')]})})

  test.each([
    ['app', 'app'],
    ['role/app', 'app'],
    [`arn:aws:iam::${ACCOUNT}:role/team/app`, 'app'],
    [`arn:aws:sts::${ACCOUNT}:assumed-role/app/session`, 'app'],
    ['user/both', 'both'],
  ])('%s is found', (text, name) => {
    expect(open(snapshot).find(text)?.name).toBe(name)
  })

  test('a name of a user and a role is not settled by itself', () => {
    expect(open(snapshot).find('both')).toBeUndefined()
  })
})

describe('control policies', () => {
  const roles = [
    role('r', {inlinePolicies: [{name: 'in', document: policy('Allow', '*')}]}),
    role('linked', {
      path: '/aws-service-role/x.amazonaws.com/',
      inlinePolicies: [{name: 'in', document: policy('Allow', '*')}],
    }),
  ]
  const allowAll = controlPolicy('p-all', policy('Allow', '*'), ['r-1', 'ou-1', ACCOUNT])
  const rcpAll = controlPolicy(
    'p-rcp',
    policy('Allow', '*', {Principal: '*'}),
    ['r-1', 'ou-1', ACCOUNT],
    'RESOURCE_CONTROL_POLICY',
  )
  const withOrganization = (...given: Parameters<typeof organization>) =>
    open(buildSnapshot({...organization(...given), 'iam:authorization-details': details({roles})}))

  test('stand level by level from the root to the account', () => {
    const {scp, organization: id} = withOrganization([allowAll, rcpAll])

    expect(id).toBe('o-1')
    expect(scp?.map(({name, policies}) => [name, policies.length])).toEqual([
      ['Root (r-1)', 1],
      ['Workloads (ou-1)', 1],
      [`app (${ACCOUNT})`, 1],
    ])
  })

  test('a denial of a unit is named with level and policy, and does not bind service-linked roles', () => {
    const policies = withOrganization([allowAll, rcpAll, controlPolicy('p-no', policy('Deny', INVOKE), ['ou-1'])])
    const actor = policies.actor(principalOf(policies, 'r'))

    expect(explainAction(policies, actor, INVOKE, MODEL, FACTS).reasons[0]).toMatchObject({
      layer: 'scp',
      level: 'Workloads (ou-1)',
      policy: 'p-no (p-no)',
      statement: 'DenyIt',
    })
    expect(outcome(policies, 'linked')).toBe('ALLOW')
  })

  test('do not bind the management account', () => {
    const denials = [allowAll, rcpAll, controlPolicy('p-no', policy('Deny', INVOKE), ['r-1'])]

    expect(outcome(withOrganization(denials, {managementAccount: ACCOUNT}), 'r')).toBe('ALLOW')
  })

  test('are none where the type is not enabled', () => {
    const {scp, rcp} = withOrganization([allowAll], {policyTypes: ['SERVICE_CONTROL_POLICY']})

    expect(scp).toHaveLength(3)
    expect(rcp).toBeNull()
  })

  test.each([
    ['a level without any policy', [{...allowAll, targets: part(['r-1'])}, rcpAll]],
    ['content that was refused', [{...allowAll, content: refused('organizations:DescribePolicy', 'no')}, rcpAll]],
    [
      'targets that were refused',
      [{...allowAll, targets: refused('organizations:ListTargetsForPolicy', 'no')}, rcpAll],
    ],
    ['policies that were refused', {denied: 'no'}],
  ])('%s leaves the verdict unknown', (_, listed) => {
    expect(outcome(withOrganization(listed), 'r')).toBe('UNKNOWN')
  })

  test('an organisation that was not read leaves the verdict unknown', () => {
    const policies = open(
      buildSnapshot({
        'organizations:organization': {denied: 'no'},
        'organizations:tree': {denied: 'no'},
        'iam:authorization-details': details({roles}),
      }),
    )

    expect([policies.organization, policies.managementAccount]).toEqual([undefined, 'unknown'])
    expect(policies.scp?.[0]?.unread[0]).toContain('organizations:DescribeOrganization: no')
    expect(outcome(policies, 'r')).toBe('UNKNOWN')
  })

  test('a tree that leads in a circle leaves the verdict unknown', () => {
    const values = organization([allowAll, rcpAll])
    const tree = [
      {id: ACCOUNT, arn: '', kind: 'account', name: 'a', parentId: ACCOUNT, status: null, policyTypes: []},
    ] as const
    const policies = open(
      buildSnapshot({...values, 'organizations:tree': tree, 'iam:authorization-details': details({roles})}),
    )

    expect(policies.scp?.[0]?.unread[0]).toContain('circle')
    expect(outcome(policies, 'r')).toBe('UNKNOWN')
  })

  test('conditions on the organisation and the way to the account are settled', () => {
    const inOrganization = {StringEquals: {'aws:PrincipalOrgID': 'o-1'}}
    const inUnit = {'ForAnyValue:StringLike': {'aws:PrincipalOrgPaths': 'o-1/*/ou-1/*'}}
    const document = policy('Allow', '*', {Condition: {...inOrganization, ...inUnit}})
    const policies = open(
      buildSnapshot({
        ...organization([allowAll, rcpAll]),
        'iam:authorization-details': details({roles: [role('r', {inlinePolicies: [{name: 'in', document}]})]}),
      }),
    )

    expect(outcome(policies, 'r')).toBe('ALLOW')
  })
})

describe('actor', () => {
  const onlyHere = policy('Allow', INVOKE, {Condition: {StringEquals: {'aws:SourceVpce': 'vpce-1'}}})
  const endpoint = {
    id: 'vpce-1',
    type: 'Interface',
    vpcId: 'vpc-1',
    service: 'com.amazonaws.eu-central-1.bedrock-runtime',
    serviceRegion: null,
    state: 'available',
    policy: policy('Allow', 's3:*', {Principal: '*'}),
    privateDns: true,
    privateDnsOnlyForResolver: null,
    ipAddressType: null,
    subnetIds: [],
    securityGroupIds: [],
    networkInterfaceIds: [],
    routeTableIds: [],
    dnsNames: [],
    owner: null,
    failure: null,
    createdAt: null,
    tags: [],
  }
  const snapshot = (one: typeof endpoint) =>
    open(
      buildSnapshot({
        ...ALONE,
        'iam:authorization-details': details({
          roles: [role('r', {inlinePolicies: [{name: 'in', document: onlyHere}]})],
        }),
        'ec2:vpc-endpoints': [one],
      }),
    )
  const through = (vpcEndpointId: string) => ({kind: 'endpoint', vpcEndpointId, vpcId: 'vpc-1'}) as const

  test.each([
    ['nothing known of the network', undefined, 'UNKNOWN'],
    ['the internet', {kind: 'internet'} as const, 'DENY'],
    ['an endpoint whose policy does not allow it', through('vpce-1'), 'DENY'],
    ['an endpoint that the snapshot does not hold', through('vpce-2'), 'DENY'],
  ])('through %s', (_, network, expected) => {
    const policies = snapshot(endpoint)
    const actor = policies.actor(principalOf(policies, 'r'), network)

    expect(decideAction(policies, actor, INVOKE, MODEL, FACTS).outcome).toBe(expected)
  })

  test('through an endpoint whose policy allows it', () => {
    const policies = snapshot({...endpoint, policy: policy('Allow', '*', {Principal: '*'})})
    const actor = policies.actor(principalOf(policies, 'r'), through('vpce-1'))

    expect(decideAction(policies, actor, INVOKE, MODEL, FACTS).outcome).toBe('ALLOW')
  })

  test('an endpoint that the snapshot does not hold has no known policy', () => {
    expect(snapshot(endpoint).endpointPolicy('vpce-2')).toBeUndefined()
  })
})

describe('resourcePolicies', () => {
  const GUARDRAIL = `arn:aws:bedrock:${REGION}:${ACCOUNT}:guardrail/g1`
  const guardrail = (resourcePolicy: ReturnType<typeof part<string | null>> | ReturnType<typeof refused>) => ({
    id: 'g1',
    arn: GUARDRAIL,
    name: 'g',
    status: 'READY',
    createdAt: null,
    updatedAt: null,
    draft: refused('bedrock:GetGuardrail', 'no'),
    versions: part([]),
    resourcePolicy,
  })
  const roles = [role('r', {inlinePolicies: [{name: 'in', document: policy('Allow', '*')}]})]
  const withGuardrail = (...given: Parameters<typeof guardrail>) =>
    open(
      buildSnapshot({
        ...ALONE,
        'iam:authorization-details': details({roles}),
        'bedrock:guardrails': [guardrail(...given)],
      }),
    )

  test.each([
    ['none', part(null), 'ALLOW'],
    ['one that denies', part(policy('Deny', '*', {Principal: '*'})), 'DENY'],
    ['one that was refused', refused('bedrock:GetResourcePolicy', 'no'), 'UNKNOWN'],
  ])('a guardrail with %s', (_, resourcePolicy, expected) => {
    expect(outcome(withGuardrail(resourcePolicy), 'r', 'bedrock:ApplyGuardrail', GUARDRAIL)).toBe(expected)
  })

  test.each([
    ['a model', MODEL, null],
    ['everything', '*', null],
    ['a profile', `arn:aws:bedrock:${REGION}:${ACCOUNT}:inference-profile/p`, null],
  ])('%s has none', (_, arn, expected) => {
    expect(withGuardrail(part(null)).resourcePolicies(arn)).toBe(expected)
  })

  test.each([
    ['a bucket, when buckets were not read', 'arn:aws:s3:::logs'],
    ['a key, when keys were not read', `arn:aws:kms:${REGION}:${ACCOUNT}:key/k`],
    ['a function', `arn:aws:lambda:${REGION}:${ACCOUNT}:function:f`],
    ['what another account owns', `arn:aws:bedrock:${REGION}:444455556666:guardrail/g`],
    ['a role that is not there', `arn:aws:iam::${ACCOUNT}:role/gone`],
  ])('%s says that it was not read', (_, arn) => {
    expect(withGuardrail(part(null)).resourcePolicies(arn)?.unread).toHaveLength(1)
  })

  test('a role has its trust policy', () => {
    const found = withGuardrail(part(null)).resourcePolicies(`arn:aws:iam::${ACCOUNT}:role/r`)

    expect(found?.policies.map(({kind}) => kind)).toEqual(['trust'])
  })

  test('a bucket whose policy was read belongs to the account', () => {
    const none = part(null)
    const bucket = {
      name: 'logs',
      uses: [],
      region: none,
      policy: none,
      policyIsPublic: part(false),
      encryption: none,
      publicAccessBlock: none,
      ownership: none,
      versioning: none,
      lifecycle: part([]),
    }
    const policies = open(
      buildSnapshot({...ALONE, 'iam:authorization-details': details({roles}), 's3:buckets': [bucket]}),
    )

    expect(outcome(policies, 'r', 's3:GetObject', 'arn:aws:s3:::logs/a')).toBe('ALLOW')
  })
})

describe('decideCall', () => {
  const caller = role('r', {inlinePolicies: [{name: 'in', document: policy('Allow', '*')}]})
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/batch`
  const place = {partition: 'aws', account: ACCOUNT, region: REGION}
  const call = prepareCall(workloadLegs({kind: 'batch', target: {kind: 'model', modelId: 'm'}, roleArn}, place))
  const decide = (roles: Parameters<typeof details>[0]['roles']) => {
    const policies = open(buildSnapshot({...ALONE, 'iam:authorization-details': details({roles: roles ?? []})}))
    return decideCall(policies, policies.actor(principalOf(policies, 'r')), call, FACTS)
  }
  const batch = (given: Parameters<typeof role>[1]) => role('batch', {trust: trust('bedrock.amazonaws.com'), ...given})

  test('a batch job is judged with its role and the trust of it', () => {
    const allowed = batch({inlinePolicies: [{name: 'in', document: policy('Allow', INVOKE)}]})

    expect(decide([caller, allowed]).outcome).toBe('ALLOW')
  })

  test('a role that does not trust Bedrock decides', () => {
    const untrusting = batch({
      trust: trust('ec2.amazonaws.com'),
      inlinePolicies: [{name: 'in', document: policy('Allow', INVOKE)}],
    })

    expect(decide([caller, untrusting]).deciding).toMatchObject({
      outcome: 'DENY',
      leg: {name: 'trust of the service role'},
    })
  })

  test('a role that is not in the snapshot leaves the verdict unknown', () => {
    expect(decide([caller]).outcome).toBe('UNKNOWN')
  })
})
