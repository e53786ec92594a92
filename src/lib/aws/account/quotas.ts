import {
  paginateListAWSDefaultServiceQuotas,
  paginateListServiceQuotas,
  type ServiceQuota,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas'
import type {Readers} from '../../account/ports/readers.js'
import type {ReadItem} from '../../account/snapshot.schema.js'
import type {Wire} from '../wire.js'
import {asks} from './asking.js'

const PAGE = 100
// Paginators write their token into the input they are given: each listing gets its own.
const BEDROCK = {ServiceCode: 'bedrock'}

export function quotaReaders(wire: Wire): Readers {
  const ask = asks(wire, {
    service: 'service-quotas',
    prefix: 'servicequotas',
    build: (config) => new ServiceQuotasClient(config),
  })
  return {
    async 'service-quotas:bedrock'(context) {
      const quotas = await ask(context).all(
        'ListServiceQuotas',
        (client, options) => paginateListServiceQuotas({client, pageSize: PAGE}, {...BEDROCK}, options),
        (page) => page.Quotas,
      )
      return quotas.flatMap(toQuota)
    },
    async 'service-quotas:bedrock-defaults'(context) {
      const quotas = await ask(context).all(
        'ListAWSDefaultServiceQuotas',
        (client, options) => paginateListAWSDefaultServiceQuotas({client, pageSize: PAGE}, {...BEDROCK}, options),
        (page) => page.Quotas,
      )
      return quotas.flatMap(toQuota)
    },
  }
}

function toQuota(quota: ServiceQuota): readonly ReadItem<'service-quotas:bedrock'>[] {
  const {QuotaCode: code, QuotaName, Value, Unit, Adjustable, GlobalQuota} = quota
  if (code === undefined) return []
  return [
    {
      code,
      name: QuotaName ?? code,
      value: Value ?? null,
      unit: Unit ?? null,
      adjustable: Adjustable ?? null,
      global: GlobalQuota ?? null,
    },
  ]
}
