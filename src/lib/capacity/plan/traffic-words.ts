import {plural} from '../../core/text.js'
import type {CapacityPlan} from './capacity-plan.schema.js'

const number = (value: number) => value.toLocaleString('en-US', {maximumFractionDigits: 1})

const ORIGIN = {live: 'Price List', cache: 'Price List, kept', bundle: 'bundled price book'} as const

/** How much was asked, over what time, and how large requests are. */
export function trafficWords({traffic}: CapacityPlan): readonly string[] {
  const {busiest, from, minutes, name, notes, perRequest, requests} = traffic
  const {cacheRead, cacheWrite, input, maxTokens, output} = perRequest
  const cached =
    cacheRead + cacheWrite > 0 ? `, ${number(cacheRead)} read from and ${number(cacheWrite)} written to a cache` : ''
  const bound = maxTokens === null ? '' : `, at most ${number(maxTokens)}`
  const since = from === null ? '' : ` from ${from.slice(0, 16).replace('T', ' ')} UTC`
  return [
    `${name}: ${number(requests)} requests in ${lengthWords(minutes)}${since}, ${number(busiest)} in the busiest minute`,
    `A request: ${number(input)} input and ${number(output)} output tokens${bound}${cached}`,
    ...notes,
  ]
}

/** The quotas that were simulated, and where the prices come from. */
export function limitWords({limits, prices, unit}: CapacityPlan): readonly string[] {
  const {outputFactor, requestsPerMinute, tokensPerMinute} = limits
  const tokens =
    tokensPerMinute === null
      ? 'tokens a minute not known'
      : `${number(tokensPerMinute.value)} tokens a minute (${tokensPerMinute.source})`
  const requests =
    requestsPerMinute === null ? '' : `, ${number(requestsPerMinute.value)} requests (${requestsPerMinute.source})`
  const unitWords =
    unit.tokensPerMinute === null ? '' : `; a unit serves ${number(unit.tokensPerMinute)} tokens a minute, as given`
  return [
    `Quota: ${tokens}${requests}; an output token counts ${number(outputFactor.value)}×${unitWords}; prices: ${ORIGIN[prices.kind]} ${prices.asOf.slice(0, 10)}`,
  ]
}

function lengthWords(minutes: number): string {
  if (minutes % 1440 === 0) return plural(minutes / 1440, 'day')
  return minutes < 120 ? plural(minutes, 'minute') : `${number(minutes / 60)} hours`
}
