/** Resources in the value of a read: items of a list, or of the lists it is made of; one for a single thing. */
export function countResources(value: unknown): number {
  if (value === null || value === undefined) return 0
  if (Array.isArray(value)) return value.length
  if (typeof value !== 'object') return 1
  const lists = Object.values(value).filter((member) => Array.isArray(member) && member.every(isObject))
  return lists.length === 0 ? 1 : lists.reduce((sum: number, list: readonly unknown[]) => sum + list.length, 0)
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
