import type * as Ec2 from '@aws-sdk/client-ec2'
import type {ManagedPrefixList} from '@aws-sdk/client-ec2'
import {handlersFor, type RequestContext} from '../../handler.js'
import type {PrefixList} from '../../world/network-state.js'
import {pageOf} from '../page.js'
import {ec2Arn, network} from './place.js'
import {checkShape, invalidToken, type Kind, notFound, select, tagList} from './selection.js'

export const prefixLists = handlersFor<typeof Ec2>()({
  DescribePrefixLists({PrefixListIds: ids, Filters: filters, MaxResults: maxResults, NextToken: nextToken}, context) {
    const all = network(context).prefixLists.filter(({owner}) => owner === 'AWS')
    const {items, next} = select(all, {ids, filters, maxResults, nextToken}, SERVICE_LIST, context)
    const answer = items.map(({id, name, entries}) => ({
      PrefixListId: id,
      PrefixListName: name,
      Cidrs: entries.map(({cidr}) => cidr),
    }))
    return {PrefixLists: answer, NextToken: next}
  },

  DescribeManagedPrefixLists(input, context) {
    const {PrefixListIds: ids, Filters: filters, MaxResults: maxResults, NextToken: nextToken} = input
    const {items, next} = select(network(context).prefixLists, {ids, filters, maxResults, nextToken}, MANAGED, context)
    return {PrefixLists: items.map((list) => describeList(list, context)), NextToken: next}
  },

  GetManagedPrefixListEntries({PrefixListId, MaxResults: size = 100, NextToken: token}, context) {
    checkShape(PrefixListId, MANAGED)
    const list = network(context).prefixLists.find(({id}) => id === PrefixListId)
    if (!list) throw notFound(MANAGED, PrefixListId)
    const page = pageOf(list.entries, {token, size, scope: `entries:${PrefixListId}`})
    if (!page) throw invalidToken()
    return {
      Entries: page.items.map(({cidr, description}) => ({Cidr: cidr, Description: description})),
      NextToken: page.next,
    }
  },
})

const SERVICE_LIST: Kind<PrefixList> = {
  prefix: 'pl',
  error: 'InvalidPrefixListId',
  noun: 'prefix list ID',
  filters: {'prefix-list-id': ({id}) => [id], 'prefix-list-name': ({name}) => [name]},
}

const MANAGED: Kind<PrefixList> = {
  ...SERVICE_LIST,
  error: 'InvalidPrefixListID',
  filters: {...SERVICE_LIST.filters, 'owner-id': ({owner}) => [owner]},
}

function describeList({id, name, owner, entries, tags}: PrefixList, context: RequestContext): ManagedPrefixList {
  const aws = owner === 'AWS'
  return {
    PrefixListId: id,
    PrefixListName: name,
    PrefixListArn: ec2Arn(context, `prefix-list/${id}`, aws ? 'aws' : owner),
    AddressFamily: 'IPv4',
    State: 'create-complete',
    OwnerId: owner,
    ...(!aws && {MaxEntries: Math.max(10, entries.length), Version: 1}),
    Tags: tagList(tags),
  }
}
