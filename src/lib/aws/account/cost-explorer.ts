import {
  CostExplorerClient,
  paginateGetAnomalyMonitors,
  paginateGetAnomalySubscriptions,
  paginateListCostAllocationTags,
} from '@aws-sdk/client-cost-explorer'
import type {Readers} from '../../account/ports/readers.js'
import type {Wire} from '../wire.js'
import {asks} from './asking.js'
import {moment} from './shapes.js'

const PAGE = 100

/** Each request costs a cent: no more are made than there are pages. */
export function costReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'ce', prefix: 'ce', build: (config) => new CostExplorerClient(config)})
  return {
    async 'ce:anomaly-monitors'(context) {
      const found = await ask(context).all(
        'GetAnomalyMonitors',
        (client, options) => paginateGetAnomalyMonitors({client, pageSize: PAGE}, {}, options),
        (page) => page.AnomalyMonitors,
      )
      return found.map((one) => ({
        arn: one.MonitorArn ?? '',
        name: one.MonitorName ?? '',
        type: one.MonitorType ?? '',
        dimension: one.MonitorDimension ?? null,
        specification: one.MonitorSpecification ? JSON.stringify(one.MonitorSpecification) : null,
      }))
    },
    async 'ce:anomaly-subscriptions'(context) {
      const found = await ask(context).all(
        'GetAnomalySubscriptions',
        (client, options) => paginateGetAnomalySubscriptions({client, pageSize: PAGE}, {}, options),
        (page) => page.AnomalySubscriptions,
      )
      return found.map((one) => ({
        arn: one.SubscriptionArn ?? '',
        name: one.SubscriptionName ?? '',
        monitorArns: one.MonitorArnList ?? [],
        frequency: one.Frequency ?? '',
        subscribers: (one.Subscribers ?? []).map(({Type, Status}) => ({type: Type ?? '', status: Status ?? null})),
      }))
    },
    async 'ce:cost-allocation-tags'(context) {
      const found = await ask(context).all(
        'ListCostAllocationTags',
        (client, options) => paginateListCostAllocationTags({client, pageSize: PAGE}, {}, options),
        (page) => page.CostAllocationTags,
      )
      return found.map((one) => ({
        key: one.TagKey ?? '',
        type: one.Type ?? '',
        status: one.Status ?? '',
        usedAt: one.LastUsedDate === undefined ? null : moment(new Date(one.LastUsedDate)),
      }))
    },
  }
}
