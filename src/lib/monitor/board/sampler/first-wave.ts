import type {Topic} from '../topics.js'
import type {Slot} from './slot.js'

/** What tells most of an account, and moves. */
const FIRST: ReadonlySet<Topic> = new Set<Topic>(['traffic', 'jobs', 'alarms'])

/** The first looks of a board: what it is begun for is not to wait for what hardly changes. */
export class FirstWave {
  readonly untilMs: number
  readonly #awaited: Set<string>

  /** `slots` are those that the board begins with; others are waited for until `untilMs` at most. */
  constructor(slots: ReadonlyMap<string, Slot>, untilMs: number) {
    this.untilMs = untilMs
    this.#awaited = new Set([...slots].flatMap(([key, {topic}]) => (FIRST.has(topic) ? [key] : [])))
  }

  done(key: string): void {
    this.#awaited.delete(key)
  }

  holds({topic}: Slot, nowMs: number): boolean {
    return this.#awaited.size > 0 && nowMs < this.untilMs && !FIRST.has(topic)
  }
}
