import {type CallPlace, createLeg, type Leg, SOURCES} from './leg.js'

export type BearerTokenType = 'SHORT_TERM' | 'LONG_TERM'

/** What a call with a Bedrock API key needs besides; signed calls do not. */
export function keyLeg(service: 'bedrock' | 'bedrock-mantle', token: BearerTokenType, {region}: CallPlace): Leg {
  return createLeg(
    {
      name: 'API key',
      action: `${service}:CallWithBearerToken`,
      resource: '*',
      context: {'aws:RequestedRegion': region, [`${service}:BearerTokenType`]: token},
      why: 'the use of a Bedrock API key',
    },
    SOURCES.keys,
  )
}
