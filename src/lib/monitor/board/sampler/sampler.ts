import {BedrockctlError} from '../../../core/errors.js'
import type {AnyReader} from '../ports.js'
import type {Reading} from '../reading.schema.js'
import type {Subject} from '../state.js'
import type {Topic} from '../topics.js'
import {FirstWave} from './first-wave.js'
import {timedOut, whenAborted} from './given-up.js'
import {Places, watchingEvent} from './places.js'
import {Rounds} from './rounds.js'
import type {SamplerClock, SamplerEvent} from './sampler-event.js'
import type {SamplerInput} from './sampler-input.js'
import {afterRead, afterTrouble, begun, compareSlots, isDue, repaced, type Slot, shifted, type Tempo} from './slot.js'
import {troubleOf} from './trouble-of.js'

/** Looks under way at once; the session bounds the requests that they make. */
const MOST_LOOKS = 8
/** A look that takes longer is given up, so that it does not keep others from theirs. */
const LONGEST_LOOK_MS = 120_000
type AnyLooked = Awaited<ReturnType<AnyReader['look']>>

/** So long the looks that hardly change wait for those that tell most. */
const FIRST_WAVE_MS = 2000

const DISCOVERY = 'discovery'
const ACCOUNT = 'account'

/** Asks each reader in each place when it is due, a few at once, and tells what came. */
export class Sampler {
  readonly #input: SamplerInput
  readonly #clock: SamplerClock
  readonly #readers: ReadonlyMap<Topic, AnyReader>
  readonly #rounds: Rounds
  readonly #firstWave: FirstWave
  readonly #looks = new Map<string, AbortController>()
  #slots: Map<string, Slot>
  #queue: string[] = []
  #places: Places
  #subject: Subject
  #tempo: Tempo
  #nextTickMs: number
  #lastMs: number
  #madeTold = 0
  #cancelTimer = (): void => undefined

