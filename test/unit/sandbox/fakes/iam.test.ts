import {beforeEach, describe, expect, test} from 'vitest'
import iam from '../../../../src/lib/sandbox/fakes/iam.js'
import sts from '../../../../src/lib/sandbox/fakes/sts.js'
import {ACCOUNT, ask, aWorld, KEY, type TestWorld} from '../../../support/sandbox-world.js'

const INVOKE = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: '*'}]}
const READ_LOGS = {Version: '2012-10-17', Statement: {Effect: 'Allow', Action: ['logs:Get*'], Resource: '*'}}
const FULL_ACCESS = 'arn:aws:iam::aws:policy/AmazonBedrockFullAccess'
const OWN = `arn:aws:iam::${ACCOUNT}:policy/team/invoke`

let sandbox: TestWorld

beforeEach(() => {
  sandbox = aWorld({
    roles: [
      {name: 'app', attached: ['invoke'], boundary: 'AmazonBedrockReadOnly', lastAccessed: {bedrock: '-3d'}},
      {name: 'admin', path: '/ops/', attached: ['AmazonBedrockFullAccess'], inline: {'a (b)': READ_LOGS}},
    ],
    iam: {
      alias: 'my-account',
      users: [
        {
          name: 'key-user',
          groups: ['readers'],
          attached: ['AmazonBedrockLimitedAccess'],
          tags: {team: 'desk'},
          apiKeys: [
            {id: 'ACCATEST000000000001', createdOn: '-20d'},
            {id: 'ACCATEST000000000002', createdOn: '-20d', expiresOn: '-1d'},
            {id: 'ACCATEST000000000003', createdOn: '-20d', service: 'codecommit.amazonaws.com', active: false},
          ],
        },
        {name: 'sandbox', console: {lastUsed: '-1d'}, mfa: true},
      ],
      groups: [{name: 'readers', inline: {logs: READ_LOGS}}],
      policies: [{name: 'invoke', path: '/team/', document: INVOKE, earlier: [READ_LOGS], description: 'test'}],
    },
  })
})

