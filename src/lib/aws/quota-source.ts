import {paginateListServiceQuotas, type ServiceQuota, ServiceQuotasClient} from '@aws-sdk/client-service-quotas'
import type {Quota, QuotaSource} from '../refresh/ports.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

const SERVICE_CODE = 'bedrock'
const PAGE_SIZE = 100

export function createQuotaSource(wire: Wire): QuotaSource {
  return {
    async listQuotas(region, signal) {
      const client = wire.client('service-quotas', region, (config) => new ServiceQuotasClient(config))
      const context = {action: 'servicequotas:ListServiceQuotas', region}
      const quotas = await wire.call('service-quotas', context, signal, (abortSignal) =>
        collectPages(
          paginateListServiceQuotas({client, pageSize: PAGE_SIZE}, {ServiceCode: SERVICE_CODE}, {abortSignal}),
          (page) => page.Quotas,
          (page) => page.NextToken,
        ),
      )
      return quotas.flatMap(toQuota)
    },
  }
}

function toQuota({QuotaCode, QuotaName, Value, Unit, Adjustable, GlobalQuota}: ServiceQuota): readonly Quota[] {
  if (QuotaCode === undefined) return []
  return [
    {
      code: QuotaCode,
      name: QuotaName ?? QuotaCode,
      value: Value ?? null,
      unit: Unit ?? null,
      adjustable: Adjustable ?? null,
      global: GlobalQuota ?? null,
    },
  ]
}
