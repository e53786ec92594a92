/** The last `capacity` of the items, oldest first, once `more` came after them. */
export function appendBounded<Item>(items: readonly Item[], more: readonly Item[], capacity: number): readonly Item[] {
  const dropped = Math.max(0, items.length + more.length - capacity)
  return dropped === 0 ? [...items, ...more] : [...items.slice(dropped), ...more.slice(-capacity)]
}
