import {type Decimal, decimal, ONE, roundedUp, ZERO} from '../../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../../core/quantity.js'
import type {Usage} from '../../usage.js'
import type {Demand, DemandContext} from '../demand.js'
import type {WorkloadOf} from '../workload.schema.js'

const MINUTES_PER_WINDOW = 5
const WINDOWS_PER_HOUR = 60 / MINUTES_PER_WINDOW

/**
 * Copies are billed in windows of five minutes from the first request that succeeds; a window without any is not
 * billed. Source: Amazon Bedrock User Guide, “Calculate the cost of running a custom model”.
 */
export function importedModelDemand(workload: WorkloadOf<'imported-model'>, context: DemandContext): Demand {
  const {hoursPerDay, inputTokens, outputTokens, requestsPerHourPerCopy, unitsPerCopy, version} = workload
  const {region} = context
  if (region === undefined) context.problem(['region'], 'no Region is named; say where the model is imported')
  const requests = workload.requests.times(context.factor)
  const hours = hoursPerDay.times(HOURS_PER_MONTH).div(24)
  const perHour = requests.div(hours)
  const copies = requestsPerHourPerCopy ? roundedUp(perHour.div(requestsPerHourPerCopy)) : requests.gt(0) ? ONE : ZERO
  // A window that begins is billed whole: less than five minutes a day are one a day.
  const open = roundedUp(hoursPerDay.times(WINDOWS_PER_HOUR)).times(HOURS_PER_MONTH).div(24)
  const active = activeShare(requests.div(open).times(WINDOWS_PER_HOUR))
  const windows = open.times(active)
  const what = {
    component: 'imported model',
    modelId: 'custom-model-import',
    of: 'unit',
    variant: version,
    region: region ?? '',
    route: null,
    tier: 'standard',
  } as const
  const serving: Usage = {
    ...what,
    meter: 'custom-model-unit-minute',
    quantity: windows.times(MINUTES_PER_WINDOW).times(copies).times(unitsPerCopy),
    note: `${windows.toFixed(0)} windows × ${copies} copies × ${unitsPerCopy} units × 5 minutes`,
  }
  const stored: Usage = {...what, meter: 'custom-model-unit-storage', variant: null, quantity: unitsPerCopy}
  const perRequest = (inputTokens ?? ZERO).plus(outputTokens ?? ZERO)
  return {
    usages: [serving, stored],
    requests: requests.gt(0) ? requests : null,
    tokens: perRequest.gt(0) ? requests.times(perRequest) : null,
    amplification: null,
    assumptions: [
      `requests arrive at random over ${hoursPerDay} hours a day: ${active.times(100).toFixed(1)} % of the windows in them are active`,
      requestsPerHourPerCopy
        ? `${copies} copies at a time, at ${requestsPerHourPerCopy} requests an hour each`
        : 'one copy serves the load (no requestsPerHourPerCopy is given)',
    ],
    excluded: ['data transfer', 'the storage of the weights in S3'],
  }
}

/** Windows in which a request falls, with arrivals at random: 1 − e^(−requests a window), to six places. */
export function activeShare(perHour: Decimal): Decimal {
  return decimal((1 - Math.exp(-perHour.div(WINDOWS_PER_HOUR).toNumber())).toFixed(6))
}
