// An account as large ones are: ten thousand principals made from a few hundred policies, below control policies, with
// profiles in many Regions. Everything follows from the numbers alone, so two runs judge the same.

const ACCOUNT = '111122223333'
const DESTINATIONS = ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3']
const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream']

export interface LargeAccountInput {
  readonly principals: number
  readonly regions: readonly string[]
  readonly modelsPerRegion: number
}

interface Holder {
  readonly inline: readonly object[]
  readonly attached: readonly string[]
  readonly groups: readonly string[]
}

/** The reads of such an account: read id → Region → value, as the cases of checks write them. */
export function largeAccount({principals, regions, modelsPerRegion}: LargeAccountInput): Record<string, unknown> {
  const indices = Array.from({length: principals}, (_, index) => index)
  const users = indices.filter((index) => index % 10 === 9).map((index) => userOf(index))
  const roles = indices.filter((index) => index % 10 !== 9).map((index) => roleOf(index))
  return {
    'iam:authorization-details': {users, roles, groups: groups(), policies: managedPolicies()},
    'iam:service-specific-credentials': users.slice(0, 50).map(({name}) => keyOf(name)),
    'bedrock:inference-profiles': Object.fromEntries(
      regions.map((region) => [region, profiles(region, modelsPerRegion)]),
    ),
    'bedrock:foundation-models': Object.fromEntries(regions.map((region) => [region, models(region, modelsPerRegion)])),
    ...organization(),
  }
}

/** By place in the list: most have nothing to do with Bedrock, some call it as others do, a few have a policy of their own. */
function holderOf(index: number): Holder {
  const common = [own(`team-${index % 200}`), ...(index % 3 === 0 ? [own('read-only')] : [])]
  if (index % 100 === 0) return {inline: [], attached: [aws('AdministratorAccess')], groups: []}
  if (index % 100 === 1) return {inline: [], attached: [...common, aws('AmazonBedrockFullAccess')], groups: []}
  if (index % 100 < 5) return {inline: [personal(index)], attached: common, groups: []}
  if (index % 100 < 25)
    return {inline: [buckets(index)], attached: [...common, own(`bedrock-${index % 20}`)], groups: []}
  return {inline: index % 5 < 2 ? [buckets(index)] : [], attached: common, groups: [`group-${index % 40}`]}
}

function userOf(index: number) {
  const {inline, attached, groups: names} = holderOf(index)
  return {...identity('user', `user-${index}`, inline, attached), groups: names}
}

function roleOf(index: number) {
  const {inline, attached} = holderOf(index)
  const trust = {Effect: 'Allow', Principal: {Service: 'ecs-tasks.amazonaws.com'}, Action: 'sts:AssumeRole'}
  return {
    ...identity('role', `role-${index}`, inline, attached),
    trust: document([trust]),
    ...(index % 4 === 0 && index % 100 !== 0 && {boundaryArn: own('boundary')}),
    lastUsedAt: '2026-11-20T00:00:00.000Z',
  }
}

function identity(kind: 'user' | 'role', name: string, inline: readonly object[], attachedPolicies: readonly string[]) {
  return {
    id: name,
    arn: `arn:aws:iam::${ACCOUNT}:${kind}/${name}`,
    name,
    path: '/',
    createdAt: '2025-01-01T00:00:00.000Z',
    inlinePolicies: inline.map((statement) => ({name: 'own', document: document([statement])})),
    attachedPolicies,
    tags: [{key: 'team', value: `team-${name.length}`}],
  }
}

function groups() {
  return Array.from({length: 40}, (_, index) => ({
    id: `group-${index}`,
    arn: `arn:aws:iam::${ACCOUNT}:group/group-${index}`,
    name: `group-${index}`,
    path: '/',
    attachedPolicies: [own(index % 8 === 0 ? 'bedrock-0' : 'read-only')],
  }))
}

function managedPolicies() {
  const teams = Array.from({length: 200}, (_, index) => managed(own(`team-${index}`), teamStatements(index)))
  const bedrock = Array.from({length: 20}, (_, index) => managed(own(`bedrock-${index}`), bedrockStatements(index)))
  return [
    ...teams,
    ...bedrock,
    managed(own('read-only'), [
      {Effect: 'Allow', Action: ['ec2:Describe*', 's3:List*', 'logs:Describe*'], Resource: '*'},
    ]),
    managed(own('boundary'), [
      {Effect: 'Allow', Action: ['bedrock:Invoke*', 's3:*', 'logs:*', 'ec2:*', 'sqs:*'], Resource: '*'},
    ]),
    managed(aws('AdministratorAccess'), [{Effect: 'Allow', Action: '*', Resource: '*'}]),
    managed(aws('AmazonBedrockFullAccess'), [{Effect: 'Allow', Action: 'bedrock:*', Resource: '*'}]),
  ]
}

function managed(arn: string, statements: readonly object[]) {
  return {arn, name: arn.slice(arn.lastIndexOf('/') + 1), document: document(statements), attachments: 1}
}

