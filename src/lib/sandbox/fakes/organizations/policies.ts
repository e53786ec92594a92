import type * as Organizations from '@aws-sdk/client-organizations'
import {
  EffectivePolicyNotFoundException,
  PolicyNotFoundException,
  type PolicyType,
  TargetNotFoundException,
} from '@aws-sdk/client-organizations'
import {handlersFor} from '../../handler.js'
import type {Organization, OrganizationNode, OrganizationPolicy} from '../../world/organization-state.js'
import {effectivePolicy} from './effective-policy.js'
import {accessDenied, organizationsPage, ownOrganization, readableOrganization} from './membership.js'

export const policies = handlersFor<typeof Organizations>()({
  ListPolicies({Filter, ...paging}, context) {
    const {policies: all, policyTypes} = readableOrganization(context)
    // A type that is not enabled has no policy to show, those of AWS included.
    const wanted = policyTypes.includes(Filter) ? [...all.values()].filter(({type}) => type === Filter) : []
    const {items, NextToken} = organizationsPage(wanted, paging, context, Filter)
    return {Policies: items.map(policySummary), NextToken}
  },

  ListPoliciesForTarget({TargetId, Filter, ...paging}, context) {
    const organization = readableOrganization(context)
    const attached = target(TargetId, organization).policies.flatMap((id) => organization.policies.get(id) ?? [])
    const wanted = attached.filter(({type}) => type === Filter)
    const {items, NextToken} = organizationsPage(wanted, paging, context, `${TargetId}/${Filter}`)
    return {Policies: items.map(policySummary), NextToken}
  },

  ListTargetsForPolicy({PolicyId, ...paging}, context) {
    const organization = readableOrganization(context)
    const {id} = policy(PolicyId, organization)
    const targets = [...organization.nodes.values()].filter(({policies: attached}) => attached.includes(id))
    const {items, NextToken} = organizationsPage(targets, paging, context, PolicyId)
    return {Targets: items.map(targetEntry), NextToken}
  },

  DescribePolicy({PolicyId}, context) {
    const found = policy(PolicyId, readableOrganization(context))
    return {Policy: {PolicySummary: policySummary(found), Content: JSON.stringify(found.document)}}
  },

  DescribeEffectivePolicy({PolicyType: type, TargetId}, context) {
    const account = TargetId ?? context.account
    const organization = account === context.account ? ownOrganization(context) : readableOrganization(context)
    const member = organization.accounts.get(account)
    if (!member) throw account.length === 12 ? targetNotFound() : accessDenied()
    const path = pathTo(member, organization)
    const merged = effectivePolicy(
      path.map((node) => node.policies.flatMap((id) => organization.policies.get(id) ?? [])),
      type,
    )
    if (!merged) {
      const message = `There is no effective policy of the type ${type} for the account ${account}.`
      throw new EffectivePolicyNotFoundException({message, $metadata: {}})
    }
    const LastUpdatedTimestamp = new Date(member.joinedAt)
    const PolicyContent = JSON.stringify(merged)
    return {EffectivePolicy: {PolicyContent, LastUpdatedTimestamp, TargetId: account, PolicyType: type}}
  },
})

/** From the root down to the account. */
function pathTo(node: OrganizationNode, organization: Organization): readonly OrganizationNode[] {
  const parent = node.parent === undefined ? undefined : organization.nodes.get(node.parent)
  return parent ? [...pathTo(parent, organization), node] : [node]
}

function targetNotFound(): TargetNotFoundException {
  const message = "You specified a target that doesn't exist."
  return new TargetNotFoundException({message, $metadata: {}})
}

function target(id: string, {nodes}: Organization): OrganizationNode {
  const found = nodes.get(id)
  if (!found) throw targetNotFound()
  return found
}

function policy(id: string, organization: Organization): OrganizationPolicy {
  const found = organization.policies.get(id)
  if (!found) throw new PolicyNotFoundException({message: "You specified a policy that doesn't exist.", $metadata: {}})
  return found
}

function policySummary({id, arn, name, description, type, awsManaged}: OrganizationPolicy) {
  return {
    Id: id,
    Arn: arn,
    Name: name,
    Description: description,
    Type: type as PolicyType,
    AwsManaged: awsManaged,
  }
}

function targetEntry({id, arn, name, kind}: OrganizationNode) {
  return {TargetId: id, Arn: arn, Name: name, Type: kind}
}