describe('authorization details', () => {
  const everything = async (Filter?: ('User' | 'Group' | 'Role' | 'LocalManagedPolicy' | 'AWSManagedPolicy')[]) =>
    ask(iam, 'GetAccountAuthorizationDetails', Filter ? {Filter} : {}, sandbox.context())

  test('have every principal, the policies of the account and those of AWS that are in use', async () => {
    const all = await everything()

    expect(all.UserDetailList?.map(({UserName}) => UserName)).toEqual(['key-user', 'sandbox'])
    expect(all.GroupDetailList?.map(({GroupName}) => GroupName)).toEqual(['readers'])
    expect(all.RoleDetailList?.map(({Arn}) => Arn)).toEqual([
      `arn:aws:iam::${ACCOUNT}:role/ops/admin`,
      `arn:aws:iam::${ACCOUNT}:role/app`,
    ])
    expect(all.Policies?.map(({PolicyName}) => PolicyName)).toEqual([
      'invoke',
      'AmazonBedrockFullAccess',
      'AmazonBedrockLimitedAccess',
      'AmazonBedrockReadOnly',
    ])
  })

  test('encode documents as RFC 3986 has it, and mark the version in force', async () => {
    const {Policies = [], RoleDetailList = []} = await everything(['Role', 'LocalManagedPolicy'])

    const [version, earlier] = Policies[0]?.PolicyVersionList ?? []
    expect([version?.VersionId, version?.IsDefaultVersion, earlier?.IsDefaultVersion]).toEqual(['v2', true, false])
    expect(version?.Document).toMatch(/^%7B%22Version%22.*%22%2A%22/)
    expect(JSON.parse(decodeURIComponent(version?.Document ?? ''))).toEqual(INVOKE)
    expect(RoleDetailList[0]?.RolePolicyList?.[0]?.PolicyName).toBe('a (b)')
    expect(RoleDetailList[1]?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(
      'arn:aws:iam::aws:policy/AmazonBedrockReadOnly',
    )
  })

  test('page through all lists in one row, by a marker that is good for them alone', async () => {
    const names: unknown[] = []
    let Marker: string | undefined
    do {
      const page = await ask(
        iam,
        'GetAccountAuthorizationDetails',
        {MaxItems: 2, ...(Marker !== undefined && {Marker})},
        sandbox.context(),
      )
      names.push(...(page.UserDetailList ?? []), ...(page.GroupDetailList ?? []), ...(page.RoleDetailList ?? []))
      names.push(...(page.Policies ?? []))
      expect(page.IsTruncated).toBe(page.Marker !== undefined)
      Marker = page.Marker
    } while (Marker !== undefined)

    expect(names).toHaveLength(9)
    const {Marker: ofUsers = ''} = await ask(iam, 'ListUsers', {MaxItems: 1}, sandbox.context())
    await expect(ask(iam, 'ListRoles', {Marker: ofUsers}, sandbox.context())).rejects.toMatchObject({
      code: 'ValidationError',
    })
  })
})

test('lists leave out what only Get has', async () => {
  const {Users = []} = await ask(iam, 'ListUsers', {}, sandbox.context())
  const {User} = await ask(iam, 'GetUser', {UserName: 'key-user'}, sandbox.context())

  expect(Users[0]).not.toHaveProperty('Tags')
  expect(User?.Tags).toEqual([{Key: 'team', Value: 'desk'}])
  expect(User).not.toHaveProperty('PasswordLastUsed')
})

test('a caller who names nobody means itself, under the id that STS gives', async () => {
  const {User} = await ask(iam, 'GetUser', {}, sandbox.context())
  const {UserId} = await ask(sts, 'GetCallerIdentity', {}, sandbox.context())

  expect([User?.UserName, User?.UserId]).toEqual(['sandbox', UserId])
  await expect(ask(iam, 'GetUser', {}, sandbox.context({accessKeyId: undefined}))).rejects.toMatchObject({
    code: 'ValidationError',
  })
})

test('path prefixes narrow the lists', async () => {
  const {Roles = []} = await ask(iam, 'ListRoles', {PathPrefix: '/ops'}, sandbox.context())
  const {Policies = []} = await ask(iam, 'ListPolicies', {PathPrefix: '/team/'}, sandbox.context())

  expect(Roles.map(({RoleName}) => RoleName)).toEqual(['admin'])
  expect(Policies.map(({Arn, AttachmentCount}) => [Arn, AttachmentCount])).toEqual([[OWN, 1]])
})

test('policies are told apart by owner and by use', async () => {
  const names = async (input: Parameters<NonNullable<typeof iam.ListPolicies>>[0]) =>
    ((await ask(iam, 'ListPolicies', input, sandbox.context())).Policies ?? []).map(({PolicyName}) => PolicyName)

  expect(await names({Scope: 'Local'})).toEqual(['invoke'])
  expect(await names({Scope: 'AWS'})).toContain('AdministratorAccess')
  expect(await names({OnlyAttached: true, PolicyUsageFilter: 'PermissionsBoundary'})).toEqual(['AmazonBedrockReadOnly'])
})

test('a policy names whom it is attached to', async () => {
  const entities = await ask(iam, 'ListEntitiesForPolicy', {PolicyArn: FULL_ACCESS}, sandbox.context())
  const {PolicyVersion} = await ask(
    iam,
    'GetPolicyVersion',
    {PolicyArn: FULL_ACCESS, VersionId: 'v10'},
    sandbox.context(),
  )

  expect(entities.PolicyRoles?.map(({RoleName}) => RoleName)).toEqual(['admin'])
  expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toContain('bedrock:*')
})

test.each([
  ['GetRole', {RoleName: 'nobody'}],
  ['GetUser', {UserName: 'nobody'}],
  ['GetGroup', {GroupName: 'nobody'}],
  ['GetPolicy', {PolicyArn: 'arn:aws:iam::aws:policy/Nothing'}],
  ['GetRolePolicy', {RoleName: 'app', PolicyName: 'nothing'}],
  ['GetLoginProfile', {UserName: 'key-user'}],
  ['GetPolicyVersion', {PolicyArn: FULL_ACCESS, VersionId: 'v1'}],
  ['GetServiceLastAccessedDetails', {JobId: '00000000-0000-0000-0000-000000000000'}],
] as const)('%s of what is not there is NoSuchEntity', async (operation, input) => {
  await expect(ask(iam, operation, input as never, sandbox.context())).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  })
})

describe('API keys', () => {
  test('of all users are listed by service, expired ones as such', async () => {
    const input = {AllUsers: true, ServiceName: 'bedrock.amazonaws.com'}
    const {ServiceSpecificCredentials = []} = await ask(iam, 'ListServiceSpecificCredentials', input, sandbox.context())

    expect(
      ServiceSpecificCredentials.map(({Status, ExpirationDate}) => [Status, ExpirationDate?.toISOString()]),
    ).toEqual([
      ['Active', undefined],
      ['Expired', '2026-11-20T12:00:00.000Z'],
    ])
    expect(ServiceSpecificCredentials[0]).toMatchObject({
      UserName: 'key-user',
      ServiceCredentialAlias: `key-user-at-${ACCOUNT}`,
      ServiceSpecificCredentialId: 'ACCATEST000000000001',
    })
  })

  test('without a user are those of the caller', async () => {
    expect(await ask(iam, 'ListServiceSpecificCredentials', {}, sandbox.context())).toEqual({
      ServiceSpecificCredentials: [],
    })
  })
})

