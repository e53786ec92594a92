import {type CallPlace, ownArn} from '../../iam/legs/leg.js'
import type {ContextValues} from '../../iam/request-context.js'
import {type Ask, action, type Draft} from './ask.js'
import {allowed, elsewhereAsk, operatorDraft, words} from './draft-operator.js'
import {requestedRegion} from './invoke-statements.js'
import {neverAsks} from './probes.js'
import {bucketArn, type JobData, objectsArn} from './service-role.js'
import {allow, type Statement} from './statement.js'

export interface MonitorMatter {
  /** In the first of the Regions. */
  readonly place: CallPlace
  /** Regions that are watched. */
  readonly regions: readonly string[]
  /** A Region of the partition that is not; undefined where all are. */
  readonly elsewhere: string | undefined
  /** Log groups whose lines may be read: they hold prompts. */
  readonly logGroups: readonly string[]
  /** Where jobs write their results: how far they are stands there. */
  readonly data: Pick<JobData, 'readFrom' | 'kmsKey'>
}

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

/** What tells how far a job is: counts of a batch job, losses of a tuning job. No prompt and no answer is in them. */
const PROGRESS_OBJECTS = ['*/manifest.json.out', '*metrics.csv'] as const

const LOGS_NOTE = 'Invocation logs hold prompts and answers: whoever queries them reads them.'
const OBJECTS_NOTE =
  'Tokens and cost of batch jobs and losses of tuning jobs stand in the buckets they write to: name these with --read-from s3://bucket/prefix to let them be read, and nothing else there.'
const REGIONS_NOTE =
  'The board asks other Regions whether they use Bedrock, and is refused: name all to be watched with --region.'

const LOG_ACTIONS = words('logs', 'FilterLogEvents StartQuery')

/** What the board of `monitor` reads in these Regions, and nothing that holds a prompt but log groups that are named. */
export function draftMonitor(matter: MonitorMatter): Draft {
  const {data, elsewhere, logGroups, place, regions} = matter
  const conditions = requestedRegion(...regions)
  const places = regions.map((region) => ({...place, region}))
  const objects = objectDraft(matter)
  const groups = logDraft(matter)
  const granted = [...MONITOR_ACTIONS, ...MONITOR_ACCOUNT_ACTIONS]
  return operatorDraft(
    [
      allow('Watch', MONITOR_ACTIONS, ['*'], conditions),
      allow('WatchAccount', MONITOR_ACCOUNT_ACTIONS, ['*']),
      ...objects.statements,
      ...groups.statements,
    ],
    [
      ...granted.map((name) => allowed(name, '*', place)),
      ...places.slice(1).map((one) => watchedAsk('cloudwatch:GetMetricData', one)),
      ...objects.asks,
      ...groups.asks,
      ...(elsewhere === undefined ? [] : [elsewhereAsk('cloudwatch:GetMetricData', elsewhere)]),
      ...neverAsks(place, new Set(granted)),
    ],
    [
      ...(data.readFrom.length === 0 ? [OBJECTS_NOTE] : []),
      ...(elsewhere === undefined ? [] : [REGIONS_NOTE]),
      ...(logGroups.length === 0 ? [] : [LOGS_NOTE]),
    ],
  )
}

interface Part {
  readonly statements: readonly Statement[]
  readonly asks: readonly Ask[]
}

const NOTHING: Part = {statements: [], asks: []}

function objectDraft({data: {kmsKey, readFrom}, place, regions}: MonitorMatter): Part {
  const [first] = readFrom
  if (first === undefined) return NOTHING
  const own = {StringEquals: {'aws:ResourceAccount': place.account}}
  const via = {StringEquals: {'kms:ViaService': regions.map((region) => `s3.${region}.amazonaws.com`)}}
  const progress = readFrom.flatMap((from) => PROGRESS_OBJECTS.map((name) => objectsArn(from, place, name)))
  const buckets = readFrom.map((from) => bucketArn(from, place))
  const ask = (what: string, expected: Ask['expected'], name: string, resource: string) =>
    action(what, expected, {action: name, resource, context: ofBucket(place), owner: place.account})
  const [manifest, answers] = [
    objectsArn(first, place, 'j0b/manifest.json.out'),
    objectsArn(first, place, 'j0b/r.jsonl.out'),
  ]
  return {
    statements: [
      allow('ReadProgress', ['s3:GetObject'], progress, own),
      allow('ListResults', ['s3:ListBucket'], buckets, own),
      ...(kmsKey === null ? [] : [allow('UseKey', ['kms:Decrypt'], [kmsKey], via)]),
    ],
    asks: [
      ask('reading how far a job is', 'ALLOW', 's3:GetObject', manifest),
      ask('listing what jobs wrote', 'ALLOW', 's3:ListBucket', bucketArn(first, place)),
      ask('reading the answers of a job', 'DENY', 's3:GetObject', answers),
    ],
  }
}

function ofBucket({account, region}: CallPlace): ContextValues {
  return {'aws:RequestedRegion': region, 'aws:ResourceAccount': account}
}

function logDraft({logGroups, place, regions}: MonitorMatter): Part {
  const arnsOf = (name: string, region: string) => {
    const arn = ownArn({...place, region}, `log-group:${name}`, {service: 'logs'})
    return [arn, `${arn}:*`]
  }
  const groups = logGroups.flatMap((name) => regions.flatMap((region) => arnsOf(name, region)))
  return {
    statements:
      groups.length === 0
        ? []
        : [
            allow('QueryLogs', LOG_ACTIONS, groups),
            allow('ReadQueries', ['logs:GetQueryResults', 'logs:StopQuery'], ['*'], requestedRegion(...regions)),
          ],
    asks: [
      ...groups.slice(0, 1).map((resource) => allowed('logs:StartQuery', resource, place)),
      action('querying another log group', 'DENY', {
        action: 'logs:StartQuery',
        resource: ownArn(place, 'log-group:another', {service: 'logs'}),
      }),
    ],
  }
}

function watchedAsk(name: string, {account, region}: CallPlace): Ask {
  return action(`${name} in ${region}`, 'ALLOW', {
    ...{action: name, resource: '*', owner: account},
    context: {'aws:RequestedRegion': region},
  })
}
