import {batchLimits} from '../../src/lib/batch/limits/batch-limits.js'
import {batchPreflight} from '../../src/lib/batch/preflight/batch-preflight.js'
import type {PreflightFacts, PreflightQuestion} from '../../src/lib/batch/preflight/preflight-question.js'
import {openCatalog} from '../../src/lib/catalog/open-catalog.js'
import {projectSchema} from '../../src/lib/config/project.schema.js'
import type {CallTarget} from '../../src/lib/iam/legs/target.js'
import {readIamFacts} from '../../src/lib/iam/read-iam-facts.js'
import {callerOf} from '../../src/lib/jobs/preflight/caller.js'
import type {PreflightCheck} from '../../src/lib/jobs/preflight/preflight.schema.js'
import type {ModelAccessState} from '../../src/lib/models/access/access-ports.js'
import {judgeAccount} from '../../src/lib/models/access/account-verdict.js'
import {CASE_ACCOUNT, contextOf} from './audit-case.js'

/** An account in a few words; what is not said is as a job needs it. */
export interface PreflightCase {
  readonly name: string
  /** Whom the role trusts: Bedrock for this account, Bedrock for anybody, somebody else, or there is no role. */
  readonly trust?: 'own' | 'anybody' | 'else' | 'no-role'
  /** Actions that the caller is allowed; everything unless given. */
  readonly caller?: readonly string[]
  /** Who calls: `root`, or somebody whom the account does not list. */
  readonly callerArn?: string
  /** Statements of the role. */
  readonly role?: readonly object[]
  /** Fields of the bucket. */
  readonly bucket?: Readonly<Record<string, unknown>>
  readonly keyPolicy?: object
  /** What is different about the key; null: there is none. */
  readonly key?: Readonly<Record<string, unknown>> | null
  /** Condition of the trust in Bedrock. */
  readonly trustCondition?: object
  /** Reads that are denied. */
  readonly denied?: readonly string[]
  readonly subnets?: readonly string[]
  /** Routes of the main table of their VPC, destination → target. */
  readonly routes?: Readonly<Record<string, string>>
  /** Endpoints of their VPC. */
  readonly endpoints?: readonly Readonly<Record<string, unknown>>[]
  /** What AWS says of the account and the model. */
  readonly access?: Partial<ModelAccessState> | 'denied'
  /** Whether Anthropic's form was submitted, for a model of Anthropic; undefined for one of others. */
  readonly form?: boolean
  /** AWS decides access to the model for each account. */
  readonly gated?: boolean
  readonly project?: Readonly<Record<string, unknown>>
  /** What the job names; null: a custom model. */
  readonly target?: CallTarget | null
  readonly question?: Partial<PreflightQuestion>
  readonly facts?: Partial<PreflightFacts>
  /** Check id → verdict and a part of what is said, of all that are neither ok nor not applicable; and of those named. */
  readonly expected: Readonly<Record<string, string>>
  /** Check id → a part of what mends it. */
  readonly fixes?: Readonly<Record<string, string>>
}

const REGION = 'us-east-1'
const MODEL = 'amazon.nova-lite-v1:0'
const ROLE = `arn:aws:iam::${CASE_ACCOUNT}:role/BedrockBatch`
const CALLER = `arn:aws:iam::${CASE_ACCOUNT}:user/ops`
const CATALOG = await openCatalog({now: new Date('2026-11-21')})
const LIMITS = batchLimits({modelId: MODEL, model: 'base'}, undefined, CATALOG, await CATALOG.batch())
const FACTS = readIamFacts()

const document = (...Statement: readonly object[]) => JSON.stringify({Version: '2012-10-17', Statement})
const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
})

