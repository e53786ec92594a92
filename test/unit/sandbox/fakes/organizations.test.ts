import {beforeEach, describe, expect, test} from 'vitest'
import organizations from '../../../../src/lib/sandbox/fakes/organizations.js'
import type {ScenarioOrganization} from '../../../../src/lib/sandbox/world/scenario.schema.js'
import {ACCOUNT, anAccount, ask, aWorld, type TestWorld} from '../../../support/sandbox-world.js'

const MEMBER = '222233334444'
const DELEGATE = '333344445555'
const DENY = {Version: '2012-10-17', Statement: [{Effect: 'Deny', Action: 'bedrock:*', Resource: '*'}]}
const optOut = (choice: string, closed = false) => ({
  services: {
    default: {
      opt_out_policy: {'@@assign': choice, ...(closed && {'@@operators_allowed_for_child_policies': ['@@none']})},
    },
  },
})

const ORGANIZATION: ScenarioOrganization = {
  id: 'o-sandboxtest',
  managementAccount: ACCOUNT,
  delegatedAdministrators: [DELEGATE],
  policyTypes: ['SERVICE_CONTROL_POLICY', 'AISERVICES_OPT_OUT_POLICY'],
  policies: [
    {id: 'p-denybedrock', name: 'deny', type: 'SERVICE_CONTROL_POLICY', document: DENY},
    {id: 'p-optout0001', name: 'opt-out', type: 'AISERVICES_OPT_OUT_POLICY', document: optOut('optOut', true)},
    {id: 'p-optin00001', name: 'opt-in', type: 'AISERVICES_OPT_OUT_POLICY', document: optOut('optIn')},
    {id: 'p-rcp0000001', name: 'perimeter', type: 'RESOURCE_CONTROL_POLICY', document: DENY},
  ],
  root: {
    id: 'r-test',
    accounts: [{id: ACCOUNT}],
    units: [
      {id: 'ou-test-workloads', name: 'Workloads', policies: ['deny', 'opt-out']},
      {
        id: 'ou-test-production',
        name: 'Production',
        parent: 'ou-test-workloads',
        policies: ['opt-in'],
        accounts: [{id: MEMBER, allowList: true}, {id: DELEGATE}],
      },
    ],
  },
  members: [{id: DELEGATE, name: 'audit'}],
}

let sandbox: TestWorld
const as = (account: string) => sandbox.context({account})

beforeEach(() => {
  sandbox = aWorld({}, [anAccount({id: MEMBER, name: 'member', keys: [], bearerToken: 'ABSKmember'})], ORGANIZATION)
})

test('an account outside any organisation is told so', async () => {
  const alone = aWorld().context()

  for (const operation of ['DescribeOrganization', 'ListAccounts', 'ListRoots'] as const) {
    await expect(ask(organizations, operation, {}, alone)).rejects.toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
    })
  }
})

test('members see the organisation, and no more; a delegate sees what the management account does', async () => {
  const {Organization} = await ask(organizations, 'DescribeOrganization', {}, as(MEMBER))
  expect(Organization).toMatchObject({Id: 'o-sandboxtest', MasterAccountId: ACCOUNT, FeatureSet: 'ALL'})

  await expect(ask(organizations, 'ListAccounts', {}, as(MEMBER))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  })
  const {Accounts = []} = await ask(organizations, 'ListAccounts', {}, as(DELEGATE))
  expect(Accounts.map(({Id, Name, Arn}) => [Id, Name, Arn])).toEqual([
    [ACCOUNT, 'test', `arn:aws:organizations::${ACCOUNT}:account/o-sandboxtest/${ACCOUNT}`],
    [MEMBER, 'member', `arn:aws:organizations::${ACCOUNT}:account/o-sandboxtest/${MEMBER}`],
    [DELEGATE, 'audit', `arn:aws:organizations::${ACCOUNT}:account/o-sandboxtest/${DELEGATE}`],
  ])
})

test('the tree is walked down and up', async () => {
  const context = sandbox.context()
  const {Roots: [root] = []} = await ask(organizations, 'ListRoots', {}, context)
  const children = async (ParentId: string, ChildType: 'ACCOUNT' | 'ORGANIZATIONAL_UNIT') =>
    ((await ask(organizations, 'ListChildren', {ParentId, ChildType}, context)).Children ?? []).map(({Id}) => Id)

  expect(root?.PolicyTypes?.map(({Type}) => Type)).toEqual(['SERVICE_CONTROL_POLICY', 'AISERVICES_OPT_OUT_POLICY'])
  expect(await children('r-test', 'ORGANIZATIONAL_UNIT')).toEqual(['ou-test-workloads'])
  expect(await children('ou-test-workloads', 'ORGANIZATIONAL_UNIT')).toEqual(['ou-test-production'])
  expect(await children('ou-test-production', 'ACCOUNT')).toEqual([MEMBER, DELEGATE])
  const {Parents} = await ask(organizations, 'ListParents', {ChildId: MEMBER}, context)
  expect(Parents).toEqual([{Id: 'ou-test-production', Type: 'ORGANIZATIONAL_UNIT'}])
})

test('pages go on where they stopped, and a foreign token is refused', async () => {
  const context = sandbox.context()
  const first = await ask(organizations, 'ListAccounts', {MaxResults: 2}, context)
  const second = await ask(organizations, 'ListAccounts', {MaxResults: 2, NextToken: first.NextToken}, context)

  expect([first.Accounts?.length, second.Accounts?.length, second.NextToken]).toEqual([2, 1, undefined])
  await expect(ask(organizations, 'ListRoots', {NextToken: first.NextToken}, context)).rejects.toMatchObject({
    name: 'InvalidInputException',
  })
})

