import type {Event} from '@aws-sdk/client-cloudtrail'
import type {RequestContext} from '../../handler.js'
import type {TrafficSource} from '../../traffic/build-traffic.js'
import {servedIn} from '../../traffic/called-model.js'
import type {Caller} from '../../traffic/caller.js'
import {chance} from '../../traffic/chance.js'
import type {Outcomes} from '../../traffic/pool-hours.js'
import type {World} from '../../world.js'
import {eventRecord} from './records.js'

const MINUTE_MS = 60_000
/** Until an event shows in the history. On AWS it is minutes. */
const DELAY_MS = 5000
/** Events of the traffic begin so long before the sandbox does: a history that is read to its end stays short. */
const BEFORE_MS = 60 * MINUTE_MS
/** Of calls that went well, one in about so many minutes is told for each caller. */
const EVERY_MINUTES = 6
const DENIED_SHARE = 0.3

/** What was called and changed in this sandbox, and what its traffic does, between two moments. */
export function liveEvents(context: RequestContext, from: number, until: number): readonly Event[] {
  const {world, account, region} = context
  const shown = until - DELAY_MS
  const place = {account, region, partition: world.account(account).partition}
  const own = world
    .regional(account, region)
    .trail.filter(({at}) => at >= from - 1000 && at <= shown)
    .map(({event, at, requestId, parameters}) => eventRecord(event, requestId, whole(at), place, parameters))
  const sources = world.traffic.get(`${account}/${region}`) ?? []
  return [...own, ...sources.flatMap((source) => eventsOf(source, world, {from, shown}))]
}

const whole = (time: number): number => Math.floor(time / 1000) * 1000

interface Window {
  readonly from: number
  readonly shown: number
}

function eventsOf({caller, hours}: TrafficSource, world: World, {from, shown}: Window): readonly Event[] {
  // What mantle infers are data events, which the history does not have.
  if (caller.mantle) return []
  const {startedAt} = world.account(caller.account).resources
  const first = Math.floor(Math.max(from, startedAt - BEFORE_MS) / MINUTE_MS)
  const last = Math.floor(shown / MINUTE_MS)
  const minutes = Array.from({length: Math.max(0, last - first + 1)}, (_, index) => first + index)
  return minutes
    .flatMap((minute) => callsIn(caller, minute, hours.outcomes(caller, minute, shown)))
    .filter(({at}) => at >= from && at <= shown)
    .map((call) => recordOf(caller, call, world))
}

interface ToldCall {
  readonly minute: number
  readonly kind: 'served' | 'throttled' | 'refused'
  readonly at: number
  readonly error: Failure | undefined
}

/** What of a minute is told: one call of each kind at most. */
function callsIn(caller: Caller, minute: number, {served, throttled, clientErrors}: Outcomes): readonly ToldCall[] {
  const call = (kind: ToldCall['kind'], salt: number, error?: Failure): ToldCall => {
    return {minute, kind, error, at: minute * MINUTE_MS + 1000 * Math.floor(60 * chance(caller.seed, minute, salt))}
  }
  const told = served > 0 && chance(caller.seed, minute, 21) < 1 / EVERY_MINUTES
  const refusal = chance(caller.seed, minute, 22) < DENIED_SHARE ? DENIED : INVALID
  return [
    ...(told ? [call('served', 23)] : []),
    ...(throttled > 0 ? [call('throttled', 24, THROTTLED)] : []),
    ...(clientErrors > 0 ? [call('refused', 25, refusal)] : []),
  ]
}

interface Failure {
  readonly code: string
  readonly message: string
}

const THROTTLED: Failure = {
  code: 'ThrottlingException',
  message: 'Too many tokens, please wait before trying again.',
}
const DENIED: Failure = {
  code: 'AccessDenied',
  message: 'User is not authorized to perform: bedrock:InvokeModel on the resource.',
}
const INVALID: Failure = {
  code: 'ValidationException',
  message: 'Malformed input request, please reformat your input and try again.',
}

function recordOf(caller: Caller, {minute, kind, at, error}: ToldCall, world: World): Event {
  const {name, account, region, modelId, tokens, streaming, seed} = caller
  const chat = streaming > 0.5 ? 'ConverseStream' : 'Converse'
  const served = servedIn(world, {account, region}, modelId, chance(seed, minute, 27))
  const event = {
    name: tokens.output === 0 ? 'InvokeModel' : chat,
    by: `role/${name}/${name}-${1 + Math.floor(3 * chance(seed, minute, 28))}`,
    model: modelId,
    ...(error ? {error} : {inferenceRegion: served}),
  }
  const place = {account, region, partition: world.account(account).partition}
  return eventRecord(event, `${account}/${region}/${seed}/${minute}/${kind}`, at, place)
}