function teamStatements(index: number): readonly object[] {
  return Array.from({length: 12}, (_, part) => ({
    Sid: `Part${part}`,
    Effect: part === 11 ? 'Deny' : 'Allow',
    Action: ['s3:Get*', 'sqs:SendMessage', 'logs:PutLogEvents', 'dynamodb:Query'],
    Resource: [`arn:aws:s3:::data-${index}-${part}/*`, `arn:aws:sqs:*:${ACCOUNT}:queue-${index}-${part}`],
    Condition: {StringEquals: {'aws:RequestedRegion': DESTINATIONS}},
  }))
}

function bedrockStatements(index: number): readonly object[] {
  const profile = `arn:aws:bedrock:eu-central-1:${ACCOUNT}:inference-profile/eu.vendor.model-${index}`
  const destinations = DESTINATIONS.slice(0, index % 2 === 0 ? 4 : 2)
  return [
    {Sid: 'Profile', Effect: 'Allow', Action: INVOKE, Resource: profile},
    {
      Sid: 'Models',
      Effect: 'Allow',
      Action: INVOKE,
      Resource: destinations.map((region) => `arn:aws:bedrock:${region}::foundation-model/vendor.model-${index}`),
      Condition: {StringEquals: {'bedrock:InferenceProfileArn': profile}},
    },
    {Sid: 'Look', Effect: 'Allow', Action: ['bedrock:Get*', 'bedrock:List*'], Resource: '*'},
  ]
}

/** Of one principal alone. */
function personal(index: number): object {
  const resource = `arn:aws:bedrock:eu-central-1::foundation-model/vendor.model-${index % 30}`
  return {
    Effect: 'Allow',
    Action: INVOKE,
    Resource: [resource, `arn:aws:bedrock:*:${ACCOUNT}:custom-model-deployment/${index}`],
  }
}

function buckets(index: number): object {
  return {Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `arn:aws:s3:::bucket-${index}/*`}
}

function keyOf(user: string) {
  return {
    id: `ACCA${user}`,
    user,
    service: 'bedrock.amazonaws.com',
    status: 'Active',
    createdAt: '2026-10-01T00:00:00.000Z',
  }
}

function profiles(region: string, count: number) {
  return Array.from({length: count}, (_, index) => index).flatMap((index) => {
    const model = `vendor.model-${index}`
    const at = (place: string) => `arn:aws:bedrock:${place}::foundation-model/${model}`
    const one = (id: string, modelArns: readonly string[]) => ({
      id,
      arn: `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/${id}`,
      name: id,
      type: 'SYSTEM_DEFINED',
      status: 'ACTIVE',
      modelArns,
    })
    return [
      one(`eu.${model}`, [...new Set([region, ...DESTINATIONS])].map(at)),
      one(`global.${model}`, [at(region), at('')]),
    ]
  })
}

function models(region: string, count: number) {
  return Array.from({length: count}, (_, index) => ({
    id: `vendor.model-${index}`,
    arn: `arn:aws:bedrock:${region}::foundation-model/vendor.model-${index}`,
    name: `Model ${index}`,
    provider: 'Vendor',
    status: 'ACTIVE',
    inferenceTypes: ['ON_DEMAND'],
  }))
}

/** Regions are denied to all but one role, and the evidence is kept. */
function organization() {
  const exempt = {ArnNotLike: {'aws:PrincipalArn': `arn:aws:iam::*:role/platform-*`}}
  const policy = (id: string, name: string, statements: readonly object[], targets: readonly string[]) => ({
    id,
    arn: `arn:aws:organizations::999988887777:policy/o-large/service_control_policy/${id}`,
    name,
    type: 'SERVICE_CONTROL_POLICY',
    content: document(statements),
    targets,
  })
  const everywhere = ['r-1', 'ou-1', ACCOUNT]
  return {
    'organizations:organization': {id: 'o-large', featureSet: 'ALL', managementAccount: '999988887777'},
    'organizations:tree': [
      {id: 'r-1', kind: 'root', name: 'Root', policyTypes: ['SERVICE_CONTROL_POLICY']},
      {id: 'ou-1', kind: 'unit', name: 'Workloads', parentId: 'r-1'},
      {id: ACCOUNT, kind: 'account', name: 'large', parentId: 'ou-1'},
    ],
    'organizations:policies': [
      policy('p-full', 'FullAWSAccess', [{Effect: 'Allow', Action: '*', Resource: '*'}], everywhere),
      policy(
        'p-regions',
        'regions',
        [
          {
            Effect: 'Deny',
            NotAction: ['iam:*', 'sts:*', 'organizations:*'],
            Resource: '*',
            Condition: {StringNotEquals: {'aws:RequestedRegion': DESTINATIONS}, ...exempt},
          },
        ],
        ['ou-1'],
      ),
      policy(
        'p-evidence',
        'evidence',
        [
          {
            Effect: 'Deny',
            Action: ['cloudtrail:StopLogging', 'bedrock:DeleteGuardrail'],
            Resource: '*',
            Condition: exempt,
          },
        ],
        ['r-1'],
      ),
    ],
  }
}

function own(name: string): string {
  return `arn:aws:iam::${ACCOUNT}:policy/${name}`
}

function aws(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`
}

function document(statements: readonly object[]): string {
  return JSON.stringify({Version: '2012-10-17', Statement: statements})
}
