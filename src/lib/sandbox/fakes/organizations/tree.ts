import type * as Organizations from '@aws-sdk/client-organizations'
import {
  AccountNotFoundException,
  ChildNotFoundException,
  OrganizationalUnitNotFoundException,
  ParentNotFoundException,
} from '@aws-sdk/client-organizations'
import {handlersFor} from '../../handler.js'
import type {MemberAccount, Organization, OrganizationNode, TargetKind} from '../../world/organization-state.js'
import {organizationsPage, ownOrganization, readableOrganization} from './membership.js'

export const tree = handlersFor<typeof Organizations>()({
  DescribeOrganization(_input, context) {
    const organization = ownOrganization(context)
    return {
      Organization: {
        Id: organization.id,
        Arn: organization.arn,
        FeatureSet: organization.features,
        MasterAccountId: organization.managementAccount,
        MasterAccountArn: organization.managementArn,
        MasterAccountEmail: organization.managementEmail,
        // AWS fills this with SCPs alone, whatever is enabled; ListRoots tells the truth.
        AvailablePolicyTypes: [{Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED'}],
      },
    }
  },

  ListRoots(paging, context) {
    const organization = readableOrganization(context)
    const roots = [...organization.nodes.values()].filter(({kind}) => kind === 'ROOT')
    const {items, NextToken} = organizationsPage(roots, paging, context)
    const PolicyTypes = organization.policyTypes.map((type) => ({
      Type: type as Organizations.PolicyType,
      Status: 'ENABLED' as const,
    }))
    return {Roots: items.map(({id, arn, name}) => ({Id: id, Arn: arn, Name: name, PolicyTypes})), NextToken}
  },

  ListOrganizationalUnitsForParent({ParentId, ...paging}, context) {
    const units = childrenOf(ParentId, 'ORGANIZATIONAL_UNIT', readableOrganization(context))
    const {items, NextToken} = organizationsPage(units, paging, context, ParentId)
    return {OrganizationalUnits: items.map(unitEntry), NextToken}
  },

  DescribeOrganizationalUnit({OrganizationalUnitId}, context) {
    const unit = readableOrganization(context).nodes.get(OrganizationalUnitId)
    if (unit?.kind !== 'ORGANIZATIONAL_UNIT') {
      const message = "You specified an organizational unit that doesn't exist."
      throw new OrganizationalUnitNotFoundException({message, $metadata: {}})
    }
    return {OrganizationalUnit: unitEntry(unit)}
  },

  ListAccountsForParent({ParentId, ...paging}, context) {
    const organization = readableOrganization(context)
    const all = childrenOf(ParentId, 'ACCOUNT', organization).flatMap(({id}) => organization.accounts.get(id) ?? [])
    const {items, NextToken} = organizationsPage(all, paging, context, ParentId)
    return {Accounts: items.map(accountEntry), NextToken}
  },

  ListAccounts(paging, context) {
    const {items, NextToken} = organizationsPage([...readableOrganization(context).accounts.values()], paging, context)
    return {Accounts: items.map(accountEntry), NextToken}
  },

  DescribeAccount({AccountId}, context) {
    const account = readableOrganization(context).accounts.get(AccountId)
    if (!account) {
      const message = "You specified an account that doesn't exist."
      throw new AccountNotFoundException({message, $metadata: {}})
    }
    return {Account: accountEntry(account)}
  },

  ListParents({ChildId, ...paging}, context) {
    const {nodes} = readableOrganization(context)
    const child = nodes.get(ChildId)
    if (!child || child.kind === 'ROOT') {
      throw new ChildNotFoundException({message: "You specified a child that doesn't exist.", $metadata: {}})
    }
    const parents = [nodes.get(child.parent ?? '')].flatMap((parent) => parent ?? [])
    const {items, NextToken} = organizationsPage(parents, paging, context, ChildId)
    const Parents = items.map(({id, kind}) => ({
      Id: id,
      Type: kind === 'ROOT' ? ('ROOT' as const) : ('ORGANIZATIONAL_UNIT' as const),
    }))
    return {Parents, NextToken}
  },

  ListChildren({ParentId, ChildType, ...paging}, context) {
    const all = childrenOf(ParentId, ChildType, readableOrganization(context))
    const {items, NextToken} = organizationsPage(all, paging, context, `${ParentId}/${ChildType}`)
    return {Children: items.map(({id}) => ({Id: id, Type: ChildType})), NextToken}
  },

  ListDelegatedAdministrators({ServicePrincipal, ...paging}, context) {
    const {accounts, delegatedAdministrators} = readableOrganization(context)
    const all = [...accounts.values()].filter(({id}) => delegatedAdministrators.has(id))
    const {items, NextToken} = organizationsPage(all, paging, context, ServicePrincipal)
    const DelegatedAdministrators = items.map((account) => ({
      ...accountEntry(account),
      DelegationEnabledDate: new Date(account.joinedAt),
    }))
    return {DelegatedAdministrators, NextToken}
  },
})

function childrenOf(parent: string, kind: TargetKind, {nodes}: Organization): readonly OrganizationNode[] {
  const found = nodes.get(parent)
  if (!found || found.kind === 'ACCOUNT') {
    const message = "You specified a root or organizational unit that doesn't exist."
    throw new ParentNotFoundException({message, $metadata: {}})
  }
  return [...nodes.values()].filter((node) => node.parent === parent && node.kind === kind)
}

function unitEntry({id, arn, name}: OrganizationNode) {
  return {Id: id, Arn: arn, Name: name}
}

function accountEntry({id, arn, name, email, status, joinedAt, joinedMethod}: MemberAccount) {
  return {
    Id: id,
    Arn: arn,
    Name: name,
    Email: email,
    Status: status,
    State: status === 'PENDING_CLOSURE' ? ('PENDING_CLOSURE' as const) : status,
    JoinedMethod: joinedMethod,
    JoinedTimestamp: new Date(joinedAt),
  }
}
