import type {PerformanceConfigLatency, ServiceTierType} from '@aws-sdk/client-bedrock-runtime'
import type {RequestContext} from '../../handler.js'
import {invalid} from './refusals.js'
import {routingOf} from './routing-of.js'

/** How a caller wants to be served; what is left out is not told in the answer either. */
export interface Wanted {
  readonly tier?: ServiceTierType | undefined
  readonly latency?: PerformanceConfigLatency | undefined
}

// Seen, as is that tier and latency go together: https://github.com/NousResearch/hermes-agent/pull/34476
const NO_RESERVATION = 'Reservation not found.'

/** Regions of the models that are served at an optimised latency, each by a profile: as the user guide lists them. */
const OPTIMIZED: Readonly<Record<string, readonly string[]>> = {
  'amazon.nova-pro-v1:0': ['us-east-1', 'us-east-2', 'us-west-2'],
  'anthropic.claude-3-5-haiku-20241022-v1:0': ['us-east-2', 'us-west-2'],
  'meta.llama3-1-70b-instruct-v1:0': ['us-east-2', 'us-west-2'],
  'meta.llama3-1-405b-instruct-v1:0': ['us-east-2', 'us-west-2'],
}

/** Refuses a tier or latency that the model is not served at. Nobody holds a reservation here. */
export function checkWanted(
  {tier, latency}: Wanted,
  {modelId, base}: {readonly modelId: string; readonly base: string},
  context: RequestContext,
): void {
  if (tier === undefined && latency === undefined) return
  const routing = routingOf(modelId, context)
  if (tier === 'reserved') throw invalid(NO_RESERVATION)
  const tiers = routing ? (context.world.catalog.model(base)?.serviceTiers ?? []) : []
  if (tier !== undefined && tier !== 'default' && !tiers.includes(tier)) {
    throw invalid(`The model doesn't support the service tier ${tier}. Try again with another tier.`)
  }
  const optimized = routing === 'geo' && (OPTIMIZED[base]?.includes(context.region) ?? false)
  if (latency === 'optimized' && !optimized) {
    throw invalid("The model doesn't support the latency optimized. Try again with the latency standard.")
  }
}
