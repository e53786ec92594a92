import type {OperationCount} from './state.js'

/** The operations, the one with most requests first. */
export function busiestOperations(operations: ReadonlyMap<string, OperationCount>): readonly OperationCount[] {
  return [...operations.values()].sort(
    (a, b) => b.count - a.count || (a.service + a.operation < b.service + b.operation ? -1 : 1),
  )
}

/** How many requests each service had, the busiest first. */
export function busiestServices(
  operations: ReadonlyMap<string, OperationCount>,
): readonly {readonly service: string; readonly count: number}[] {
  const counts = new Map<string, number>()
  for (const {service, count} of operations.values()) counts.set(service, (counts.get(service) ?? 0) + count)
  return [...counts]
    .map(([service, count]) => ({service, count}))
    .sort((a, b) => b.count - a.count || (a.service < b.service ? -1 : 1))
}
