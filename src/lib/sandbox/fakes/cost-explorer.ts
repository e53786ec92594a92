import type * as CostExplorer from '@aws-sdk/client-cost-explorer'
import {
  type AnomalySubscription,
  type Expression,
  InvalidNextTokenException,
  UnknownMonitorException,
  UnknownSubscriptionException,
} from '@aws-sdk/client-cost-explorer'
import {handlersFor, type RequestContext} from '../handler.js'
import {asApi} from '../world/resources.js'
import {placeOf} from './account-place.js'
import {costAndUsage} from './cost-explorer/cost-and-usage.js'
import {costForecast} from './cost-explorer/cost-forecast.js'
import {listedValues} from './cost-explorer/listed-values.js'
import {pageOf} from './page.js'

export default handlersFor<typeof CostExplorer>()({
  ...costAndUsage,
  ...costForecast,
  ...listedValues,

  GetAnomalyMonitors({MonitorArnList: wanted, MaxResults = 100, NextPageToken}, context) {
    const all = monitorsHere(context).filter(({MonitorArn}) => !wanted || wanted.includes(MonitorArn))
    if (wanted && all.length < new Set(wanted).size) {
      throw new UnknownMonitorException({message: 'The cost anomaly monitor does not exist.', $metadata: {}})
    }
    const {items, next} = page(all, MaxResults, NextPageToken, `monitors:${wanted?.join() ?? ''}`)
    return {AnomalyMonitors: items, NextPageToken: next}
  },

  GetAnomalySubscriptions({SubscriptionArnList: wanted, MonitorArn, MaxResults = 100, NextPageToken}, context) {
    const all = subscriptionsHere(context)
      .filter(({SubscriptionArn = ''}) => !wanted || wanted.includes(SubscriptionArn))
      .filter(({MonitorArnList = []}) => MonitorArn === undefined || MonitorArnList.includes(MonitorArn))
    if (wanted && all.length < new Set(wanted).size) {
      throw new UnknownSubscriptionException({message: 'The cost anomaly subscription does not exist.', $metadata: {}})
    }
    const scope = `subscriptions:${wanted?.join() ?? ''}:${MonitorArn ?? ''}`
    const {items, next} = page(all, MaxResults, NextPageToken, scope)
    return {AnomalySubscriptions: items, NextPageToken: next}
  },

  ListCostAllocationTags({Status, TagKeys, Type, MaxResults = 100, NextToken}, context) {
    const day = isoTime(new Date(placeOf(context).account.startedAt))
    const all = (placeOf(context).account.cost.allocationTags ?? [])
      .map(({key, type, active}) => ({
        TagKey: key,
        Type: type,
        Status: active ? ('Active' as const) : ('Inactive' as const),
        LastUpdatedDate: day,
        LastUsedDate: day,
      }))
      .filter((tag) => (!Status || tag.Status === Status) && (!Type || tag.Type === Type))
      .filter(({TagKey}) => !TagKeys || TagKeys.includes(TagKey))
    const {items, next} = page(all, MaxResults, NextToken, JSON.stringify(['tags', Status, TagKeys, Type]))
    return {CostAllocationTags: items, NextToken: next}
  },
})

/** To the second, as Cost Explorer has it. */
const isoTime = (time: Date): string => time.toISOString().replace(/\.\d+Z$/, 'Z')

/** Cost Explorer is one for the whole partition: its ARNs name no Region. */
function ceArn(kind: string, id: string, {world, account}: RequestContext): string {
  return `arn:${world.account(account).partition}:ce::${account}:${kind}/${id}`
}

function monitorsHere(context: RequestContext) {
  const {account, date} = placeOf(context)
  const evaluated = isoTime(new Date(account.startedAt))
  return (account.cost.anomalyMonitors ?? []).map((monitor) => ({
    MonitorArn: ceArn('anomalymonitor', monitor.id, context),
    MonitorName: monitor.name,
    CreationDate: isoTime(date(monitor.createdOn)),
    LastUpdatedDate: isoTime(date(monitor.createdOn)),
    LastEvaluatedDate: evaluated,
    MonitorType: monitor.type,
    ...(monitor.dimension && {MonitorDimension: monitor.dimension}),
    ...(monitor.specification && {MonitorSpecification: asApi<Expression>(monitor.specification)}),
    DimensionalValueCount: monitor.type === 'DIMENSIONAL' ? 12 : 0,
  }))
}

function subscriptionsHere(context: RequestContext): AnomalySubscription[] {
  return (placeOf(context).account.cost.anomalySubscriptions ?? []).map((one) => ({
    SubscriptionArn: ceArn('anomalysubscription', one.id, context),
    AccountId: context.account,
    MonitorArnList: one.monitors.map((id) => ceArn('anomalymonitor', id, context)),
    Subscribers: one.subscribers.map(({type, address}) => ({Address: address, Type: type, Status: 'CONFIRMED'})),
    Frequency: one.frequency,
    SubscriptionName: one.name,
    ThresholdExpression: {
      Dimensions: {
        Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE',
        Values: [String(one.thresholdUsd)],
        MatchOptions: ['GREATER_THAN_OR_EQUAL'],
      },
    },
  }))
}

function page<Item>(all: readonly Item[], size: number, token: string | undefined, scope: string) {
  const found = pageOf(all, {token, size, scope})
  if (!found) throw new InvalidNextTokenException({message: 'The next token is invalid.', $metadata: {}})
  return found
}
