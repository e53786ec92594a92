import type * as Iam from '@aws-sdk/client-iam'
import {handlersFor} from '../../handler.js'
import {roleDetails, roleEntry} from './describe.js'
import {attachedPolicies, documentText, findRole, iam, iamPage, noSuchEntity} from './lookup.js'

export const roles = handlersFor<typeof Iam>()({
  ListRoles({PathPrefix = '/', ...paging}, context) {
    const wanted = iam(context).roles.filter(({path}) => path.startsWith(PathPrefix))
    const {items, ends} = iamPage(wanted, paging, context, PathPrefix)
    return {Roles: items.map(roleEntry), ...ends}
  },

  GetRole({RoleName}, context) {
    return {Role: roleDetails(findRole(RoleName, context), iam(context))}
  },

  ListRolePolicies({RoleName, ...paging}, context) {
    const {items, ends} = iamPage(Object.keys(findRole(RoleName, context).inline), paging, context, RoleName)
    return {PolicyNames: items, ...ends}
  },

  GetRolePolicy({RoleName, PolicyName}, context) {
    const document = findRole(RoleName, context).inline[PolicyName]
    if (!document) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`)
    return {RoleName, PolicyName, PolicyDocument: documentText(document)}
  },

  ListAttachedRolePolicies({RoleName, PathPrefix: _, ...paging}, context) {
    const all = attachedPolicies(findRole(RoleName, context), iam(context))
    const {items, ends} = iamPage(all, paging, context, RoleName)
    return {AttachedPolicies: items, ...ends}
  },
})
