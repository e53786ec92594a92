import type * as Iam from '@aws-sdk/client-iam'
import {handlersFor} from '../../handler.js'
import {iam, iamPage} from './lookup.js'

export const account = handlersFor<typeof Iam>()({
  ListAccountAliases(paging, context) {
    const {items, ends} = iamPage(
      [iam(context).alias].flatMap((alias) => alias ?? []),
      paging,
      context,
    )
    return {AccountAliases: items, ...ends}
  },

  GetAccountSummary(_input, context) {
    const {users, groups, roles, policies} = iam(context)
    const own = [...policies.values()].filter(({ownedBy}) => ownedBy === 'account')
    const mfa = users.filter((user) => user.mfa).length
    return {
      SummaryMap: {
        AccessKeysPerUserQuota: 2,
        AccountAccessKeysPresent: 0,
        AccountMFAEnabled: 1,
        AccountPasswordPresent: 1,
        AccountSigningCertificatesPresent: 0,
        AttachedPoliciesPerGroupQuota: 10,
        AttachedPoliciesPerRoleQuota: 10,
        AttachedPoliciesPerUserQuota: 10,
        Groups: groups.length,
        GroupsPerUserQuota: 10,
        GroupsQuota: 300,
        InstanceProfiles: 0,
        MFADevices: mfa,
        MFADevicesInUse: mfa,
        Policies: own.length,
        PoliciesQuota: 1500,
        PolicySizeQuota: 6144,
        PolicyVersionsInUse: own.reduce((sum, {versions}) => sum + versions.length, 0),
        Roles: roles.length,
        RolesQuota: 1000,
        ServerCertificates: 0,
        Users: users.length,
        UsersQuota: 5000,
        VersionsPerPolicyQuota: 5,
      },
    }
  },
})
