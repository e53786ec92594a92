import {
  BedrockAgentClient,
  type DataSourceSummary,
  GetDataSourceCommand,
  GetKnowledgeBaseCommand,
  GetResourcePolicyCommand,
  type IngestionJobSummary,
  type KnowledgeBase,
  type KnowledgeBaseSummary,
  ListIngestionJobsCommand,
  ListTagsForResourceCommand,
  paginateListDataSources,
  paginateListKnowledgeBases,
  type StorageConfiguration,
} from '@aws-sdk/client-bedrock-agent'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {PartValue, ReadItem} from '../../account/snapshot.schema.js'
import {absentAs} from '../absent.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'
import {moment, tagRecord} from './shapes.js'

type BaseItem = ReadItem<'bedrock-agent:knowledge-bases'>
type SourceItem = PartValue<BaseItem['dataSources']>[number]

const PAGE = 1000
/** The latest jobs say whether ingestion works; a data source may have thousands. */
const LATEST_JOBS = 10

export function knowledgeBaseReaders(wire: Wire): Readers {
  const ask = asks(wire, {
    service: 'bedrock-agent',
    prefix: 'bedrock',
    build: (config) => new BedrockAgentClient(config),
  })
  return {
    async 'bedrock-agent:knowledge-bases'(context) {
      const agents = ask(context)
      const summaries = await agents.all(
        'ListKnowledgeBases',
        (client, options) => paginateListKnowledgeBases({client, pageSize: PAGE}, {}, options),
        (page) => page.knowledgeBaseSummaries,
      )
      return mapBounded(summaries, (summary) => readBase(summary, agents, context))
    },
  }
}

async function readBase(
  summary: KnowledgeBaseSummary,
  agents: Asking<BedrockAgentClient>,
  context: ReadContext,
): Promise<BaseItem> {
  const knowledgeBaseId = summary.knowledgeBaseId ?? ''
  const detail = await context.part('bedrock:GetKnowledgeBase', async () => {
    const {knowledgeBase} = await agents.one('GetKnowledgeBase', (client, options) =>
      client.send(new GetKnowledgeBaseCommand({knowledgeBaseId}), options),
    )
    return toDetail(knowledgeBase)
  })
  const [dataSources, resourcePolicy, tags] = await Promise.all([
    context.part('bedrock:ListDataSources', () => readDataSources(knowledgeBaseId, agents, context)),
    detail.status === 'read'
      ? context.part('bedrock:GetResourcePolicy', () => readPolicy(detail.value.arn, agents))
      : detail,
    detail.status === 'read'
      ? context.part('bedrock:ListTagsForResource', () => readTags(detail.value.arn, agents))
      : detail,
  ])
  return {
    id: knowledgeBaseId,
    name: summary.name ?? '',
    status: summary.status ?? '',
    updatedAt: moment(summary.updatedAt),
    detail,
    dataSources,
    resourcePolicy,
    tags,
  }
}

function toDetail(base: KnowledgeBase | undefined): PartValue<BaseItem['detail']> {
  const configuration = base?.knowledgeBaseConfiguration
  const managed = configuration?.managedKnowledgeBaseConfiguration
  return {
    arn: base?.knowledgeBaseArn ?? '',
    roleArn: base?.roleArn ?? null,
    type: configuration?.type ?? null,
    embeddingModelArn:
      configuration?.vectorKnowledgeBaseConfiguration?.embeddingModelArn ?? managed?.embeddingModelArn ?? null,
    kmsKeyArn: managed?.serverSideEncryptionConfiguration?.kmsKeyArn ?? null,
    storage: base?.storageConfiguration ? toStorage(base.storageConfiguration) : null,
    createdAt: moment(base?.createdAt),
  }
}

/** One store among many kinds: its ARN and its secret, under the names that the kinds give them. */
function toStorage({type, ...stores}: StorageConfiguration) {
  const members = Object.values(stores).flatMap((store) => Object.entries(store ?? {}))
  const member = (...names: readonly string[]) => {
    const value = members.find(([name]) => names.includes(name))?.[1]
    return typeof value === 'string' ? value : null
  }
  return {
    type: type ?? '',
    arn: member('collectionArn', 'domainArn', 'resourceArn', 'graphArn', 'indexArn', 'vectorBucketArn'),
    secretArn: member('credentialsSecretArn'),
  }
}

async function readDataSources(knowledgeBaseId: string, agents: Asking<BedrockAgentClient>, context: ReadContext) {
  const sources = await agents.all(
    'ListDataSources',
    (client, options) => paginateListDataSources({client, pageSize: PAGE}, {knowledgeBaseId}, options),
    (page) => page.dataSourceSummaries,
  )
  return mapBounded(sources, (source) => readDataSource(source, agents, context))
}

async function readDataSource(
  {knowledgeBaseId = '', dataSourceId = '', name, status}: DataSourceSummary,
  agents: Asking<BedrockAgentClient>,
  context: ReadContext,
): Promise<SourceItem> {
  const place = {knowledgeBaseId, dataSourceId}
  const [detail, ingestionJobs] = await Promise.all([
    context.part('bedrock:GetDataSource', async () => {
      const {dataSource} = await agents.one('GetDataSource', (client, options) =>
        client.send(new GetDataSourceCommand(place), options),
      )
      const s3 = dataSource?.dataSourceConfiguration?.s3Configuration
      return {
        type: dataSource?.dataSourceConfiguration?.type ?? null,
        deletionPolicy: dataSource?.dataDeletionPolicy ?? null,
        kmsKeyArn: dataSource?.serverSideEncryptionConfiguration?.kmsKeyArn ?? null,
        bucketArn: s3?.bucketArn ?? null,
        bucketOwner: s3?.bucketOwnerAccountId ?? null,
      }
    }),
    context.part('bedrock:ListIngestionJobs', async () => {
      const order = {attribute: 'STARTED_AT', order: 'DESCENDING'} as const
      const answer = await agents.one('ListIngestionJobs', (client, options) =>
        client.send(new ListIngestionJobsCommand({...place, sortBy: order, maxResults: LATEST_JOBS}), options),
      )
      return (answer.ingestionJobSummaries ?? []).map(toIngestionJob)
    }),
  ])
  return {id: dataSourceId, name: name ?? '', status: status ?? '', detail, ingestionJobs}
}

function toIngestionJob(job: IngestionJobSummary) {
  return {
    id: job.ingestionJobId ?? '',
    status: job.status ?? '',
    startedAt: moment(job.startedAt),
    updatedAt: moment(job.updatedAt),
    scanned: job.statistics?.numberOfDocumentsScanned ?? null,
    failed: job.statistics?.numberOfDocumentsFailed ?? null,
  }
}

function readPolicy(resourceArn: string, agents: Asking<BedrockAgentClient>): Promise<string | null> {
  const asked = agents.one('GetResourcePolicy', async (client, options) => {
    const {policy} = await client.send(new GetResourcePolicyCommand({resourceArn}), options)
    if (policy === undefined) return null
    return typeof policy === 'string' ? policy : JSON.stringify(policy)
  })
  return absentAs(asked, null)
}

async function readTags(resourceArn: string, agents: Asking<BedrockAgentClient>) {
  const answer = await agents.one('ListTagsForResource', (client, options) =>
    client.send(new ListTagsForResourceCommand({resourceArn}), options),
  )
  return tagRecord(answer.tags)
}
