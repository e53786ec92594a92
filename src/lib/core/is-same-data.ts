import {isTree} from './is-tree.js'

/** Whether two values of plain data (JSON) say the same; a member that is undefined is as good as none. */
export function isSameData(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, at) => isSameData(value, other[at]))
  }
  if (!isTree(one) || !isTree(other)) return false
  for (const name in one) if (!isSameData(one[name], other[name])) return false
  for (const name in other) if (other[name] !== undefined && one[name] === undefined) return false
  return true
}