describe('policies', () => {
  test('are listed by type, those of AWS first; a type that is not enabled has none', async () => {
    const names = async (Filter: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY') =>
      ((await ask(organizations, 'ListPolicies', {Filter}, sandbox.context())).Policies ?? []).map(({Name}) => Name)

    expect(await names('SERVICE_CONTROL_POLICY')).toEqual(['FullAWSAccess', 'deny'])
    expect(await names('RESOURCE_CONTROL_POLICY')).toEqual([])
  })

  test('say what they are attached to; FullAWSAccess is everywhere but where it was detached', async () => {
    const context = sandbox.context()
    const targets = async (PolicyId: string) =>
      ((await ask(organizations, 'ListTargetsForPolicy', {PolicyId}, context)).Targets ?? []).map(
        ({TargetId}) => TargetId,
      )

    expect(await targets('p-denybedrock')).toEqual(['ou-test-workloads'])
    expect(await targets('p-FullAWSAccess')).toEqual([
      'r-test',
      'ou-test-workloads',
      'ou-test-production',
      ACCOUNT,
      DELEGATE,
    ])
    const input = {TargetId: 'ou-test-workloads', Filter: 'SERVICE_CONTROL_POLICY'} as const
    const {Policies = []} = await ask(organizations, 'ListPoliciesForTarget', input, context)
    expect(Policies.map(({Id, AwsManaged}) => [Id, AwsManaged])).toEqual([
      ['p-FullAWSAccess', true],
      ['p-denybedrock', false],
    ])
  })

  test('have their document as text', async () => {
    const {Policy} = await ask(organizations, 'DescribePolicy', {PolicyId: 'p-denybedrock'}, sandbox.context())

    expect(JSON.parse(Policy?.Content ?? '')).toEqual(DENY)
    expect(Policy?.PolicySummary?.Arn).toBe(
      `arn:aws:organizations::${ACCOUNT}:policy/o-sandboxtest/service_control_policy/p-denybedrock`,
    )
  })

  test.each([
    ['DescribePolicy', {PolicyId: 'p-nothing000'}, 'PolicyNotFoundException'],
    ['ListPoliciesForTarget', {TargetId: 'r-none', Filter: 'SERVICE_CONTROL_POLICY'}, 'TargetNotFoundException'],
    ['ListAccountsForParent', {ParentId: 'r-none'}, 'ParentNotFoundException'],
    ['ListParents', {ChildId: 'r-test'}, 'ChildNotFoundException'],
    ['DescribeAccount', {AccountId: '999999999999'}, 'AccountNotFoundException'],
  ] as const)('%s of what is not there is refused by its name', async (operation, input, name) => {
    await expect(ask(organizations, operation, input as never, sandbox.context())).rejects.toMatchObject({name})
  })
})

describe('the effective policy', () => {
  test('keeps what a level above closed, and a member may ask for its own', async () => {
    const input = {PolicyType: 'AISERVICES_OPT_OUT_POLICY'} as const
    const {EffectivePolicy} = await ask(organizations, 'DescribeEffectivePolicy', input, as(MEMBER))

    expect(JSON.parse(EffectivePolicy?.PolicyContent ?? '')).toEqual({
      services: {default: {opt_out_policy: 'optOut'}},
    })
    expect(EffectivePolicy?.TargetId).toBe(MEMBER)
  })

  test('is missing where no level has one', async () => {
    const input = {PolicyType: 'AISERVICES_OPT_OUT_POLICY', TargetId: ACCOUNT} as const

    await expect(ask(organizations, 'DescribeEffectivePolicy', input, sandbox.context())).rejects.toMatchObject({
      name: 'EffectivePolicyNotFoundException',
    })
  })

  test('of another account is for those who may read the organisation', async () => {
    const input = {PolicyType: 'AISERVICES_OPT_OUT_POLICY', TargetId: MEMBER} as const

    await expect(
      ask(organizations, 'DescribeEffectivePolicy', {...input, TargetId: DELEGATE}, as(MEMBER)),
    ).rejects.toMatchObject({name: 'AccessDeniedException'})
    const {EffectivePolicy} = await ask(organizations, 'DescribeEffectivePolicy', input, as(DELEGATE))
    expect(EffectivePolicy?.PolicyContent).toContain('optOut')
  })
})

test.each<[string, Partial<ScenarioOrganization>, string]>([
  [
    'attaches a policy of a type that is not enabled',
    {root: {...ORGANIZATION.root, policies: ['perimeter']}},
    'perimeter',
  ],
  ['attaches a policy nobody wrote', {root: {...ORGANIZATION.root, policies: ['ghost']}}, 'ghost'],
  [
    'seats an account nothing is known of',
    {root: {...ORGANIZATION.root, accounts: [{id: '999999999999'}]}},
    '999999999999',
  ],
  ['leaves out its management account', {root: {id: 'r-test'}}, 'managementAccount'],
])('a scenario that %s is refused', (_what, members, named) => {
  const member = anAccount({id: MEMBER, name: 'member', keys: [], bearerToken: 'ABSKmember'})

  expect(() => aWorld({}, [member], {...ORGANIZATION, ...members})).toThrow(named)
})
