import type * as ServiceQuotas from '@aws-sdk/client-service-quotas'
import {
  InvalidPaginationTokenException,
  NoSuchResourceException,
  type ServiceQuota,
} from '@aws-sdk/client-service-quotas'
import {handlersFor, type RequestContext} from '../handler.js'
import {partitionOf} from '../world/offering.js'
import {type DefaultQuota, quotasIn} from '../world/quotas.js'
import {type Page, type PageRequest, pageOf} from './page.js'

const SERVICE = {ServiceCode: 'bedrock', ServiceName: 'Amazon Bedrock'}

export default handlersFor<typeof ServiceQuotas>()({
  ListServices({NextToken, MaxResults = 100}) {
    const {items, next} = page([SERVICE], {token: NextToken, size: MaxResults, scope: 'services'})
    return {Services: items, NextToken: next}
  },

  async ListServiceQuotas({ServiceCode, QuotaCode, NextToken, MaxResults = 100}, context) {
    const all = (await quotas(ServiceCode, context)).filter(({code}) => QuotaCode === undefined || code === QuotaCode)
    const {items, next} = page(all, {token: NextToken, size: MaxResults, scope: `applied:${QuotaCode ?? ''}`})
    return {Quotas: items.map((quota) => describe(quota, applied(quota, context), context)), NextToken: next}
  },

  async GetServiceQuota({ServiceCode, QuotaCode}, context) {
    const quota = await findQuota(ServiceCode, QuotaCode, context)
    return {Quota: describe(quota, applied(quota, context), context)}
  },

  async ListAWSDefaultServiceQuotas({ServiceCode, NextToken, MaxResults = 100}, context) {
    const all = await quotas(ServiceCode, context)
    const {items, next} = page(all, {token: NextToken, size: MaxResults, scope: 'default'})
    return {Quotas: items.map((quota) => describe(quota, quota.value, context)), NextToken: next}
  },

  async GetAWSDefaultServiceQuota({ServiceCode, QuotaCode}, context) {
    const quota = await findQuota(ServiceCode, QuotaCode, context)
    return {Quota: describe(quota, quota.value, context)}
  },
})

async function quotas(service: string, {world, region}: RequestContext): Promise<readonly DefaultQuota[]> {
  if (service !== SERVICE.ServiceCode) throw noSuch('The request failed because the specified service does not exist.')
  return quotasIn(world.catalog, region)
}

async function findQuota(service: string, wanted: string, context: RequestContext): Promise<DefaultQuota> {
  const quota = (await quotas(service, context)).find(({code}) => code === wanted)
  if (!quota) throw noSuch('The request failed because the specified quota does not exist.')
  return quota
}

function applied({code, value}: DefaultQuota, {world, account}: RequestContext): number {
  return world.account(account).quotas.get(code) ?? value
}

function describe(quota: DefaultQuota, value: number, {world, account, region}: RequestContext): ServiceQuota {
  return {
    ...SERVICE,
    QuotaArn: `arn:${partitionOf(world.catalog, region)}:servicequotas:${region}:${account}:bedrock/${quota.code}`,
    QuotaCode: quota.code,
    QuotaName: quota.name,
    Value: value,
    Unit: 'None',
    Adjustable: quota.adjustable,
    GlobalQuota: false,
    QuotaAppliedAtLevel: 'ACCOUNT',
    ...(quota.period && {Period: {PeriodValue: 1, PeriodUnit: quota.period}}),
  }
}

function noSuch(message: string): NoSuchResourceException {
  return new NoSuchResourceException({message, $metadata: {}})
}

function page<Item>(all: readonly Item[], request: PageRequest): Page<Item> {
  const found = pageOf(all, request)
  if (!found) throw new InvalidPaginationTokenException({message: 'Invalid NextToken.', $metadata: {}})
  return found
}
