import {type CallPlace, modelArn, ownArn} from '../../iam/legs/leg.js'
import type {SystemTarget} from '../../iam/legs/target.js'
import {type Ask, action, call, type Draft} from './ask.js'
import {callerDataAsks, callerDataStatements} from './caller-data.js'
import {endpointCondition} from './draft-app.js'
import {invokeStatements, requestedRegion} from './invoke-statements.js'
import {type InvokeMatter, neverAsks, otherModel} from './probes.js'
import {dataAsks, trustAsks} from './role-asks.js'
import {BEDROCK, dataStatements, type JobData, type JobType, trustPolicy} from './service-role.js'
import {allow, type Statement} from './statement.js'

export interface JobMatter extends InvokeMatter {
  readonly role: {readonly name: string; readonly arn: string}
  readonly data: JobData
}

interface JobKind {
  readonly type: JobType
  readonly create: string
  /** Get and, where there is one, Stop; then List, which knows no resource. */
  readonly manage: readonly string[]
  readonly list: string
}

const JOBS: Readonly<Record<'batch' | 'import' | 'customization', JobKind>> = {
  batch: {
    type: 'model-invocation-job',
    create: 'bedrock:CreateModelInvocationJob',
    manage: ['bedrock:GetModelInvocationJob', 'bedrock:StopModelInvocationJob'],
    list: 'bedrock:ListModelInvocationJobs',
  },
  import: {
    type: 'model-import-job',
    create: 'bedrock:CreateModelImportJob',
    manage: ['bedrock:GetModelImportJob'],
    list: 'bedrock:ListModelImportJobs',
  },
  customization: {
    type: 'model-customization-job',
    create: 'bedrock:CreateModelCustomizationJob',
    manage: ['bedrock:GetModelCustomizationJob', 'bedrock:StopModelCustomizationJob'],
    list: 'bedrock:ListModelCustomizationJobs',
  },
}

/** Batch inference: whoever makes jobs, and the role the jobs run with. */
export function draftBatch(targets: readonly SystemTarget[], matter: JobMatter): Draft {
  const {place, role} = matter
  const profiles = targets.flatMap((target) =>
    target.kind === 'model' ? [] : [ownArn(place, `inference-profile/${target.profileId}`)],
  )
  const models = targets.map(({modelId}) => modelArn(place, place.region, modelId))
  const batch = (target: SystemTarget) => ({kind: 'batch', target, roleArn: role.arn}) as const
  const roleGrant = {actions: ['bedrock:InvokeModel'], place, guardrail: null, conditions: {}}
  const invoked = invokeStatements(targets, roleGrant)
  const [first] = targets
  return jobDraft('batch', [...models, ...profiles], invoked, matter, [
    ...targets.map((target) => call(`batch job on ${target.modelId}`, 'ALLOW', batch(target), place)),
    ...(first
      ? [
          call('batch job on another model', 'DENY', batch(otherModel(first)), place),
          call(`batch job in ${matter.elsewhere}`, 'DENY', batch(first), {...place, region: matter.elsewhere}),
          call(
            'the caller invoking the model itself',
            'DENY',
            {kind: 'invoke', target: first, streaming: false, guardrail: null},
            place,
          ),
        ]
      : []),
  ])
}

/** Custom Model Import: whoever imports, and the role that reads the files. */
export function draftImport(matter: JobMatter): Draft {
  return jobDraft('import', [], [], matter, [])
}

/** Fine-tuning and its like: whoever starts jobs, and the role that reads and writes their data. */
export function draftCustomization(targets: readonly SystemTarget[], matter: JobMatter): Draft {
  const {place} = matter
  const models = targets.map(({modelId}) => modelArn(place, place.region, modelId))
  const made = [ownArn(place, 'custom-model/*')]
  const other = modelArn(place, place.region, 'bedrockctl.another-model-v1:0')
  return jobDraft('customization', [...models, ...made], [], matter, [
    action('customizing another model', 'DENY', {action: JOBS.customization.create, resource: other}),
  ])
}