  constructor(input: SamplerInput, clock: SamplerClock) {
    const nowMs = clock.now()
    this.#input = input
    this.#clock = clock
    this.#readers = new Map(input.readers.map((reader) => [reader.topic, reader]))
    this.#rounds = new Rounds(nowMs + input.firstRoundMs, (waiting) =>
      this.#emit({type: 'round', atMs: clock.now(), waiting}),
    )
    this.#subject = input.subject
    this.#places = new Places(input.subject.regions)
    this.#tempo = {anchorMs: nowMs, intervalMs: input.intervalMs, shown: input.shown}
    this.#nextTickMs = nowMs + input.intervalMs
    this.#lastMs = nowMs
    this.#slots = new Map(this.#places.slots(input.readers, nowMs))
    this.#firstWave = new FirstWave(this.#slots, nowMs + FIRST_WAVE_MS)
  }

  start(): void {
    const {account, named, signal} = this.#input
    if (signal.aborted) return
    signal.addEventListener('abort', () => this.#stop(), {once: true})
    this.#rounds.tick(this.#clock.now())
    this.#tellWatching()
    if (!named) this.#discover()
    if (account) this.#aside(ACCOUNT, account(signal), (name) => this.#named(name))
    this.#wake()
  }

  /** Looks at everything now, whatever it waits for. */
  refresh(): void {
    const nowMs = this.#clock.now()
    for (const [key, slot] of this.#slots) if (!slot.dormant) this.#slots.set(key, {...slot, dueAtMs: nowMs})
    this.#wake()
  }

  pace(intervalMs: number): void {
    const nowMs = this.#clock.now()
    this.#tempo = {...this.#tempo, anchorMs: nowMs, intervalMs}
    this.#nextTickMs = nowMs + intervalMs
    this.#emit({type: 'paced', intervalMs})
    this.#repace()
  }

  /** Topics of the view that is shown: what it needs and was read long ago is read at once. */
  show(topics: ReadonlySet<Topic>): void {
    this.#tempo = {...this.#tempo, shown: topics}
    this.#repace()
  }

  /** Looks at these Regions alone; without any, at those that are used, as at first. */
  watch(regions: readonly string[]): void {
    const {always, readers} = this.#input
    const nowMs = this.#clock.now()
    this.#places = new Places(regions.length > 0 ? regions : always)
    const slots = this.#places.slots(readers, nowMs)
    for (const [key, look] of this.#looks) if (!slots.has(key)) look.abort()
    this.#slots = new Map([...slots].map(([key, slot]) => [key, keptSlot(this.#slots.get(key), slot)]))
    this.#tellWatching()
    if (regions.length === 0) this.#discover()
    this.#wake()
  }

  #stop(): void {
    this.#cancelTimer()
    for (const look of this.#looks.values()) look.abort()
  }

  #emit(event: SamplerEvent): void {
    if (!this.#input.signal.aborted) this.#input.emit(event)
  }

  #tellWatching(): void {
    this.#subject = {...this.#subject, regions: this.#places.awake, simulated: this.#input.simulated()}
    this.#emit(watchingEvent(this.#subject, this.#slots.values()))
  }

  /** What is asked beside the looks; the first round waits for it, and the board does without it where it fails. */
  #aside<Value>(key: string, asked: Promise<Value>, use: (value: Value) => void): void {
    this.#rounds.add(key)
    asked
      .then(use, () => undefined)
      .finally(() => {
        this.#rounds.done(key)
        this.#wake()
      })
  }

  #named(account: string | null): void {
    this.#subject = {...this.#subject, account}
    this.#tellWatching()
  }

  #discover(): void {
    const {discover, signal} = this.#input
    const places = this.#places
    this.#aside(DISCOVERY, discover(signal), (regions) => {
      if (places !== this.#places) return
      places.discover(regions)
      this.#addSlots()
    })
  }

  #addSlots(): void {
    for (const [key, slot] of this.#places.slots(this.#input.readers, this.#clock.now())) {
      if (!this.#slots.has(key)) this.#slots.set(key, slot)
    }
    this.#tellWatching()
  }

  #repace(): void {
    const nowMs = this.#clock.now()
    for (const [key, slot] of this.#slots) this.#slots.set(key, repaced(slot, this.#tempo, nowMs))
    this.#wake()
  }

  #wake(): void {
    if (this.#input.signal.aborted) return
    const nowMs = this.#clock.now()
    if (nowMs < this.#lastMs) this.#shift(nowMs - this.#lastMs)
    this.#lastMs = nowMs
    if (nowMs >= this.#nextTickMs) this.#tick(nowMs)
    const due = [...this.#slots].filter(([, slot]) => isDue(slot, nowMs))
    for (const [key, slot] of due) {
      this.#slots.set(key, begun(slot, nowMs))
      this.#rounds.add(key)
      this.#queue.push(key)
    }
    this.#pump()
    this.#rounds.settle()
    this.#arm(nowMs)
  }

  /** A clock that was put back holds nothing up: what is due stays as near as it was when it was looked at last. */
  #shift(ms: number): void {
    this.#tempo = {...this.#tempo, anchorMs: this.#tempo.anchorMs + ms}
    this.#nextTickMs += ms
    for (const [key, slot] of this.#slots) this.#slots.set(key, shifted(slot, ms))
  }

  /** After a sleep of the machine the missed intervals are one. */
  #tick(nowMs: number): void {
    const {anchorMs, intervalMs} = this.#tempo
    this.#nextTickMs = anchorMs + (Math.floor((nowMs - anchorMs) / intervalMs) + 1) * intervalMs
    this.#rounds.tick(nowMs)
  }

  #arm(nowMs: number): void {
    this.#cancelTimer()
    const {untilMs} = this.#firstWave
    let nextMs = this.#queue.length > 0 && untilMs > nowMs ? Math.min(untilMs, this.#nextTickMs) : this.#nextTickMs
    for (const slot of this.#slots.values()) if (!slot.looking) nextMs = Math.min(nextMs, slot.dueAtMs)
    this.#cancelTimer = this.#clock.after(Math.max(0, nextMs - nowMs), () => this.#wake())
  }

  #pump(): void {
    this.#queue = this.#queue
      .filter((key) => this.#slots.has(key))
      .sort((a, b) => compareSlots(this.#slot(a), this.#slot(b)))
    const nowMs = this.#clock.now()
    while (this.#looks.size < MOST_LOOKS) {
      const at = this.#queue.findIndex((key) => !this.#firstWave.holds(this.#slot(key), nowMs))
      const [key] = at === -1 ? [] : this.#queue.splice(at, 1)
      if (key === undefined) return
      void this.#look(key, this.#slot(key))
    }
  }

  #slot(key: string): Slot {
    const slot = this.#slots.get(key)
    if (slot === undefined) throw new Error(`no slot ${key}`)
    return slot
  }

  async #look(key: string, {isRead, place, topic}: Slot): Promise<void> {
    const atMs = this.#clock.now()
    const stop = new AbortController()
    this.#looks.set(key, stop)
    const over = this.#clock.after(LONGEST_LOOK_MS, () => stop.abort(timedOut(topic)))
    try {
      const reader = this.#readers.get(topic)
      if (reader === undefined) throw new Error(`nothing reads ${topic}`)
      const {intervalMs} = this.#tempo
      const look = {place, nowMs: atMs, signal: stop.signal, intervalMs}
      const asked = reader.look(isRead ? look : {...look, isAnew: true})
      const looked = await Promise.race([asked, whenAborted(stop.signal)])
      this.#ended(key, stop, (slot) => this.#brought(key, slot, looked, atMs))
    } catch (error) {
      this.#ended(key, stop, (slot) => this.#failed(key, slot, stop.signal.aborted ? stop.signal.reason : error))
    } finally {
      over()
    }
  }

  /** A look in a place that is not looked at any more tells nothing. */
  #ended(key: string, stop: AbortController, tell: (slot: Slot) => void): void {
    if (this.#looks.get(key) !== stop) return
    this.#looks.delete(key)
    this.#rounds.done(key)
    this.#firstWave.done(key)
    const slot = this.#slots.get(key)
    if (slot?.looking && !this.#input.signal.aborted) this.#tell(key, slot, tell)
    this.#wake()
  }

  /** Who is told and cannot make anything of it has a bug: it is told of that, and the others go on. */
  #tell(key: string, slot: Slot, tell: (slot: Slot) => void): void {
    try {
      tell(slot)
    } catch (error) {
      this.#failed(key, slot, error)
    }
  }

  #brought(key: string, slot: Slot, {rows, ...took}: AnyLooked, atMs: number): void {
    const nowMs = this.#clock.now()
    const {place, topic} = slot
    const wakes = slot.dormant && rows.length > 0
    const next = afterRead({...slot, dormant: slot.dormant && !wakes}, this.#tempo, nowMs)
    this.#slots.set(key, next)
    if (wakes && this.#places.isDormant(place)) {
      this.#places.wake(place)
      this.#addSlots()
    } else if (this.#input.simulated() !== this.#subject.simulated) this.#tellWatching()
    const reading = {topic, place, atMs, tookMs: nowMs - atMs, ...took, calls: this.#calls(), rows} as Reading
    this.#emit({type: 'read', reading, nextAtMs: next.dueAtMs})
  }

  #failed(key: string, slot: Slot, error: unknown): void {
    const nowMs = this.#clock.now()
    const trouble = troubleOf(error)
    const retryAfterMs = error instanceof BedrockctlError ? error.retryAfterMs : undefined
    const when = {nowMs, random: this.#clock.random(), ...(retryAfterMs === undefined ? {} : {retryAfterMs})}
    const next = afterTrouble(slot, trouble, this.#tempo, when)
    this.#slots.set(key, next)
    const {place, topic} = slot
    this.#emit({type: 'failed', topic, place, trouble, atMs: nowMs, nextAtMs: next.dueAtMs, calls: this.#calls()})
  }

  /** Of the looks that are under way together the first that is in tells the requests of all. */
  #calls(): number {
    const told = this.#madeTold
    this.#madeTold = this.#input.made()
    return this.#madeTold - told
  }
}

/** What is looked at as before goes on as it was; what was dormant is looked at anew. */
function keptSlot(before: Slot | undefined, slot: Slot): Slot {
  return before?.dormant === slot.dormant ? before : slot
}
