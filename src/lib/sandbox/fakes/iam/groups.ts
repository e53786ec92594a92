import type * as Iam from '@aws-sdk/client-iam'
import {handlersFor} from '../../handler.js'
import {groupEntry, userEntry} from './describe.js'
import {attachedPolicies, documentText, findGroup, iam, iamPage, noSuchEntity} from './lookup.js'

export const groups = handlersFor<typeof Iam>()({
  ListGroups({PathPrefix = '/', ...paging}, context) {
    const wanted = iam(context).groups.filter(({path}) => path.startsWith(PathPrefix))
    const {items, ends} = iamPage(wanted, paging, context, PathPrefix)
    return {Groups: items.map(groupEntry), ...ends}
  },

  GetGroup({GroupName, ...paging}, context) {
    const group = findGroup(GroupName, context)
    const members = iam(context).users.filter((user) => user.groups.includes(GroupName))
    const {items, ends} = iamPage(members, paging, context, GroupName)
    return {Group: groupEntry(group), Users: items.map(userEntry), ...ends}
  },

  ListGroupPolicies({GroupName, ...paging}, context) {
    const {items, ends} = iamPage(Object.keys(findGroup(GroupName, context).inline), paging, context, GroupName)
    return {PolicyNames: items, ...ends}
  },

  GetGroupPolicy({GroupName, PolicyName}, context) {
    const document = findGroup(GroupName, context).inline[PolicyName]
    if (!document) throw noSuchEntity(`The group policy with name ${PolicyName} cannot be found.`)
    return {GroupName, PolicyName, PolicyDocument: documentText(document)}
  },

  ListAttachedGroupPolicies({GroupName, PathPrefix: _, ...paging}, context) {
    const all = attachedPolicies(findGroup(GroupName, context), iam(context))
    const {items, ends} = iamPage(all, paging, context, GroupName)
    return {AttachedPolicies: items, ...ends}
  },
})
