import {regionOfArn} from '../core/arn.js'

/** Every Region that workloads name, at whatever depth, by itself or in an ARN, and the one for those that name none. */
export function regionsOf(workloads: readonly object[], otherwise: string | undefined): readonly string[] {
  const found = new Set<string>(otherwise === undefined ? [] : [otherwise])
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, member] of Object.entries(value)) {
      const region = regionIn(name, member)
      if (region === undefined) walk(member)
      else found.add(region)
    }
  }
  for (const workload of workloads) walk(workload)
  return [...found]
}

function regionIn(name: string, member: unknown): string | undefined {
  if (typeof member !== 'string') return undefined
  if (name === 'model') return regionOfArn(member)
  return name === 'region' ? member : undefined
}
