import {type Reading, read, readPart} from '../../account/read.js'
import type {AccountSnapshot, ReadItem, ReadValues} from '../../account/snapshot.schema.js'
import type {CompiledPolicy} from '../compile-policy.js'
import type {ControlLevel, PolicyLayers} from '../policy-layers.js'
import type {PolicyLibrary} from './policy-library.js'

/** Where the account stands in its organisation, and the control policies on the way down to it. */
export interface OrganizationFacts {
  /** Its id; null: the account is in none; undefined: not known. */
  readonly organization: string | null | undefined
  /** As `aws:PrincipalOrgPaths` gives it; undefined: not known. */
  readonly path: string | null | undefined
  readonly managementAccount: PolicyLayers['managementAccount']
  readonly scp: readonly ControlLevel[] | null
  readonly rcp: readonly ControlLevel[] | null
}

type Node = ReadItem<'organizations:tree'>
type Policy = ReadItem<'organizations:policies'>
type Unread = Extract<Reading<unknown>, {readonly state: 'unread'}>

const KINDS = {scp: 'SERVICE_CONTROL_POLICY', rcp: 'RESOURCE_CONTROL_POLICY'} as const

/** What was not read becomes a level that says so, so that it never passes for the absence of a policy. */
export function readOrganizationFacts(snapshot: AccountSnapshot, library: PolicyLibrary): OrganizationFacts {
  const organization = read(snapshot, 'organizations:organization')
  if (organization.state === 'read' && organization.value === null) {
    return {organization: null, path: null, managementAccount: 'none', scp: null, rcp: null}
  }
  const value = organization.state === 'read' ? organization.value : null
  const nodes = wayDown(snapshot, organization)
  const known = Array.isArray(nodes)
  const levels = (kind: 'scp' | 'rcp'): readonly ControlLevel[] | null => {
    // Without all features an organisation has no control policies.
    if (value !== null && value.featureSet !== 'ALL') return null
    return known ? levelsOf(kind, nodes, snapshot, library) : [unreadLevel(nodes as string)]
  }
  return {
    organization: value?.id,
    path: known && value !== null ? `${[value.id, ...nodes.slice(0, -1).map(({id}) => id)].join('/')}/` : undefined,
    managementAccount: value?.managementAccount ?? 'unknown',
    scp: levels('scp'),
    rcp: levels('rcp'),
  }
}

/** A reading in one line, for people. */
export function unreadReason({action, reason}: Pick<Unread, 'action' | 'reason'>): string {
  return `${action}: ${reason}`
}

function unreadLevel(reason: string): ControlLevel {
  return {name: 'organisation', policies: [], unread: [reason]}
}

/** Root, units and account, or why they are not known. */
function wayDown(
  snapshot: AccountSnapshot,
  organization: Reading<ReadValues['organizations:organization']>,
): readonly Node[] | string {
  const {account} = snapshot.caller
  const tree = read(snapshot, 'organizations:tree')
  if (tree.state === 'unread') return unreadReason(organization.state === 'unread' ? organization : tree)
  const byId = new Map(tree.value.map((node) => [node.id, node]))
  const way: Node[] = []
  for (let id: string | null = account; id !== null; ) {
    const node: Node | undefined = byId.get(id)
    if (node === undefined) return `the tree of the organisation does not hold ${id}`
    if (way.includes(node)) return `the tree of the organisation leads in a circle at ${id}`
    way.unshift(node)
    id = node.parentId
  }
  return way[0]?.kind === 'root' ? way : `the tree of the organisation does not lead from a root to ${account}`
}

function levelsOf(
  kind: 'scp' | 'rcp',
  nodes: readonly Node[],
  snapshot: AccountSnapshot,
  library: PolicyLibrary,
): readonly ControlLevel[] | null {
  const type = KINDS[kind]
  if (nodes[0]?.policyTypes.includes(type) !== true) return null
  const policies = read(snapshot, 'organizations:policies')
  if (policies.state === 'unread') return nodes.map((node) => ({...namedLevel(node), unread: [unreadReason(policies)]}))
  const ofType = policies.value.filter((policy) => policy.type === type).map((policy) => prepare(policy, kind, library))
  return nodes.map((node) => levelOf(node, ofType))
}

interface Prepared {
  readonly targets: ReadonlySet<string> | undefined
  readonly compiled: CompiledPolicy | undefined
  /** Why targets or content are missing. */
  readonly unread: string | undefined
}

function prepare({id, name, content, targets}: Policy, kind: 'scp' | 'rcp', library: PolicyLibrary): Prepared {
  const text = readPart(content)
  const attached = readPart(targets)
  const missing = attached.state === 'unread' ? attached : text.state === 'unread' ? text : undefined
  return {
    targets: attached.state === 'read' ? new Set(attached.value) : undefined,
    compiled: text.state === 'read' ? library.policy(`${name} (${id})`, text.value, kind) : undefined,
    unread: missing && `${name} (${id}): ${unreadReason(missing)}`,
  }
}

function levelOf(node: Node, policies: readonly Prepared[]): ControlLevel {
  const here = policies.filter(({targets}) => targets === undefined || targets.has(node.id))
  const unread = here.flatMap((policy) => policy.unread ?? [])
  // Organizations keeps at least one policy at every level while a type is enabled.
  if (here.length === 0) unread.push('no policy was listed for this level, though AWS wants one at every level')
  const known = here.filter((policy) => policy.unread === undefined)
  return {...namedLevel(node), policies: known.flatMap(({compiled}) => compiled ?? []), unread}
}

function namedLevel({name, id}: Node): ControlLevel {
  return {name: `${name} (${id})`, policies: [], unread: []}
}
