import {usageError} from '../core/errors.js'
import {type WorkloadFlags, workloadFlags} from './cost-flags.js'
import {type OpenWorkloads, readWorkloads, type WorkloadReading} from './read-workloads.js'

/** The workloads of a file, or the one that flags describe. */
export async function openWorkloads(
  file: string | undefined,
  flags: WorkloadFlags,
  named: string | undefined,
  reading: WorkloadReading,
): Promise<Omit<OpenWorkloads, 'placeOf'> & Partial<OpenWorkloads>> {
  if (file === undefined) {
    const {workloadOfFlags} = await import('./workload-of-flags.js')
    return {workloads: [workloadOfFlags(flags, named)], region: reading.region, ownPrices: []}
  }
  const beside = Object.keys(workloadFlags).filter((name) => flags[name as keyof WorkloadFlags] !== undefined)
  if (beside.length > 0) {
    throw usageError('FILE_AND_FLAGS', `${file} says what the workloads are; --${beside.join(', --')} cannot too.`, {
      hint: 'Change the file, or leave it out.',
    })
  }
  return readWorkloads(file, reading)
}
