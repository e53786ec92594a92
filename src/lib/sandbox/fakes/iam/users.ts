import type * as Iam from '@aws-sdk/client-iam'
import {handlersFor} from '../../handler.js'
import {groupEntry, userDetails, userEntry} from './describe.js'
import {attachedPolicies, callingUser, documentText, findGroup, findUser, iam, iamPage, noSuchEntity} from './lookup.js'

export const users = handlersFor<typeof Iam>()({
  ListUsers({PathPrefix = '/', ...paging}, context) {
    const wanted = iam(context).users.filter(({path}) => path.startsWith(PathPrefix))
    const {items, ends} = iamPage(wanted, paging, context, PathPrefix)
    return {Users: items.map(userEntry), ...ends}
  },

  GetUser({UserName}, context) {
    const user = UserName === undefined ? callingUser(context) : findUser(UserName, context)
    return {User: userDetails(user, iam(context))}
  },

  GetLoginProfile({UserName}, context) {
    const user = UserName === undefined ? callingUser(context) : findUser(UserName, context)
    if (!user.console) throw noSuchEntity(`Login Profile for User ${user.name} cannot be found.`)
    const CreateDate = new Date(user.console.createdAt)
    return {LoginProfile: {UserName: user.name, CreateDate, PasswordResetRequired: false}}
  },

  ListMFADevices({UserName, ...paging}, context) {
    const user = UserName === undefined ? callingUser(context) : findUser(UserName, context)
    const SerialNumber = user.arn.replace(`:user${user.path}`, ':mfa/')
    const devices = user.mfa ? [{UserName: user.name, SerialNumber, EnableDate: new Date(user.createdAt)}] : []
    const {items, ends} = iamPage(devices, paging, context, user.name)
    return {MFADevices: items, ...ends}
  },

  ListUserPolicies({UserName, ...paging}, context) {
    const {items, ends} = iamPage(Object.keys(findUser(UserName, context).inline), paging, context, UserName)
    return {PolicyNames: items, ...ends}
  },

  GetUserPolicy({UserName, PolicyName}, context) {
    const document = findUser(UserName, context).inline[PolicyName]
    if (!document) throw noSuchEntity(`The user policy with name ${PolicyName} cannot be found.`)
    return {UserName, PolicyName, PolicyDocument: documentText(document)}
  },

  ListAttachedUserPolicies({UserName, PathPrefix: _, ...paging}, context) {
    const all = attachedPolicies(findUser(UserName, context), iam(context))
    const {items, ends} = iamPage(all, paging, context, UserName)
    return {AttachedPolicies: items, ...ends}
  },

  ListGroupsForUser({UserName, ...paging}, context) {
    const all = findUser(UserName, context).groups.map((name) => findGroup(name, context))
    const {items, ends} = iamPage(all, paging, context, UserName)
    return {Groups: items.map(groupEntry), ...ends}
  },
})
