import {type Decimal, decimal, roundedUp} from '../core/decimal.js'
import {HOURS_PER_MONTH} from '../core/quantity.js'
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
  if (!selfHosted) return asked
  const gpus = selfHosted.gpus ?? wholeCopies(asked.grid.workload, selfHosted, decimal(run.gpus))
  return {...asked, capacity: {...asked.capacity, selfHosted: {...selfHosted, gpus, measured: run.note}}}
}

/** GPUs that served together are bought together: one of two has nothing to serve a model with. */
function wholeCopies(
  {inputTokens, outputTokens, requests}: Awaited<ReturnType<typeof readComparison>>['grid']['workload'],
  {tokensPerSecond, utilisation}: {readonly tokensPerSecond: Decimal; readonly utilisation: Decimal},
  gpus: Decimal,
): Decimal {
  const tokens = requests.times(inputTokens.plus(outputTokens))
  const ofOneCopy = tokensPerSecond.times(gpus).times(utilisation).times(3600).times(HOURS_PER_MONTH)
  return roundedUp(tokens.div(ofOneCopy)).times(gpus)
}
