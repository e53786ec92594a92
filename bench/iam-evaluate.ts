// Evaluating a whole account: npm run bench -- iam-evaluate [--rounds N] [--assert]
// 500 principals × 20 workloads × 5 legs with policies as accounts have them, in one thread; compiling is timed apart.
import {callerContext} from '../src/lib/iam/caller-context.js'
import {type CompiledPolicy, compilePolicy} from '../src/lib/iam/compile-policy.js'
import {type Actor, explainLeg, judgeCall, type PreparedCall, prepareCall} from '../src/lib/iam/legs/judge-call.js'
import type {CallPlace} from '../src/lib/iam/legs/leg.js'
import {workloadLegs} from '../src/lib/iam/legs/workload-legs.js'
import type {PolicyKind} from '../src/lib/iam/policy-document.js'
import {layersOf} from '../src/lib/iam/policy-layers.js'
import type {Principal} from '../src/lib/iam/principal.js'
import {readIamFacts} from '../src/lib/iam/read-iam-facts.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'

const PRINCIPALS = 500
const WORKLOADS = 20
const PLACE: CallPlace = {partition: 'aws', account: '111122223333', region: 'eu-central-1'}
const DESTINATIONS = ['eu-central-1', 'eu-west-1', 'eu-west-3', 'eu-north-1']
const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream']

const ADMINISTRATOR = [{Effect: 'Allow', Action: '*', Resource: '*'}]
const LEAST = [
  {Sid: 'Profile', Effect: 'Allow', Action: INVOKE, Resource: 'arn:aws:bedrock:eu-central-1:*:inference-profile/eu.*'},
  {
    Sid: 'Models',
    Effect: 'Allow',
    Action: INVOKE,
    Resource: DESTINATIONS.map((region) => `arn:aws:bedrock:${region}::foundation-model/anthropic.*`),
    Condition: {ArnLike: {'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/eu.*'}},
  },
]
const REGION_DENY = [
  {
    Sid: 'Regions',
    Effect: 'Deny',
    NotAction: ['iam:*', 'sts:*', 'organizations:*', 'route53:*', 'support:*', 'cloudfront:*'],
    Resource: '*',
    Condition: {
      StringNotEquals: {'aws:RequestedRegion': [...DESTINATIONS, 'unspecified']},
      ArnNotLike: {'aws:PrincipalArn': 'arn:aws:iam::*:role/AWSControlTowerExecution'},
    },
  },
]
const MODEL_DENY = [
  {Sid: 'Models', Effect: 'Deny', Action: 'bedrock:Invoke*', Resource: 'arn:aws:bedrock:*::foundation-model/*-1?'},
]
const BOUNDARY = [{Effect: 'Allow', Action: ['bedrock:*', 's3:*', 'logs:*'], Resource: '*'}]

const rounds = numberOption('rounds', 7)
const facts = readIamFacts()
const calls = Array.from({length: WORKLOADS}, (_, index) => callOf(index))
const legCount = calls.reduce((sum, {legs}) => sum + legs.length, 0) * PRINCIPALS

const compileTimes: number[] = []
const judgeTimes: number[] = []
let actors: readonly Actor[] = []
let outcomes = new Map<string, number>()
for (let round = 0; round <= rounds; round += 1) {
  const started = performance.now()
  actors = makeActors()
  const compiled = performance.now()
  outcomes = judgeAll(actors, calls)
  const judged = performance.now()
  if (round === 0) continue
  compileTimes.push(compiled - started)
  judgeTimes.push(judged - compiled)
}
report()

/** The first of these rounds of judging finds no statement looked up before, as in a process of its own. */
function judgeAll(all: readonly Actor[], prepared: readonly PreparedCall[]): Map<string, number> {
  const counted = new Map<string, number>()
  for (const caller of all) {
    for (const call of prepared) {
      const {outcome} = judgeCall(call, {caller, resourcePolicies: () => null}, facts)
      counted.set(outcome, (counted.get(outcome) ?? 0) + 1)
    }
  }
  return counted
}

/** Five legs: a profile, its source and three more destinations. */
function callOf(index: number): PreparedCall {
  const modelId = `anthropic.claude-${index}`
  const target = {kind: 'geographic-profile', profileId: `eu.${modelId}`, modelId, destinations: DESTINATIONS} as const
  return prepareCall(workloadLegs({kind: 'invoke', target, streaming: index % 2 === 1, guardrail: null}, PLACE))
}

