import {actionsOf} from '../../account/reads.js'
import {readsFor} from '../../account/select-reads.js'
import {findAction} from '../../iam/action-facts.js'
import type {IamFacts} from '../../iam/iam-facts.schema.js'
import {type CallPlace, modelArn, ownArn} from '../../iam/legs/leg.js'
import {type Ask, action, type Draft} from './ask.js'
import {endpointCondition} from './draft-app.js'
import {requestedRegion} from './invoke-statements.js'
import {neverAsks} from './probes.js'
import {allow, type Statement} from './statement.js'

export interface OperatorMatter {
  readonly place: CallPlace
  readonly elsewhere: string
  readonly vpce: string | null
  /** Log groups whose lines may be read: they hold prompts. */
  readonly logGroups: readonly string[]
  readonly facts: IamFacts
}

const words = (prefix: string, names: string) => names.split(' ').map((name) => `${prefix}:${name}`)

/** Setting Bedrock up: guardrails, logging, retention, access, profiles, capacity. No invocation, no job, no role. */
export const ADMIN_ACTIONS: readonly string[] = words(
  'bedrock',
  [
    'CreateCustomModelDeployment CreateFoundationModelAgreement CreateGuardrail CreateGuardrailVersion',
    'CreateInferenceProfile CreatePromptRouter CreateProvisionedModelThroughput DeleteCustomModel',
    'DeleteCustomModelDeployment DeleteEnforcedGuardrailConfiguration DeleteFoundationModelAgreement DeleteGuardrail',
    'DeleteImportedModel DeleteInferenceProfile DeleteModelInvocationLoggingConfiguration DeletePromptRouter',
    'DeleteProvisionedModelThroughput DeleteResourcePolicy GetAccountDataRetention GetCustomModel',
    'GetCustomModelDeployment GetFoundationModel GetFoundationModelAvailability GetGuardrail GetImportedModel',
    'GetInferenceProfile GetModelInvocationLoggingConfiguration GetPromptRouter GetProvisionedModelThroughput',
    'GetResourcePolicy GetUseCaseForModelAccess ListCustomModelDeployments ListCustomModels',
    'ListEnforcedGuardrailsConfiguration ListFoundationModelAgreementOffers ListFoundationModels ListGuardrails',
    'ListImportedModels ListInferenceProfiles ListPromptRouters ListProvisionedModelThroughputs ListTagsForResource',
    'PutAccountDataRetention PutEnforcedGuardrailConfiguration PutFoundationModelEntitlement',
    'PutModelInvocationLoggingConfiguration PutResourcePolicy PutUseCaseForModelAccess TagResource UntagResource',
    'UpdateCustomModelDeployment UpdateGuardrail UpdateProvisionedModelThroughput',
  ].join(' '),
)

/** What happens and how near the limits are, as `monitor` reads it in a Region; nothing that holds a prompt. */
export const MONITOR_ACTIONS: readonly string[] = [
  ...words('bedrock', 'GetCustomModel GetCustomModelDeployment GetEvaluationJob GetImportedModel GetInferenceProfile'),
  ...words('bedrock', 'GetModelCopyJob GetModelCustomizationJob GetModelImportJob GetModelInvocationJob'),
  ...words('bedrock', 'GetModelInvocationLoggingConfiguration GetProvisionedModelThroughput'),
  ...words('bedrock', 'ListCustomModelDeployments ListCustomModels ListEvaluationJobs ListFoundationModels'),
  ...words('bedrock', 'ListImportedModels ListInferenceProfiles ListModelCopyJobs ListModelCustomizationJobs'),
  ...words(
    'bedrock',
    'ListModelImportJobs ListModelInvocationJobs ListProvisionedModelThroughputs ListTagsForResource',
  ),
  ...words('cloudtrail', 'LookupEvents'),
  ...words('cloudwatch', 'DescribeAlarms GetMetricData ListMetrics'),
  ...words('ec2', 'DescribeManagedPrefixLists DescribeNetworkInterfaces DescribeSecurityGroups DescribeSubnets'),
  ...words('ec2', 'DescribeVpcAttribute DescribeVpcEndpointServices DescribeVpcEndpoints DescribeVpcs'),
  ...words('ec2', 'GetManagedPrefixListEntries'),
  ...words('servicequotas', 'ListAWSDefaultServiceQuotas ListServiceQuotas'),
]

/** What is asked of the account as a whole, where its service answers. */
const MONITOR_ACCOUNT_ACTIONS: readonly string[] = [
  ...words('account', 'ListRegions'),
  ...words('budgets', 'ViewBudget'),
  ...words('ce', 'GetCostAndUsage GetCostForecast GetDimensionValues'),
  ...words('ec2', 'DescribeRegions'),
  ...words('pricing', 'DescribeServices GetProducts'),
  ...words('route53', 'ListHostedZonesByVPC'),
  ...words('sts', 'GetCallerIdentity'),
]

const LOGS_NOTE = 'Invocation logs hold prompts and answers: whoever queries them reads them.'
const OBJECTS_NOTE =
  'How far a batch job is also stands in its manifest, and buckets of jobs hold prompts: s3:GetObject and s3:ListBucket are left out.'

const LOG_ACTIONS = words('logs', 'FilterLogEvents StartQuery')

