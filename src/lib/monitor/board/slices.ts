import type {BoardData} from './data.js'
import {eventSlice} from './events/event-slice.js'
import type {ReadingOf} from './ports.js'
import type {Reading} from './reading.schema.js'
import {byPlaceSlice, type Slice} from './slice.js'
import {type Place, placeKey, TOPICS, type Topic} from './topics.js'
import {trafficSlice} from './traffic/traffic-slice.js'

const SLICES: {readonly [T in Topic]: Slice<T, BoardData[T]>} = {
  traffic: trafficSlice,
  alarms: byPlaceSlice(),
  quotas: byPlaceSlice(),
  prices: byPlaceSlice(),
  jobs: byPlaceSlice(),
  capacity: byPlaceSlice(),
  endpoints: byPlaceSlice(),
  findings: byPlaceSlice(),
  costs: byPlaceSlice(),
  bench: byPlaceSlice(),
  events: eventSlice,
}

/** A board that has read nothing. */
export const NOTHING_READ: BoardData = {
  traffic: SLICES.traffic.initial,
  alarms: SLICES.alarms.initial,
  quotas: SLICES.quotas.initial,
  prices: SLICES.prices.initial,
  jobs: SLICES.jobs.initial,
  capacity: SLICES.capacity.initial,
  endpoints: SLICES.endpoints.initial,
  findings: SLICES.findings.initial,
  costs: SLICES.costs.initial,
  bench: SLICES.bench.initial,
  events: SLICES.events.initial,
}

/** What is kept once a reading came; the same object when it told nothing new. */
export function foldReading(data: BoardData, reading: Reading): BoardData {
  return fold(data, reading.topic, reading)
}

/** Without what was read where nobody looks any more. */
export function keepWatched(data: BoardData, watched: readonly (readonly [Topic, Place])[]): BoardData {
  return TOPICS.reduce((kept, topic) => {
    // What the board notices itself is told of every place that is looked at.
    const ofTopic = watched.filter(([one]) => one === topic || topic === 'events')
    const places = ofTopic.map(([, place]) => placeKey(place))
    return keep(kept, topic, new Set(places))
  }, data)
}

function fold<T extends Topic>(data: BoardData, topic: T, reading: ReadingOf<T>): BoardData {
  return put(data, topic, SLICES[topic].fold(data[topic], reading))
}

function keep<T extends Topic>(data: BoardData, topic: T, places: ReadonlySet<string>): BoardData {
  return put(data, topic, SLICES[topic].keep(data[topic], places))
}

function put<T extends Topic>(data: BoardData, topic: T, kept: BoardData[T]): BoardData {
  return kept === data[topic] ? data : {...data, [topic]: kept}
}
