import type {LoadLevel} from '../arrivals/level.js'
import {randomStream, STREAMS} from '../arrivals/random.js'
import {spreadAt} from '../arrivals/spread-at.js'
import {DueQueue} from './due-queue.js'
import type {Errand, Exchange} from './exchange.js'
import type {CellJob, PromptBook} from './load.js'
import type {Outlet, Sender} from './sender.js'

/** Between the first requests of two users where nobody knows what a request takes, and of all of them at most. */
const STAGGER_MS = 1
const LONGEST_STAGGER_MS = 1000
/** Of the duration of a cell at most: where answers take long, a cell is not to be all beginning. */
const STAGGER_SHARE = 0.25

type ClosedLevel = Extract<LoadLevel, {kind: 'concurrency' | 'users'}>
/** Its time is put in by whoever sends it. */
type Step = {-readonly [Member in keyof Errand]: Errand[Member]}

/** What the users of one thread ask, one after another; undefined: that one has asked all. */
interface Course {
  next(place: number): Step | undefined
  /** Whether any of them has something left to ask. */
  readonly left: boolean
  /** What that user thinks before the request that `next` told last. */
  thinkMs(place: number): number
}

/** Users who each wait for an answer before they ask again. Of all users every `of`-th is this thread's. */
export class ClosedSender implements Sender {
  readonly connections: number
  readonly spare = 0
  readonly #users: readonly number[]
  readonly #all: number
  readonly #course: Course
  readonly #outlet: Outlet
  readonly #queue = new DueQueue<Errand>()
  readonly #durationMs: number
  readonly #staggerMs: number
  #end = Number.POSITIVE_INFINITY
  #stopped: boolean = false

  constructor(level: ClosedLevel, job: CellJob, outlet: Outlet) {
    const {index, of} = job.shard
    this.#all = level.users
    this.#users = Array.from({length: Math.max(0, Math.ceil((level.users - index) / of))}, (_, r) => index + r * of)
    this.#course = level.kind === 'users' ? talks(level, this.#users, job) : questions(this.#users, level.users, job)
    this.#outlet = outlet
    this.#durationMs = job.durationMs ?? Number.POSITIVE_INFINITY
    const guess = Math.min(level.users * STAGGER_MS, LONGEST_STAGGER_MS)
    this.#staggerMs = Math.min(job.expectedE2eMs ?? guess, this.#durationMs * STAGGER_SHARE)
    this.connections = Math.min(this.#users.length, job.requests ?? Number.POSITIVE_INFINITY)
  }

  /** The first wave is spread over what one request takes: users in step would measure their own bursts. */
  start(t0: number): void {
    if (this.#stopped) return
    this.#end = t0 + this.#durationMs
    for (const [place, user] of this.#users.entries()) this.#ask(place, t0 + (this.#staggerMs * user) / this.#all)
  }

  pump(now: number): number {
    for (let errand = this.#queue.take(now); errand; errand = this.#queue.take(now)) this.#outlet.send(errand)
    return this.#queue.nextDue
  }

  ended({user, end}: Exchange, now: number, pauseMs: number): void {
    if (!this.#stopped) this.#ask(user, end, now, pauseMs)
  }

  exhausted(now: number): boolean {
    return this.#stopped || now >= this.#end || (!this.#course.left && this.#queue.size === 0)
  }

  stop(): void {
    this.#stopped = true
    this.#queue.clear()
  }

  #ask(place: number, free: number, now = Number.NEGATIVE_INFINITY, pauseMs = 0): void {
    if (free + pauseMs >= this.#end) return
    const step = this.#course.next(place)
    if (!step) return
    const sched = free + Math.max(pauseMs, now > 0 ? this.#course.thinkMs(place) : 0)
    if (sched >= this.#end) return
    step.sched = sched
    if (sched <= now) this.#outlet.send(step)
    else this.#queue.add(sched, step)
  }
}

/**
 * Requests of a thread in order of k, for whichever of its users is free. k belongs to user k mod `all`, so that the
 * threads of all shards together send each k once, in proportion to their users.
 */
function questions(users: readonly number[], all: number, {requests, book}: CellJob): Course {
  const prompts = book.starts.length - 1
  let asked = 0
  const nextK = (): number => Math.floor(asked / users.length) * all + (users[asked % users.length] ?? 0)
  const isLeft = (k: number): boolean => users.length > 0 && (requests === undefined || k < requests)
  return {
    get left() {
      return isLeft(nextK())
    },
    next(place) {
      const k = nextK()
      if (!isLeft(k)) return undefined
      asked += 1
      return {k, prompt: k % prompts, user: place, session: k, turn: 0, sched: Number.NaN}
    },
    thinkMs: () => 0,
  }
}

/** Conversations: user u holds the u-th, the (u + all)-th and so on of the book, each up to `turns` long. */
function talks(
  {users: all, thinkMs, turns}: Extract<LoadLevel, {kind: 'users'}>,
  users: readonly number[],
  {requests, seed, book}: CellJob,
): Course {
  const random = randomStream(seed, STREAMS.think)
  const most = requests ?? Number.POSITIVE_INFINITY
  const states = users.map((user) => ({k: user - all, session: user, turn: -1}))
  let talking = users.filter((user) => user < most).length
  return {
    get left() {
      return talking > 0
    },
    next(place) {
      const state = states[place]
      if (!state || state.k + all >= most) return undefined
      state.k += all
      if (state.k + all >= most) talking -= 1
      const {first, length} = conversation(book, state.session)
      state.turn += 1
      let prompt = first + state.turn
      if (state.turn >= Math.min(turns, length)) {
        state.session += all
        state.turn = 0
        prompt = conversation(book, state.session).first
      }
      return {k: state.k, prompt, user: place, session: state.session, turn: state.turn, sched: Number.NaN}
    },
    thinkMs: (place) => spreadAt(thinkMs, random, states[place]?.k ?? 0),
  }
}

function conversation(book: PromptBook, session: number): {readonly first: number; readonly length: number} {
  const prompts = book.starts.length - 1
  const {sessions} = book
  if (!sessions || sessions.length === 0) return {first: session % prompts, length: 1}
  const place = session % sessions.length
  const first = sessions[place] ?? 0
  return {first, length: (sessions[place + 1] ?? prompts) - first}
}
