import type {Workload} from '../cost/workload/workload.schema.js'

type Inference = Extract<Workload, {kind: 'inference'}>

/** The one workload of kind inference, or the one of them that --workload names; else one sentence on which there are. */
export function chooseWorkload(workloads: readonly Workload[], wanted: string | undefined): Inference | string {
  const suitable = workloads.flatMap((workload) => (workload.kind === 'inference' ? [workload] : []))
  const chosen = wanted === undefined ? suitable : suitable.filter(({name}) => name === wanted)
  const [only, ...others] = chosen
  if (only && others.length === 0) return only
  const names = suitable.map(({name}) => name).join(', ') || 'none'
  if (wanted === undefined) return `--workload is missing: one of ${names}`
  const named = workloads.find(({name}) => name === wanted)
  const what = named ? `${wanted} is of kind ${named.kind}` : `no workload is called “${wanted}”`
  return `${what}; of kind inference: ${names}`
}
