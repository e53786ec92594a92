import {type Decimal, decimal} from '../core/decimal.js'
import {BedrockctlError, usageError} from '../core/errors.js'
import {parseMonthlyVolume, parseShare} from '../core/quantity.js'
import type {BreakEvenInput} from '../cost/breakeven/break-even.js'
import type {CapacityTerms} from '../cost/breakeven/cost-option.js'
import type {Workload} from '../cost/workload/workload.schema.js'
import type {BenchCapacity} from './bench-capacity.js'
import type {BenchCapacityFlags} from './bench-capacity-flags.js'
import type {CapacityFlags} from './breakeven-flags.js'
import {chooseWorkload} from './choose-workload.js'
import {dollars, readNumber, wholeNumber} from './read-number.js'

type Asked = Pick<BreakEvenInput, 'terms' | 'from' | 'to'>
type Inference = BreakEvenInput['workload']
type TextFlag = Exclude<keyof CapacityFlags, 'unit-version' | keyof BenchCapacityFlags>

const DEFAULT_UTILISATION = '0.5'
const DEFAULT_PEAK_FACTOR = 2

/** What is said of capacity and of the range; throws one usage error with everything that is wrong. */
export function readCapacity(flags: CapacityFlags, run?: BenchCapacity): Asked {
  const problems: string[] = []
  const read = (name: TextFlag, example: string, parse?: (text: string) => Decimal | undefined) =>
    readNumber([name, flags[name]], example, problems, parse)
  const needs = (name: keyof CapacityFlags, needed: TextFlag) => {
    if (flags[name] !== undefined && flags[needed] === undefined) problems.push(`--${name} needs --${needed}`)
  }
  const peakFactor = read('peak-factor', '3') ?? decimal(DEFAULT_PEAK_FACTOR)
  if (peakFactor.lt(1)) problems.push('--peak-factor: the busiest minute is no less than the mean one')
  const gpusPerCopy = read('gpus-per-copy', '8', wholeNumber) ?? decimal(run?.gpus ?? 1)
  for (const name of ['unit-version', 'requests-per-hour-per-copy'] as const) needs(name, 'units-per-copy')
  for (const name of ['tokens-per-second', 'gpus-per-copy'] as const) needs(name, 'gpu-hourly')
  needs('utilisation', 'tokens-per-second')
  const unitsPerCopy = read('units-per-copy', '2', wholeNumber)
  const gpuHourly = read('gpu-hourly', '2.50', dollars)
  const requestsPerHourPerCopy = read('requests-per-hour-per-copy', '1200')
  const tokensPerSecond = read('tokens-per-second', '1800')
  const terms: CapacityTerms = {
    peakFactor,
    utilisation: read('utilisation', '60% or 0.6', parseShare) ?? decimal(DEFAULT_UTILISATION),
    tokensPerMinutePerUnit: read('tokens-per-minute-per-unit', '150k'),
    imported: unitsPerCopy && {
      unitsPerCopy,
      version: flags['unit-version'] ?? 'v1.0',
      requestsPerHourPerCopy,
    },
    selfHosted: gpuHourly && {
      gpuHourly,
      currency: 'USD',
      tokensPerSecond,
      gpusPerCopy,
      measured: run?.note,
    },
  }
  const from = read('from', '10/hour', parseMonthlyVolume)
  const to = read('to', '100k/hour', parseMonthlyVolume)
  if (from && to?.lte(from)) problems.push('--to must be more than --from')
  if (problems.length > 0) {
    throw usageError('CAPACITY', 'What is said of the capacity cannot be used.', {
      why: problems.join('\n'),
      hint: 'bedrockctl cost breakeven --help tells each flag.',
    })
  }
  return {terms, from, to}
}

/** Both answers; what is wrong with the one and with the other is told in one error. */
export async function readBoth<One, Other>(
  one: () => One,
  other: () => Promise<Other>,
): Promise<readonly [One, Other]> {
  const [first, second] = await Promise.allSettled([(async () => one())(), other()])
  if (first.status === 'fulfilled' && second.status === 'fulfilled') return [first.value, second.value]
  const reasons: readonly unknown[] = [first, second].flatMap((each) =>
    each.status === 'rejected' ? [each.reason] : [],
  )
  const told = reasons.flatMap((reason) =>
    reason instanceof BedrockctlError && reason.fault === 'usage' ? [reason] : [],
  )
  if (reasons.length < 2 || told.length < 2) throw reasons[0]
  throw usageError('BREAK_EVEN_INCOMPLETE', 'There is no telling where this breaks even as it stands.', {
    why: told.map(({message, why}) => why ?? message).join('\n'),
    hint: told[1]?.hint,
  })
}

/** The workload of a file whose volume is varied: requests to one model, the only such or the one that is named. */
export function variedWorkload(workloads: readonly Workload[], wanted: string | undefined): Inference {
  const chosen = chooseWorkload(workloads, wanted)
  if (typeof chosen !== 'string') return chosen
  throw usageError('WORKLOAD_NOT_CHOSEN', 'Which workload is meant is not known.', {
    why: chosen,
    hint: 'A break-even is of one workload of kind inference: name it with --workload.',
  })
}
