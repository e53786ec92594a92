import type * as Logs from '@aws-sdk/client-cloudwatch-logs'
import {InvalidParameterException, ResourceNotFoundException} from '@aws-sdk/client-cloudwatch-logs'
import {parseArn} from '../../core/arn.js'
import {handlersFor, type RequestContext} from '../handler.js'
import type {LogGroup} from '../world/resources.js'
import {placeOf} from './account-place.js'
import {type Page, type PageRequest, pageOf} from './page.js'

export default handlersFor<typeof Logs>()({
  DescribeLogGroups(input, context) {
    const {logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupClass, logGroupIdentifiers} = input
    if (prefix !== undefined && pattern !== undefined) {
      throw invalid('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.')
    }
    const named = logGroupIdentifiers?.map((one) => nameOf(one, context))
    const wanted = groupsHere(context)
      .filter(({name}) => prefix === undefined || name.startsWith(prefix))
      .filter(({name}) => pattern === undefined || name.toLowerCase().includes(pattern.toLowerCase()))
      .filter((group) => !logGroupClass || (group.class ?? 'STANDARD') === logGroupClass)
      .filter(({name}) => !named || named.includes(name))
    const scope = JSON.stringify(['groups', prefix, pattern, logGroupClass, named])
    const {items, next} = page(wanted, {token: input.nextToken, size: input.limit ?? 50, scope})
    return {logGroups: items.map((group) => describeGroup(group, context)), nextToken: next}
  },

  DescribeResourcePolicies({limit = 10, nextToken, resourceArn, policyScope}, context) {
    const {resources, date} = placeOf(context)
    const ofAccount = resourceArn === undefined && policyScope !== 'RESOURCE'
    const all = ofAccount ? (resources.logPolicies ?? []) : []
    const {items, next} = page(all, {token: nextToken, size: limit, scope: `policies:${resourceArn}:${policyScope}`})
    const policies = items.map(({name, policy, updatedOn = '-90d'}) => ({
      policyName: name,
      policyDocument: JSON.stringify(policy),
      lastUpdatedTime: date(updatedOn).getTime(),
      policyScope: 'ACCOUNT' as const,
    }))
    return {resourcePolicies: policies, nextToken: next}
  },

  GetDataProtectionPolicy({logGroupIdentifier}, context) {
    const {dataProtection, createdOn} = findGroup(logGroupIdentifier, context)
    if (!dataProtection) return {logGroupIdentifier}
    const lastUpdatedTime = placeOf(context).date(createdOn).getTime()
    return {logGroupIdentifier, policyDocument: JSON.stringify(dataProtection), lastUpdatedTime}
  },

  ListTagsForResource({resourceArn}, context) {
    return {tags: {...findGroup(resourceArn, context).tags}}
  },

  DescribeMetricFilters({logGroupName, filterNamePrefix, metricName, metricNamespace, limit = 50, nextToken}, context) {
    const groups = logGroupName === undefined ? groupsHere(context) : [findGroup(logGroupName, context)]
    const {date} = placeOf(context)
    const all = groups
      .flatMap((group) => (group.metricFilters ?? []).map((filter) => ({...filter, group})))
      .filter(({name}) => filterNamePrefix === undefined || name.startsWith(filterNamePrefix))
      .filter(({metric}) => metricName === undefined || metric === metricName)
      .filter(({namespace}) => metricNamespace === undefined || namespace === metricNamespace)
    const scope = JSON.stringify(['filters', logGroupName, filterNamePrefix, metricName, metricNamespace])
    const {items, next} = page(all, {token: nextToken, size: limit, scope})
    const filters = items.map(({name, pattern, namespace, metric, group}) => ({
      filterName: name,
      filterPattern: pattern,
      metricTransformations: [{metricName: metric, metricNamespace: namespace, metricValue: '1'}],
      creationTime: date(group.createdOn).getTime(),
      logGroupName: group.name,
    }))
    return {metricFilters: filters, nextToken: next}
  },
})

const groupsHere = (context: RequestContext): readonly LogGroup[] =>
  [...(placeOf(context).resources.logGroups ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1))

function describeGroup(group: LogGroup, context: RequestContext) {
  const {date, arn} = placeOf(context)
  const groupArn = arn('logs', `log-group:${group.name}`)
  return {
    logGroupName: group.name,
    creationTime: date(group.createdOn).getTime(),
    ...(group.retentionDays !== undefined && {retentionInDays: group.retentionDays}),
    metricFilterCount: group.metricFilters?.length ?? 0,
    arn: `${groupArn}:*`,
    storedBytes: group.storedBytes ?? 0,
    ...(group.kmsKeyArn !== undefined && {kmsKeyId: group.kmsKeyArn}),
    ...(group.dataProtection && {dataProtectionStatus: 'ACTIVATED' as const}),
    logGroupClass: group.class ?? ('STANDARD' as const),
    logGroupArn: groupArn,
  }
}

/** A name, or the name in an ARN of this place. */
function nameOf(identifier: string, {account, region}: RequestContext): string {
  if (!identifier.startsWith('arn:')) return identifier
  const arn = parseArn(identifier)
  if (arn?.service !== 'logs' || arn.region !== region || arn.account !== account) {
    throw invalid(`Specified ARN ${identifier} is invalid.`)
  }
  return arn.resource.replace(/^log-group:/, '').replace(/:\*$/, '')
}

function findGroup(identifier: string, context: RequestContext): LogGroup {
  const name = nameOf(identifier, context)
  const group = groupsHere(context).find((one) => one.name === name)
  if (!group) throw new ResourceNotFoundException({message: 'The specified log group does not exist.', $metadata: {}})
  return group
}

const invalid = (message: string): InvalidParameterException => new InvalidParameterException({message, $metadata: {}})

function page<Item>(all: readonly Item[], request: PageRequest): Page<Item> {
  const found = pageOf(all, request)
  if (!found) throw invalid('The specified nextToken is invalid.')
  return found
}
