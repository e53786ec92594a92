import {benchCapacity, holdMix, withBench} from './bench-capacity.js'
import type {CompareFlags} from './compare-flags.js'
import {type CompareReading, readComparison} from './compare-input.js'

/** What is compared, with what a run measured in place of the figures of GPUs where one is named. */
export async function readMeasured(
  file: string | undefined,
  flags: CompareFlags,
  reading: CompareReading,
): ReturnType<typeof readComparison> {
  const run = await benchCapacity(flags)
  if (!run) return readComparison(file, flags, reading)
  const include = [...new Set([...(flags.include ?? []), 'self-hosted' as const])]
  const asked = await readComparison(file, {...withBench(flags, run, file), include}, reading)
  await holdMix(run, asked.grid.workload, flags['other-mix'])
  const {selfHosted} = asked.capacity
  const capacity = selfHosted ? {...asked.capacity, selfHosted: {...selfHosted, measured: run.note}} : asked.capacity
  return {...asked, capacity}
}
