import {isTree} from '../../core/is-tree.js'
import {MOVING} from './nouns.js'
import {policyStatements} from './policy-statements.js'

/** One difference inside a value; `field` is the path to it. */
export type Difference =
  | {readonly kind: 'changed'; readonly field: string; readonly before: string | null; readonly after: string | null}
  | {
      readonly kind: 'added' | 'removed' | 'statement-added' | 'statement-removed'
      readonly field: string
      readonly what: string
    }
  | {readonly kind: 'no-longer-read' | 'newly-read'; readonly field: string; readonly why: string}

type Tree = Readonly<Record<string, unknown>>

/** Everything in which two values differ, down to the single member. What moves by itself is left out. */
export function diffValue(before: unknown, after: unknown, field = ''): readonly Difference[] {
  if (before === after) return []
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(before, after, field)
  if (isTree(before) && isTree(after)) {
    return isPart(before) && isPart(after) ? diffParts(before, after, field) : diffMembers(before, after, field)
  }
  if (typeof before === 'string' && typeof after === 'string') {
    const statements = diffStatements(before, after, field)
    if (statements) return statements
  }
  return [{kind: 'changed', field, before: show(before), after: show(after)}]
}

function diffMembers(before: Tree, after: Tree, field: string): readonly Difference[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !MOVING.has(name))
  return names.flatMap((name) => diffValue(before[name], after[name], field === '' ? name : `${field}.${name}`))
}

/** A part that is unread on one side is no change: what it holds is not known there. */
function diffParts(before: Tree, after: Tree, field: string): readonly Difference[] {
  const [read, readNow] = [before['status'] === 'read', after['status'] === 'read']
  if (read && readNow) return diffValue(before['value'], after['value'], field)
  if (!read && !readNow) return []
  const unread = read ? after : before
  return [
    {kind: read ? 'no-longer-read' : 'newly-read', field, why: `${String(unread['code'])} ${String(unread['action'])}`},
  ]
}

function diffLists(before: readonly unknown[], after: readonly unknown[], field: string): readonly Difference[] {
  const [old, now] = [byIdentity(before), byIdentity(after)]
  const gone = [...old].filter(([key]) => !now.has(key))
  const come = [...now].filter(([key]) => !old.has(key))
  const kept = [...now].filter(([key]) => old.has(key))
  return [
    ...gone.map(([key, item]): Difference => ({kind: 'removed', field, what: isTree(item) ? key : (show(item) ?? '')})),
    ...come.map(([key, item]): Difference => ({kind: 'added', field, what: isTree(item) ? key : (show(item) ?? '')})),
    ...kept.flatMap(([key, item]) => diffValue(old.get(key), item, `${field}[${key}]`)),
  ]
}

/** Items by what names them; one that has no name is named by what it is. */
export function byIdentity(items: readonly unknown[]): ReadonlyMap<string, unknown> {
  const named = items.map((item) => ({name: identityOf(item), item}))
  const counts = new Map<string, number>()
  for (const {name} of named) counts.set(name, (counts.get(name) ?? 0) + 1)
  return new Map(named.map(({name, item}) => [counts.get(name) === 1 ? name : JSON.stringify(item), item]))
}

const IDENTITIES = [
  'arn',
  'id',
  'configId',
  'code',
  'vpcId',
  'user',
  'modelId',
  'version',
  'service',
  'number',
  'name',
  'key',
]

function identityOf(item: unknown): string {
  if (!isTree(item)) return JSON.stringify(item)
  const name = IDENTITIES.map((key) => item[key]).find((value) => typeof value === 'string' && value !== '')
  if (typeof name === 'string') return name
  // A filter or a grounding check has a type; a rule has nothing but itself.
  return typeof item['type'] === 'string' ? item['type'] : JSON.stringify(item)
}

function diffStatements(before: string, after: string, field: string): readonly Difference[] | undefined {
  const [old, now] = [policyStatements(before), policyStatements(after)]
  if (!old || !now) return undefined
  return [
    ...[...old].filter(([key]) => !now.has(key)).map(([, what]) => ({kind: 'statement-removed', field, what}) as const),
    ...[...now].filter(([key]) => !old.has(key)).map(([, what]) => ({kind: 'statement-added', field, what}) as const),
  ]
}

const LONGEST = 120

function show(value: unknown): string | null {
  if (value === null || value === undefined) return null
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** A part says whether it was read; a resource has a status too, but no value or code beside it. */
function isPart(tree: Tree): boolean {
  return 'status' in tree && ('value' in tree || ('action' in tree && 'reason' in tree))
}
