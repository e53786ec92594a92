import type * as Client from '@aws-sdk/client-bedrock-agent'
import {
  type DataSourceConfiguration,
  type IngestionJobSummary,
  type KnowledgeBaseConfiguration,
  type StorageConfiguration,
  ValidationException,
} from '@aws-sdk/client-bedrock-agent'
import {parseArn} from '../../../core/arn.js'
import {handlersFor, type RequestContext} from '../../handler.js'
import {asApi, type DataSource, type KnowledgeBase} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {agentPage, notFound} from './refusals.js'

export const knowledgeBases = handlersFor<typeof Client>()({
  ListKnowledgeBases(input, context) {
    const {date} = placeOf(context)
    const {items, next} = agentPage(basesHere(context), input, 'bases')
    const summaries = items.map((base) => ({
      knowledgeBaseId: base.id,
      name: base.name,
      ...(base.description !== undefined && {description: base.description}),
      status: base.status ?? ('ACTIVE' as const),
      updatedAt: date(base.createdOn),
    }))
    return {knowledgeBaseSummaries: summaries, nextToken: next}
  },

  GetKnowledgeBase({knowledgeBaseId}, context) {
    const base = findBase(knowledgeBaseId, context)
    const {date, arn} = placeOf(context)
    return {
      knowledgeBase: {
        knowledgeBaseId: base.id,
        name: base.name,
        knowledgeBaseArn: arn('bedrock', `knowledge-base/${base.id}`),
        ...(base.description !== undefined && {description: base.description}),
        roleArn: base.roleArn,
        knowledgeBaseConfiguration: asApi<KnowledgeBaseConfiguration>(base.configuration),
        ...(base.storage && {storageConfiguration: asApi<StorageConfiguration>(base.storage)}),
        status: base.status ?? ('ACTIVE' as const),
        createdAt: date(base.createdOn),
        updatedAt: date(base.createdOn),
        ...(base.failureReasons && {failureReasons: [...base.failureReasons]}),
      },
    }
  },

  GetResourcePolicy({resourceArn}, context) {
    const arn = parseArn(resourceArn)
    if (arn?.service !== 'bedrock' || arn.region !== context.region) {
      throw new ValidationException({message: 'The provided ARN is invalid.', $metadata: {}})
    }
    const {resourcePolicy} = findBase(arn.resource.replace(/^knowledge-base\//, ''), context)
    if (!resourcePolicy) throw notFound(`policy of ${resourceArn}`)
    return {resourceArn, policy: JSON.stringify(resourcePolicy), revisionId: '1'}
  },

  ListDataSources({knowledgeBaseId, ...input}, context) {
    const {date} = placeOf(context)
    const all = findBase(knowledgeBaseId, context).dataSources ?? []
    const {items, next} = agentPage(all, input, `sources:${knowledgeBaseId}`)
    const summaries = items.map(({id, name, status = 'AVAILABLE', createdOn}) => ({
      knowledgeBaseId,
      dataSourceId: id,
      name,
      status,
      updatedAt: date(createdOn),
    }))
    return {dataSourceSummaries: summaries, nextToken: next}
  },

  GetDataSource({knowledgeBaseId, dataSourceId}, context) {
    const source = findSource(knowledgeBaseId, dataSourceId, context)
    const created = placeOf(context).date(source.createdOn)
    const {kmsKeyArn} = source
    return {
      dataSource: {
        knowledgeBaseId,
        dataSourceId,
        name: source.name,
        status: source.status ?? ('AVAILABLE' as const),
        dataSourceConfiguration: asApi<DataSourceConfiguration>(source.configuration),
        ...(kmsKeyArn !== undefined && {serverSideEncryptionConfiguration: {kmsKeyArn}}),
        dataDeletionPolicy: source.deletionPolicy ?? ('DELETE' as const),
        createdAt: created,
        updatedAt: created,
      },
    }
  },

  ListIngestionJobs({knowledgeBaseId, dataSourceId, filters = [], sortBy, ...input}, context) {
    const source = findSource(knowledgeBaseId, dataSourceId, context)
    const statuses = filters.flatMap(({values = []}) => values)
    const sign = sortBy?.order === 'ASCENDING' ? 1 : -1
    const key = sortBy?.attribute === 'STATUS' ? 'status' : 'startedAt'
    const jobs = jobsOf(source, knowledgeBaseId, context)
      .map(({failureReasons: _reasons, ...summary}) => summary)
      .filter(({status = ''}) => filters.length === 0 || statuses.includes(status))
      .sort((a, b) => sign * ((a[key] ?? '') < (b[key] ?? '') ? -1 : 1))
    const scope = JSON.stringify(['jobs', knowledgeBaseId, dataSourceId, filters, sortBy])
    const {items, next} = agentPage(jobs, input, scope)
    return {ingestionJobSummaries: items, nextToken: next}
  },

  GetIngestionJob({knowledgeBaseId, dataSourceId, ingestionJobId}, context) {
    const source = findSource(knowledgeBaseId, dataSourceId, context)
    const job = jobsOf(source, knowledgeBaseId, context).find((one) => one.ingestionJobId === ingestionJobId)
    if (!job) throw notFound(ingestionJobId)
    return {ingestionJob: job}
  },
})

const basesHere = (context: RequestContext): readonly KnowledgeBase[] => placeOf(context).resources.knowledgeBases ?? []

function findBase(id: string, context: RequestContext): KnowledgeBase {
  const found = basesHere(context).find((one) => one.id === id)
  if (!found) throw notFound(id)
  return found
}

function findSource(base: string, id: string, context: RequestContext): DataSource {
  const found = findBase(base, context).dataSources?.find((one) => one.id === id)
  if (!found) throw notFound(id)
  return found
}

function jobsOf(source: DataSource, knowledgeBaseId: string, context: RequestContext) {
  const {date} = placeOf(context)
  return (source.ingestionJobs ?? []).map((job): IngestionJobSummary & {readonly failureReasons?: string[]} => ({
    knowledgeBaseId,
    dataSourceId: source.id,
    ingestionJobId: job.id,
    status: job.status,
    ...(job.statistics && {statistics: {...job.statistics}}),
    ...(job.failureReasons && {failureReasons: [...job.failureReasons]}),
    startedAt: date(job.startedOn),
    updatedAt: date(job.startedOn),
  }))
}
