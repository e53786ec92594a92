import type * as Iam from '@aws-sdk/client-iam'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import type {ServiceCredential, User} from '../../world/iam-state.js'
import {callingUser, findUser, iam, iamPage} from './lookup.js'

export const credentials = handlersFor<typeof Iam>()({
  ListAccessKeys({UserName, ...paging}, context) {
    const user = UserName === undefined ? callingUser(context) : findUser(UserName, context)
    const {items, ends} = iamPage(user.accessKeys, paging, context, user.name)
    const AccessKeyMetadata = items.map(({id, active, createdAt}) => ({
      UserName: user.name,
      AccessKeyId: id,
      Status: active ? ('Active' as const) : ('Inactive' as const),
      CreateDate: new Date(createdAt),
    }))
    return {AccessKeyMetadata, ...ends}
  },

  GetAccessKeyLastUsed({AccessKeyId}, context) {
    const owner = iam(context).users.find(({accessKeys}) => accessKeys.some(({id}) => id === AccessKeyId))
    const lastUsed = owner?.accessKeys.find(({id}) => id === AccessKeyId)?.lastUsed
    if (!owner) {
      const caller = context.world.principal(context.account, context.accessKeyId)
      const what = `iam:GetAccessKeyLastUsed on resource: access key ${AccessKeyId}`
      throw new WireError('AccessDenied', `User: ${caller} is not authorized to perform: ${what}`, 403)
    }
    const use = lastUsed
      ? {LastUsedDate: new Date(lastUsed.at), Region: lastUsed.region, ServiceName: lastUsed.service}
      : {LastUsedDate: undefined, Region: 'N/A', ServiceName: 'N/A'}
    return {UserName: owner.name, AccessKeyLastUsed: use}
  },

  ListServiceSpecificCredentials({UserName, ServiceName, AllUsers = false, ...paging}, context) {
    const users = AllUsers
      ? iam(context).users
      : [UserName === undefined ? callingUser(context) : findUser(UserName, context)]
    const all = users.flatMap((user) => user.serviceCredentials.map((credential) => ({user, credential})))
    const wanted = all.filter(({credential}) => ServiceName === undefined || credential.service === ServiceName)
    const what = JSON.stringify([UserName, ServiceName, AllUsers])
    const {items, ends} = iamPage(wanted, paging, context, what)
    const ServiceSpecificCredentials = items.map(({user, credential}) => describe(user, credential, context))
    // Only the list of all users has pages.
    return AllUsers ? {ServiceSpecificCredentials, ...ends} : {ServiceSpecificCredentials}
  },
})

function describe({name}: User, credential: ServiceCredential, {now}: RequestContext) {
  const {id, service, alias, createdAt, expiresAt, active} = credential
  const expired = expiresAt !== undefined && expiresAt <= now()
  return {
    UserName: name,
    Status: expired ? ('Expired' as const) : active ? ('Active' as const) : ('Inactive' as const),
    ...(service === 'bedrock.amazonaws.com' ? {ServiceCredentialAlias: alias} : {ServiceUserName: alias}),
    CreateDate: new Date(createdAt),
    ...(expiresAt !== undefined && {ExpirationDate: new Date(expiresAt)}),
    ServiceSpecificCredentialId: id,
    ServiceName: service,
  }
}