/** Managed policies are compiled once for all; every principal has one of its own besides. */
function makeActors(): readonly Actor[] {
  const shared = [policy('identity', ADMINISTRATOR), policy('identity', bedrockFullAccess()), policy('identity', LEAST)]
  const scp = [
    {name: 'root', policies: [policy('scp', ADMINISTRATOR), policy('scp', REGION_DENY)], unread: []},
    {name: 'workloads', policies: [policy('scp', ADMINISTRATOR), policy('scp', MODEL_DENY)], unread: []},
    {name: 'account', policies: [policy('scp', ADMINISTRATOR)], unread: []},
  ]
  const boundary = {policies: [policy('boundary', BOUNDARY)], unread: []}
  return Array.from({length: PRINCIPALS}, (_, index) => {
    const arn = `arn:${PLACE.partition}:iam::${PLACE.account}:role/app-${index}`
    const principal: Principal = {kind: 'role', arn, account: PLACE.account}
    const managed = shared[index % (shared.length + 1)]
    const policies = [policy('identity', longPolicy(index)), ...(managed ? [managed] : [])]
    return {
      principal,
      layers: layersOf({identity: {policies, unread: []}, boundary: index % 3 === 0 ? boundary : null, scp}),
      context: callerContext(principal, {tags: {team: `team-${index % 10}`}, organization: 'o-example'}),
    }
  })
}

function policy(kind: PolicyKind, statements: readonly object[]): CompiledPolicy {
  const compiled = compilePolicy(JSON.stringify({Version: '2012-10-17', Statement: statements}), {kind, name: kind})
  if (compiled.refused) throw new Error(JSON.stringify(compiled.problems))
  return compiled
}

/** A managed policy close to its limit of 6,144 characters, for many services. */
function longPolicy(index: number): readonly object[] {
  const statements: object[] = [
    {
      Effect: 'Allow',
      Action: INVOKE,
      Resource: [
        `arn:aws:bedrock:*:*:inference-profile/eu.*-${index % WORKLOADS}`,
        'arn:aws:bedrock:eu-*::foundation-model/*',
      ],
      Condition: {StringLike: {'aws:PrincipalTag/team': 'team-*'}},
    },
  ]
  for (let part = 0; JSON.stringify(statements).length < 5600; part += 1) {
    statements.push({
      Sid: `Part${part}`,
      Effect: part % 7 === 6 ? 'Deny' : 'Allow',
      Action: [`s3:Get*`, `dynamodb:Query`, part % 5 === 0 ? 'bedrock:Get*' : 'logs:PutLogEvents'],
      Resource: [`arn:aws:s3:::data-${index}-${part}/*`, `arn:aws:dynamodb:*:${PLACE.account}:table/t-${part}`],
      Condition: {StringEquals: {'aws:RequestedRegion': DESTINATIONS}},
    })
  }
  return statements
}

/** As the managed policy of that name: everything of Bedrock, and what goes with it under conditions. */
function bedrockFullAccess(): readonly object[] {
  return [
    {Sid: 'BedrockAll', Effect: 'Allow', Action: ['bedrock:*'], Resource: '*'},
    {Sid: 'DescribeKey', Effect: 'Allow', Action: ['kms:DescribeKey'], Resource: 'arn:*:kms:*:::*'},
    {
      Sid: 'Network',
      Effect: 'Allow',
      Action: ['iam:ListRoles', 'ec2:DescribeVpcs', 'ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups'],
      Resource: '*',
    },
    {
      Sid: 'PassRole',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: 'arn:aws:iam::*:role/*AmazonBedrock*',
      Condition: {StringEquals: {'iam:PassedToService': ['bedrock.amazonaws.com']}},
    },
  ]
}

function report(): void {
  console.log(describeMachine())
  console.log(`${PRINCIPALS} principals × ${WORKLOADS} workloads, ${legCount} legs; medians of ${rounds} rounds\n`)
  console.log(`outcomes of the calls: ${[...outcomes].map(([name, count]) => `${name} ${count}`).join(', ')}`)
  console.log(`compiling ${PRINCIPALS + 8} policies: ${median(compileTimes).toFixed(0)} ms`)
  console.log(`explaining 1,000 legs: ${timeExplanations().toFixed(0)} ms`)
  judge([
    {says: `judging ${legCount} legs`, value: median(judgeTimes), bound: 1000, unit: 'ms', kind: 'at most'},
    {says: 'legs judged', value: legCount, bound: 50_000, unit: 'legs', kind: 'at least'},
    {
      says: 'compiling and judging',
      value: median(compileTimes) + median(judgeTimes),
      bound: 2000,
      unit: 'ms',
      kind: 'at most',
    },
  ])
}

function timeExplanations(): number {
  const [call] = calls
  if (call === undefined) return 0
  const started = performance.now()
  for (const caller of actors.slice(0, 200)) {
    const subject = {caller, resourcePolicies: () => null}
    for (const leg of judgeCall(call, subject, facts).legs) explainLeg(leg, subject, facts)
  }
  return performance.now() - started
}