const ROLE_STATEMENTS = [
  allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::batch-data/*'),
  allow('s3:ListBucket', 'arn:aws:s3:::batch-data'),
  allow('bedrock:InvokeModel'),
]

/** What the preflight says of the account. */
export function preflightOf(written: PreflightCase): readonly PreflightCheck[] {
  const {policies, snapshot} = contextOf({regions: [REGION], reads: readsOf(written)})
  const callerArn = written.callerArn ?? CALLER
  const role = policies.find(ROLE)
  return batchPreflight(
    {
      place: {partition: 'aws', account: CASE_ACCOUNT, region: REGION},
      target: written.target === null ? undefined : (written.target ?? {kind: 'model', modelId: MODEL}),
      modelId: MODEL,
      baseModelId: MODEL,
      staging: {bucket: 'batch-data', key: 'in'},
      results: {bucket: 'batch-data', key: 'out'},
      example: {
        input: {bucket: 'batch-data', key: 'in/pile/r1/0001.jsonl'},
        output: {bucket: 'batch-data', key: 'out/pile/r1/0001/abcdefghijkl/0001.jsonl.out'},
      },
      bucketOwner: CASE_ACCOUNT,
      kmsKey: null,
      vpc: null,
      ...written.question,
    },
    {
      policies,
      facts: FACTS,
      ...callerOf(callerArn, policies),
      role,
      roleArn: ROLE,
      ownerOf: (arn) => policies.resourceAccount(arn),
      snapshot,
      support: {verdict: 'yes', why: 'It does.', instead: [], source: '', asOf: ''},
      modelAccess: accessOf(written),
      limits: LIMITS,
      openJobs: 3,
      project: {
        file: written.project ? 'bedrockctl.yaml' : null,
        project: projectSchema.parse({version: 1, ...written.project}),
      },
      ...written.facts,
    },
  )
}

function accessOf({access: given = {}, form, gated = false}: PreflightCase): PreflightFacts['modelAccess'] {
  const all = {agreement: 'AVAILABLE', agreementError: null, authorization: 'AUTHORIZED', entitlement: 'AVAILABLE'}
  const access = given === 'denied' ? undefined : {...all, region: 'AVAILABLE', ...given}
  const model = CATALOG.model(MODEL)
  const verdict = judgeAccount(
    {id: MODEL, provider: form === undefined ? 'Amazon' : 'Anthropic', catalog: model && {...model, gated}},
    {
      region: REGION,
      regionEnabled: true,
      access,
      accessUnreadReason: access ? undefined : 'it is denied',
      dataRetention: undefined,
      useCaseForm: form,
    },
  )
  return {...verdict, offered: access?.region ?? null}
}

function readsOf({
  bucket,
  caller = ['*'],
  denied = [],
  endpoints = [],
  key = {},
  keyPolicy,
  role = ROLE_STATEMENTS,
  routes = {'0.0.0.0/0': 'nat-1'},
  subnets = [],
  trust = 'own',
  trustCondition,
}: PreflightCase) {
  const reads = {
    'iam:authorization-details': {
      users: [
        {arn: CALLER, name: 'ops', path: '/', inlinePolicies: [{name: 'work', document: document(allow(caller))}]},
      ],
      roles:
        trust === 'no-role'
          ? []
          : [
              {
                arn: ROLE,
                name: 'BedrockBatch',
                path: '/',
                trust: document({...trustOf(trust), ...(trustCondition && {Condition: trustCondition})}),
                inlinePolicies: [{name: 'data', document: document(...role)}],
              },
            ],
    },
    's3:buckets': [{name: 'batch-data', region: REGION, policy: null, encryption: null, ...bucket}],
    'kms:keys': {[REGION]: [keyOf(keyPolicy, key)]},
    'ec2:subnets': {[REGION]: subnets.map((id) => ({id, vpcId: 'vpc-1', zone: 'us-east-1a'}))},
    'ec2:security-groups': {[REGION]: [{id: 'sg-1', name: 'jobs', vpcId: 'vpc-1'}]},
    'ec2:route-tables': {
      [REGION]: [
        {
          id: 'rtb-1',
          vpcId: 'vpc-1',
          main: true,
          subnetIds: [],
          routes: Object.entries(routes).map(([destination, target]) => ({destination, target, state: 'active'})),
        },
      ],
    },
    'ec2:vpc-endpoints': {
      [REGION]: endpoints.map((one, index) => ({
        id: `vpce-${index}`,
        vpcId: 'vpc-1',
        service: `com.amazonaws.${REGION}.s3`,
        state: 'available',
        ...one,
      })),
    },
  }
  return {...reads, ...Object.fromEntries(denied.map((id) => [id, {unread: 'denied'}]))}
}

function trustOf(trust: 'own' | 'anybody' | 'else'): object {
  const service = trust === 'else' ? 'lambda.amazonaws.com' : 'bedrock.amazonaws.com'
  const condition = {
    StringEquals: {'aws:SourceAccount': CASE_ACCOUNT},
    ArnEquals: {'aws:SourceArn': `arn:aws:bedrock:${REGION}:${CASE_ACCOUNT}:model-invocation-job/*`},
  }
  return {
    Effect: 'Allow',
    Principal: {Service: service},
    Action: 'sts:AssumeRole',
    ...(trust === 'own' && {Condition: condition}),
  }
}

const KEY = `arn:aws:kms:${REGION}:${CASE_ACCOUNT}:key/k1`

function keyOf(policy: object | undefined, changes: Readonly<Record<string, unknown>> | null) {
  const byAccount = {
    Effect: 'Allow',
    Principal: {AWS: `arn:aws:iam::${CASE_ACCOUNT}:root`},
    Action: 'kms:*',
    Resource: '*',
  }
  return {
    id: KEY,
    detail: changes && {arn: KEY, state: 'Enabled', enabled: true, manager: 'CUSTOMER', ...changes},
    policy: document(policy ?? byAccount),
  }
}
