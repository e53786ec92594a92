import type {OrganizationPolicy} from '../../world/organization-state.js'

// Management policies are inherited by operators, not added up like SCPs:
// docs.aws.amazon.com/organizations/latest/userguide/policy-operators.html

type Tree = Readonly<Record<string, unknown>>

const CONTROLS = '@@operators_allowed_for_child_policies'

/**
 * The policy of one type that holds at the end of a path of levels, root first, each with the policies attached to it;
 * `undefined` when no level has any.
 */
export function effectivePolicy(levels: readonly (readonly OrganizationPolicy[])[], type: string): Tree | undefined {
  const documents = levels.map((level) => level.filter((policy) => policy.type === type).map(({document}) => document))
  if (documents.every((level) => level.length === 0)) return undefined
  let merged: Node = {children: new Map(), value: undefined, closed: false}
  for (const level of documents) {
    for (const document of level) merged = merge(merged, document)
    merged = close(merged)
  }
  return plain(merged) as Tree
}

interface Node {
  readonly children: ReadonlyMap<string, Node>
  readonly value: unknown
  /** Levels below may not change it; `next`: from the next level on. */
  readonly closed: boolean | 'next'
}

const EMPTY: Node = {children: new Map(), value: undefined, closed: false}

function merge(node: Node, document: Tree): Node {
  const closed = allowsNothing(document[CONTROLS]) && node.closed === false ? 'next' : node.closed
  const children = new Map(node.children)
  for (const [key, child] of Object.entries(document)) {
    if (key.startsWith('@@')) continue
    children.set(key, isTree(child) ? merge(children.get(key) ?? EMPTY, child) : {...EMPTY, value: child})
  }
  return {children, closed, value: node.closed === true ? node.value : applied(node.value, document)}
}

function applied(value: unknown, document: Tree): unknown {
  const assigned = '@@assign' in document ? document['@@assign'] : value
  const added = '@@append' in document ? [...new Set([...listOf(assigned), ...listOf(document['@@append'])])] : assigned
  if (!('@@remove' in document)) return added
  const removed = listOf(document['@@remove'])
  return listOf(added).filter((item) => !removed.includes(item))
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? (value as readonly unknown[]) : [value]
}

function allowsNothing(operators: unknown): boolean {
  return Array.isArray(operators) && operators.length === 1 && operators[0] === '@@none'
}

/** What a level forbade its children takes effect below it. */
function close({children, value, closed}: Node): Node {
  const below = new Map([...children].map(([key, child]) => [key, close(child)] as const))
  return {children: below, value, closed: closed !== false}
}

function plain({children, value}: Node): unknown {
  if (children.size === 0) return value ?? {}
  return Object.fromEntries([...children].map(([key, child]) => [key, plain(child)]))
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
