import {misfit} from './misfit.js'
import {momentAt} from './moment.js'
import type {MemberAccount, Organization, OrganizationNode, OrganizationPolicy} from './organization-state.js'
import type {Scenario, ScenarioOrganization} from './scenario.schema.js'

const EVERYTHING = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}
const EVERYBODY = {
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', Principal: '*', Action: '*', Resource: '*'}],
}
/** What AWS attaches to everything when the type is enabled. */
const WHOLE_ACCESS = {
  SERVICE_CONTROL_POLICY: {id: 'p-FullAWSAccess', name: 'FullAWSAccess', document: EVERYTHING},
  RESOURCE_CONTROL_POLICY: {id: 'p-RCPFullAWSAccess', name: 'RCPFullAWSAccess', document: EVERYBODY},
} as const

type Seat = NonNullable<ScenarioOrganization['root']['accounts']>[number]
type Attachable = Pick<Seat, 'policies' | 'allowList'>

/** The organisation of a scenario; `undefined` when it has none. */
export function buildOrganization(scenario: Scenario, now: number): Organization | undefined {
  return scenario.organization && new Builder(scenario, scenario.organization, now).build()
}

class Builder {
  readonly #scenario: Scenario
  readonly #given: ScenarioOrganization
  readonly #now: number
  readonly #partition: string
  readonly #policies: ReadonlyMap<string, OrganizationPolicy>

  constructor(scenario: Scenario, given: ScenarioOrganization, now: number) {
    this.#scenario = scenario
    this.#given = given
    this.#now = now
    this.#partition = scenario.accounts.find(({id}) => id === given.managementAccount)?.partition ?? 'aws'
    this.#policies = new Map([...this.#awsPolicies(), ...this.#ownPolicies()].map((policy) => [policy.id, policy]))
  }

  build(): Organization {
    const given = this.#given
    const {root} = given
    const id = root.id
    const top: OrganizationNode = {
      ...this.#node('ROOT', id, 'Root', undefined, root),
      arn: this.#arn(`root/${given.id}/${id}`),
    }
    const units = (root.units ?? []).map(
      (unit): OrganizationNode => ({
        ...this.#node('ORGANIZATIONAL_UNIT', unit.id, unit.name, unit.parent ?? id, unit),
        arn: this.#arn(`ou/${given.id}/${unit.id}`),
      }),
    )
    const seats = [root, ...(root.units ?? [])].flatMap((parent) =>
      (parent.accounts ?? []).map((seat) => this.#member(seat, parent.id)),
    )
    const accounts = [...seats].sort((a, b) => (a.id < b.id ? -1 : 1))
    this.#check(top, units, accounts)
    const management = accounts.find((account) => account.id === given.managementAccount)
    return {
      id: given.id,
      arn: this.#arn(`organization/${given.id}`),
      managementAccount: given.managementAccount,
      managementArn: management?.arn ?? '',
      managementEmail: management?.email ?? '',
      features: given.features ?? 'ALL',
      delegatedAdministrators: new Set(given.delegatedAdministrators),
      policyTypes: given.policyTypes ?? [],
      policies: this.#policies,
      nodes: new Map([top, ...units, ...accounts].map((node) => [node.id, node])),
      accounts: new Map(accounts.map((account) => [account.id, account])),
    }
  }

  #arn(resource: string): string {
    return `arn:${this.#partition}:organizations::${this.#given.managementAccount}:${resource}`
  }

  #awsPolicies(): readonly OrganizationPolicy[] {
    return Object.entries(WHOLE_ACCESS).map(([type, {id, name, document}]) => ({
      id,
      name,
      type,
      document,
      arn: `arn:${this.#partition}:organizations::aws:policy/${type.toLowerCase()}/${id}`,
      description: 'Allows access to every operation',
      awsManaged: true,
    }))
  }

  #ownPolicies(): readonly OrganizationPolicy[] {
    return (this.#given.policies ?? []).map(({id, name, type, description = '', document}) => ({
      id,
      name,
      type,
      document,
      arn: this.#arn(`policy/${this.#given.id}/${type.toLowerCase()}/${id}`),
      description,
      awsManaged: false,
    }))
  }

  #node(
    kind: OrganizationNode['kind'],
    id: string,
    name: string,
    parent: string | undefined,
    {policies = [], allowList = false}: Attachable,
  ): Omit<OrganizationNode, 'arn'> {
    const types = this.#given.policyTypes ?? []
    const whole = Object.entries(WHOLE_ACCESS).filter(
      ([type]) => types.some((enabled) => enabled === type) && !(allowList && type === 'SERVICE_CONTROL_POLICY'),
    )
    return {
      kind,
      id,
      name,
      parent,
      policies: [...whole.map(([, policy]) => policy.id), ...policies.map((one) => this.#idOf(one))],
    }
  }

  #idOf(name: string): string {
    const policy = [...this.#policies.values()].find((one) => one.name === name)
    if (!policy) throw misfit('organization', `there is no policy ${name}`)
    if (!this.#given.policyTypes?.some((type) => type === policy.type)) {
      throw misfit('organization.policyTypes', `${policy.type} is not enabled, and ${name} is attached`)
    }
    return policy.id
  }

  #member(seat: Seat, parent: string): MemberAccount {
    const served = this.#scenario.accounts.find(({id}) => id === seat.id)
    const other = this.#given.members?.find(({id}) => id === seat.id)
    const name = served?.name ?? other?.name
    if (name === undefined) throw misfit('organization', `nothing is known of the account ${seat.id}`)
    return {
      ...this.#node('ACCOUNT', seat.id, name, parent, seat),
      kind: 'ACCOUNT',
      arn: this.#arn(`account/${this.#given.id}/${seat.id}`),
      email: `aws+${seat.id}@example.com`,
      status: other?.status ?? 'ACTIVE',
      joinedAt: momentAt(other?.joinedOn ?? served?.createdOn ?? '2024-01-01', this.#now),
      joinedMethod: seat.id === this.#given.managementAccount ? 'INVITED' : 'CREATED',
    }
  }

  #check(top: OrganizationNode, units: readonly OrganizationNode[], accounts: readonly MemberAccount[]): void {
    const before = new Set([top.id])
    for (const {id, parent = ''} of units) {
      if (!before.has(parent))
        throw misfit('organization.root.units', `${id} lies in ${parent}, which does not come before it`)
      before.add(id)
    }
    if (!accounts.some(({id}) => id === this.#given.managementAccount)) {
      throw misfit('organization.managementAccount', 'it has no place in the tree')
    }
    if (new Set(accounts.map(({id}) => id)).size < accounts.length) {
      throw misfit('organization', 'an account has two places in the tree')
    }
  }
}
