import type {AnyReader} from '../ports.js'
import type {Subject} from '../state.js'
import {feedKey, type Place, type Topic} from '../topics.js'
import {newSlot, type Slot} from './slot.js'

/** Regions of the account, and which of them are looked at. */
export class Places {
  /** As they are shown: those that were named first. */
  #known: readonly string[]
  readonly #awake: Set<string>

  constructor(named: readonly string[]) {
    this.#known = named
    this.#awake = new Set(named)
  }

  /** Regions where something is used, or that were named. */
  get awake(): readonly string[] {
    return this.#known.filter((region) => this.#awake.has(region))
  }

  isDormant(place: Place): place is string {
    return place !== null && !this.#awake.has(place)
  }

  /** Takes Regions that may be used; nothing is known of them yet. */
  discover(regions: readonly string[]): void {
    this.#known = [...new Set([...this.#known, ...regions])]
  }

  wake(region: string): void {
    this.#awake.add(region)
  }

  /** A slot for each topic and place; of a dormant Region its traffic alone, which tells whether it is used. */
  slots(readers: readonly AnyReader[], nowMs: number): ReadonlyMap<string, Slot> {
    const slots = new Map<string, Slot>()
    for (const {topic, scope, everyMs} of readers) {
      for (const place of scope === 'account' ? [null] : this.#known) {
        const dormant = this.isDormant(place)
        if (dormant && topic !== 'traffic') continue
        slots.set(feedKey(topic, place), newSlot({topic, place, everyMs, dormant}, nowMs))
      }
    }
    return slots
  }
}

/** What is looked at, as the board is told. */
export function watchingEvent(subject: Subject, slots: Iterable<Slot>) {
  const feeds = [...slots].map(({topic, place}): readonly [Topic, Place] => [topic, place])
  return {type: 'watching', subject, feeds} as const
}