/** `resources`: what the Create action is checked on besides the job; none: it knows no resource at all. */
function jobDraft(
  kind: keyof typeof JOBS,
  resources: readonly string[],
  invoked: readonly Statement[],
  matter: JobMatter,
  asks: readonly Ask[],
): Draft {
  const job = JOBS[kind]
  const {place, role, data, vpce} = matter
  const jobs = ownArn(place, `${job.type}/*`)
  const conditions = endpointCondition(vpce)
  const here = requestedRegion(place.region)
  const isScoped = resources.length > 0
  const isBatch = kind === 'batch'
  const created = isBatch ? [jobs, ...resources] : resources
  return {
    caller: [
      isScoped
        ? allow('CreateJob', [job.create], created, conditions)
        : allow('CreateJob', [job.create], ['*'], conditions, here),
      allow('ManageJobs', job.manage, [jobs], conditions),
      allow('ListJobs', [job.list], ['*'], conditions, here),
      allow('PassRole', ['iam:PassRole'], [role.arn], {StringEquals: {'iam:PassedToService': BEDROCK}}),
      ...(isBatch
        ? [allow('TagJobs', ['bedrock:TagResource'], [jobs], conditions), ...callerDataStatements(data, place)]
        : []),
    ],
    role: {...role, trust: trustPolicy(job.type, place), statements: [...invoked, ...dataStatements(data, place)]},
    asks: [
      ...asks,
      ...jobAsks(job, created, matter),
      ...trustAsks(job.type, matter),
      ...dataAsks(data, place),
      ...(isBatch ? [...tagAsks(place), ...callerDataAsks(data, place)] : []),
      ...networkAsks(job, created, vpce, place),
      ...neverAsks(place, new Set()),
    ],
    notes: [
      ...(data.kmsKey === null ? [] : [`The policy of ${data.kmsKey} must let IAM policies of this account decide.`]),
      ...(vpce === null
        ? []
        : ['Jobs are made through an endpoint of com.amazonaws.<Region>.bedrock, not bedrock-runtime.']),
    ],
  }
}

function jobAsks(job: JobKind, created: readonly string[], {place, elsewhere, role}: JobMatter): readonly Ask[] {
  const context = {'aws:RequestedRegion': place.region}
  const one = ownArn(place, `${job.type}/abcdefghijkl`)
  const pass = {action: 'iam:PassRole', resource: role.arn}
  const to = (service: string) => ({'iam:PassedToService': service})
  const create = created.length > 0 ? created : ['*']
  return [
    ...create.map((resource) => action('making a job', 'ALLOW', {action: job.create, resource, context})),
    ...job.manage.map((name) => action('following jobs', 'ALLOW', {action: name, resource: one, context})),
    action('listing jobs', 'ALLOW', {action: job.list, resource: '*', context}),
    action('passing the role to Bedrock', 'ALLOW', {...pass, context: to(BEDROCK)}),
    action('passing the role to another service', 'DENY', {...pass, context: to('ec2.amazonaws.com')}),
    action('passing another role', 'DENY', {...pass, resource: `${role.arn}Other`, context: to(BEDROCK)}),
    action(`listing jobs in ${elsewhere}`, 'DENY', {
      action: job.list,
      resource: '*',
      context: {'aws:RequestedRegion': elsewhere},
    }),
  ]
}

/** The tags by which the jobs of a group are told. */
function tagAsks(place: CallPlace): readonly Ask[] {
  const context = {'aws:RequestedRegion': place.region}
  const tag = (what: string, expected: Ask['expected'], resource: string) =>
    action(what, expected, {action: 'bedrock:TagResource', resource: ownArn(place, resource), context})
  return [
    tag('tagging jobs', 'ALLOW', `${JOBS.batch.type}/abcdefghijkl`),
    tag('tagging something else', 'DENY', 'guardrail/abcdefghijkl'),
  ]
}

function networkAsks(
  job: JobKind,
  [resource = '*']: readonly string[],
  vpce: string | null,
  place: CallPlace,
): readonly Ask[] {
  if (vpce === null) return []
  const asked = {action: job.create, resource, context: {'aws:RequestedRegion': place.region}}
  return [action('making a job through no endpoint', 'DENY', asked, {network: {kind: 'internet'}})]
}