test('the key that signs is an access key of its user, in use today', async () => {
  const {AccessKeyMetadata = []} = await ask(iam, 'ListAccessKeys', {}, sandbox.context())
  const use = await ask(iam, 'GetAccessKeyLastUsed', {AccessKeyId: KEY}, sandbox.context())

  expect(AccessKeyMetadata.map(({AccessKeyId, Status}) => [AccessKeyId, Status])).toEqual([[KEY, 'Active']])
  expect(use).toMatchObject({UserName: 'sandbox', AccessKeyLastUsed: {ServiceName: 'sts'}})
  await expect(
    ask(iam, 'GetAccessKeyLastUsed', {AccessKeyId: 'AKIAOFSOMEBODYELSE00'}, sandbox.context()),
  ).rejects.toMatchObject({code: 'AccessDenied'})
})

describe('the credential report', () => {
  const state = async () => (await ask(iam, 'GenerateCredentialReport', {}, sandbox.context())).State

  test('is made in its time, kept for four hours, and has a row for each user', async () => {
    const read = () => ask(iam, 'GetCredentialReport', {}, sandbox.context())

    await expect(read()).rejects.toMatchObject({name: 'CredentialReportNotPresentException'})
    expect([await state(), await state()]).toEqual(['STARTED', 'INPROGRESS'])
    await expect(read()).rejects.toMatchObject({name: 'CredentialReportNotReadyException'})

    sandbox.advance(2000)
    expect(await state()).toBe('COMPLETE')
    const rows = Buffer.from((await read()).Content ?? [])
      .toString()
      .split('\n')
      .map((row) => row.split(','))
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([22]))
    expect(rows.map(([user]) => user)).toEqual(['user', '<root_account>', 'key-user', 'sandbox'])

    sandbox.advance(4 * 3_600_000)
    await expect(read()).rejects.toMatchObject({name: 'CredentialReportExpiredException'})
    expect(await state()).toBe('STARTED')
  })
})

describe('service last accessed details', () => {
  const report = async (Arn: string) => {
    const {JobId = ''} = await ask(iam, 'GenerateServiceLastAccessedDetails', {Arn}, sandbox.context())
    const first = await ask(iam, 'GetServiceLastAccessedDetails', {JobId}, sandbox.context())
    expect([first.JobStatus, first.ServicesLastAccessed]).toEqual(['IN_PROGRESS', []])
    sandbox.advance(2000)
    return ask(iam, 'GetServiceLastAccessedDetails', {JobId}, sandbox.context())
  }

  test('name each service that the policies grant, used or not', async () => {
    const {JobStatus, ServicesLastAccessed = []} = await report(`arn:aws:iam::${ACCOUNT}:role/app`)

    expect(JobStatus).toBe('COMPLETED')
    expect(ServicesLastAccessed).toEqual([
      expect.objectContaining({
        ServiceNamespace: 'bedrock',
        LastAuthenticated: new Date('2026-11-18T12:00:00Z'),
        TotalAuthenticatedEntities: 1,
      }),
    ])
  })

  test('of a user count the policies of its groups', async () => {
    const {ServicesLastAccessed = []} = await report(`arn:aws:iam::${ACCOUNT}:user/key-user`)

    const namespaces = ServicesLastAccessed.map(({ServiceNamespace}) => ServiceNamespace)
    expect(namespaces).toContain('logs')
    expect(namespaces).toContain('bedrock')
    expect(ServicesLastAccessed.every((service) => service.LastAuthenticated === undefined)).toBe(true)
  })

  test('of a policy tell of whom it is attached to', async () => {
    const {ServicesLastAccessed = []} = await report(OWN)

    expect(ServicesLastAccessed[0]?.LastAuthenticatedEntity).toBe(`arn:aws:iam::${ACCOUNT}:role/app`)
  })
})

test('GovCloud’s ARNs, those in AWS’s own documents included, are of its partition', async () => {
  const gov = aWorld({partition: 'aws-us-gov', roles: [{name: 'app', attached: ['AmazonBedrockFullAccess']}]})

  const {Policies = [], RoleDetailList = []} = await ask(iam, 'GetAccountAuthorizationDetails', {}, gov.context())

  const text = JSON.stringify([
    RoleDetailList,
    Policies[0]?.Arn,
    decodeURIComponent(Policies[0]?.PolicyVersionList?.[0]?.Document ?? ''),
  ])
  expect(text).toContain('arn:aws-us-gov:iam::aws:policy/AmazonBedrockFullAccess')
  expect(text).not.toContain('arn:aws:')
})

test.each([
  ['a policy nobody has', {roles: [{name: 'app', attached: ['Nothing']}]}, 'Nothing'],
  ['a group nobody has', {iam: {users: [{name: 'u', groups: ['ghosts']}]}}, 'ghosts'],
])('a scenario that names %s is refused', (_what, account, named) => {
  expect(() => aWorld(account)).toThrow(named)
})