export function draftAdmin(matter: OperatorMatter): Draft {
  const {place, elsewhere, facts} = matter
  const conditions = endpointCondition(matter.vpce)
  const here = requestedRegion(place.region)
  const granted = new Set(ADMIN_ACTIONS)
  const onAll = ADMIN_ACTIONS.filter((name) => !hasResource(name, facts))
  const onOwn = ADMIN_ACTIONS.filter((name) => hasResource(name, facts))
  const own = [ownArn(place, '*'), modelArn(place, place.region, '*')]
  const job = {action: 'bedrock:CreateModelInvocationJob', resource: ownArn(place, 'model-invocation-job/*')}
  const statements: readonly Statement[] = [
    allow('AdministerAccount', onAll, ['*'], conditions, here),
    allow('AdministerResources', onOwn, own, conditions, here),
  ]
  return operatorDraft(
    statements,
    [
      ...onAll.map((name) => allowed(name, '*', place)),
      ...onOwn.map((name) => allowed(name, ownArn(place, 'guardrail/abcdefghijkl'), place)),
      action('making a batch job', 'DENY', {...job, context: {'aws:RequestedRegion': place.region}}),
      elsewhereAsk('bedrock:PutAccountDataRetention', elsewhere),
      ...networkAsk('bedrock:PutAccountDataRetention', matter),
      ...neverAsks(place, granted),
    ],
    ['Roles that Bedrock is given (for logging, agents, jobs) need iam:PassRole each; it is left out here.'],
  )
}

/** All that an audit by this tool reads, in every Region; it sees how things are set up and never what is said. */
export function draftAuditor({place}: OperatorMatter): Draft {
  const extra = ['account:ListRegions', 'ec2:DescribeRegions', 'sts:GetCallerIdentity']
  const names = [...new Set([...actionsOf(readsFor('all')), ...extra])].sort()
  // What a key allows is for its own policy to say, so it is asked about a key.
  const key = ownArn(place, 'key/any', {service: 'kms'})
  const reads = {action: 's3:GetObject', resource: `arn:${place.partition}:s3:::any/any`, owner: place.account}
  return operatorDraft(
    [allow('ReadConfiguration', names, ['*'])],
    [
      ...names.map((name) => allowed(name, name.startsWith('kms:') ? key : '*', place)),
      action('reading an object', 'DENY', reads),
      action('changing a guardrail', 'DENY', {
        action: 'bedrock:UpdateGuardrail',
        resource: ownArn(place, 'guardrail/an0therguard'),
      }),
      ...neverAsks(place, new Set(names)),
    ],
    [],
  )
}

export function draftMonitor(matter: OperatorMatter): Draft {
  const {place, elsewhere, logGroups} = matter
  const conditions = requestedRegion(place.region)
  const groups = logGroups.flatMap((name) => {
    const arn = ownArn(place, `log-group:${name}`, {service: 'logs'})
    return [arn, `${arn}:*`]
  })
  const lines =
    logGroups.length === 0
      ? []
      : [
          allow('QueryLogs', LOG_ACTIONS, groups),
          allow('ReadQueries', ['logs:GetQueryResults', 'logs:StopQuery'], ['*'], conditions),
        ]
  return operatorDraft(
    [
      allow('Watch', MONITOR_ACTIONS, ['*'], conditions),
      allow('WatchAccount', MONITOR_ACCOUNT_ACTIONS, ['*']),
      ...lines,
    ],
    [
      ...[...MONITOR_ACTIONS, ...MONITOR_ACCOUNT_ACTIONS].map((name) => allowed(name, '*', place)),
      ...groups.slice(0, 1).map((resource) => allowed('logs:StartQuery', resource, place)),
      action('querying another log group', 'DENY', {
        action: 'logs:StartQuery',
        resource: ownArn(place, 'log-group:another', {service: 'logs'}),
      }),
      elsewhereAsk('cloudwatch:GetMetricData', elsewhere),
      ...neverAsks(place, new Set([...MONITOR_ACTIONS, ...MONITOR_ACCOUNT_ACTIONS])),
    ],
    [OBJECTS_NOTE, ...(logGroups.length === 0 ? [] : [LOGS_NOTE])],
  )
}

function operatorDraft(caller: readonly Statement[], asks: readonly Ask[], notes: readonly string[]): Draft {
  return {caller, role: null, asks, notes}
}

function hasResource(name: string, facts: IamFacts): boolean {
  const found = findAction(facts, name)
  return (found?.resources ?? found?.optionalResources ?? []).length > 0
}

function allowed(name: string, resource: string, {region, account}: CallPlace): Ask {
  const context = {'aws:RequestedRegion': region}
  return action(name, 'ALLOW', {action: name, resource, context, owner: account})
}

function elsewhereAsk(name: string, region: string): Ask {
  return action(`${name} in ${region}`, 'DENY', {action: name, resource: '*', context: {'aws:RequestedRegion': region}})
}

function networkAsk(name: string, {vpce, place}: OperatorMatter): readonly Ask[] {
  if (vpce === null) return []
  const asked = {action: name, resource: '*', context: {'aws:RequestedRegion': place.region}}
  return [action(`${name} through no endpoint`, 'DENY', asked, {network: {kind: 'internet'}})]
}
