/** Every Region that workloads name, at whatever depth, and the one for those that name none. */
export function regionsOf(workloads: readonly object[], otherwise: string | undefined): readonly string[] {
  const found = new Set<string>(otherwise === undefined ? [] : [otherwise])
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, member] of Object.entries(value)) {
      if (name === 'region' && typeof member === 'string') found.add(member)
      else walk(member)
    }
  }
  for (const workload of workloads) walk(workload)
  return [...found]
}
