import type {PolicyDocument} from './iam-state.js'
import type {Organization, OrganizationNode} from './organization-state.js'

/** What an organisation says over the heads of an account's own policies. */
export interface OrganizationControls {
  /** Service control policies of each level, from the account up to the root: every level must allow. */
  readonly service: readonly (readonly PolicyDocument[])[]
  /** Resource control policies of all levels. */
  readonly resource: readonly PolicyDocument[]
}

export const NO_CONTROLS: OrganizationControls = {service: [], resource: []}

/** The control policies that an account is under; none for the management account, which they do not reach. */
export function controlsOf(organization: Organization | undefined, account: string): OrganizationControls {
  const member = organization?.accounts.get(account)
  if (!organization || !member || account === organization.managementAccount) return NO_CONTROLS
  const levels: OrganizationNode[] = []
  for (let node: OrganizationNode | undefined = member; node; node = parentOf(node, organization)) levels.push(node)
  const documents = ({policies}: OrganizationNode, type: string) =>
    policies.flatMap((id) => {
      const policy = organization.policies.get(id)
      return policy?.type === type ? [policy.document] : []
    })
  const isEnabled = organization.policyTypes.includes('SERVICE_CONTROL_POLICY')
  return {
    service: isEnabled ? levels.map((level) => documents(level, 'SERVICE_CONTROL_POLICY')) : [],
    resource: levels.flatMap((level) => documents(level, 'RESOURCE_CONTROL_POLICY')),
  }
}

function parentOf({parent}: OrganizationNode, {nodes}: Organization): OrganizationNode | undefined {
  return parent === undefined ? undefined : nodes.get(parent)
}
