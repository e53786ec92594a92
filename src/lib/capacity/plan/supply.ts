import type {TrafficMinute} from '../traffic/traffic.js'

/** Tokens a minute that capacity of one's own serves: in one pool, or input and output apart. */
export type Supply =
  | {readonly kind: 'pool'; readonly tokens: number}
  | {readonly kind: 'apart'; readonly input: number; readonly output: number}

/** Tokens that capacity served, over all minutes. */
export interface ServedTokens {
  readonly input: number
  readonly output: number
}

/** Requests of the minute that the capacity has tokens for. No burn-down counts there, and cache reads are free. */
export function takenBy(supply: Supply, {cacheWrite, input, output, requests}: TrafficMinute): number {
  if (supply.kind === 'pool') return whole(supply.tokens * requests, input + cacheWrite + output)
  return Math.min(whole(supply.input * requests, input + cacheWrite), whole(supply.output * requests, output))
}

/** What asks for nothing is never too much. */
function whole(tokens: number, asked: number): number {
  return asked === 0 ? Number.POSITIVE_INFINITY : Math.floor(tokens / asked)
}

/** Share of the tokens that were served; of two pools that which is fuller. */
export function utilisationOf(supply: Supply, served: ServedTokens, minutes: number): number {
  const share = (tokens: number, perMinute: number) =>
    perMinute === 0 || minutes === 0 ? 0 : tokens / (perMinute * minutes)
  if (supply.kind === 'pool') return share(served.input + served.output, supply.tokens)
  return Math.max(share(served.input, supply.input), share(served.output, supply.output))
}
