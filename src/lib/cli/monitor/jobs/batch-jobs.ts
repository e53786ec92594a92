import {resolve} from 'node:path'
import type {Look} from '../../../batch/follow/look.js'
import type {GroupState} from '../../../batch/group/group-state.js'
import type {PlacedJobs} from '../../../batch/list/list-batch.js'
import type {BatchJob} from '../../../batch/ports.js'
import type {JobTokens} from '../../../batch/show/job-tokens.js'
import {attempt} from '../../../core/attempt.js'
import type {SightingMemory} from '../../../jobs/sightings.js'
import type {JobRow} from '../../../monitor/board/jobs/jobs.schema.js'
import type {PriceBook} from '../../../prices/price-book.js'
import {billedModel} from '../../follow-batch.js'
import {openBatch} from '../../open-batch.js'
import {boardBooks} from '../books.js'
import {callerOf} from '../caller.js'
import type {MonitorDoor} from '../door.js'
import {type JobKind, JobMemory, type KindLook} from './job-kind.js'
import {boardCommands} from './job-next.js'

/** A job may wait and run for seven days, and is shown for seven more. */
const LOOK_BACK_MS = 14 * 86_400_000
/** Manifests that are read at one look. */
const AT_ONCE = 16

type Words = Awaited<ReturnType<typeof openWords>>

/** Groups and jobs as `batch list` places them: one list a look, and a manifest of each job that ended, once. */
export async function openBatchKind(door: MonitorDoor): Promise<JobKind> {
  const words = await openWords()
  const reading = new BatchReading(door, words)
  return {
    kind: 'batch',
    action: 'bedrock:ListModelInvocationJobs',
    async look(look) {
      const {placed, states} = await reading.place(look)
      const looks = looksOf(placed, states)
      const tokens = await reading.tokens(looks.flatMap(jobsOf), look)
      const book = tokens.counted.size === 0 ? undefined : await reading.book(look)
      const rows = looks.map((one) => reading.toRow(one, {...look, counted: tokens.counted, book}))
      reading.keep(look.region, looks)
      return {rows, isWhole: tokens.isWhole}
    },
  }
}

/** The row of a job that has ended, and what it was made of beside the job. */
interface EndedRow {
  readonly tokens: JobTokens | undefined
  readonly book: PriceBook | undefined
  readonly row: JobRow
}

interface RowFrame extends KindLook {
  readonly counted: ReadonlyMap<string, JobTokens>
  readonly book: PriceBook | undefined
}

/** Reads of batch inference, with what spares calls. */
class BatchReading {
  readonly #door: MonitorDoor
  readonly #words: Words
  readonly #books: ReturnType<typeof boardBooks>
  readonly #memories = new Map<string, SightingMemory>()
  readonly #manifests = new JobMemory<JobTokens | 'none'>()
  readonly #ended = new JobMemory<EndedRow>()
  #groups: {readonly atMs: number; readonly states: readonly GroupState[]} | undefined

  constructor(door: MonitorDoor, words: Words) {
    this.#door = door
    this.#words = words
    this.#books = boardBooks(door)
  }

  async place({intervalMs, nowMs, region, signal}: KindLook) {
    const source = await this.#door.session.batchJobs()
    const submittedAfter = new Date(nowMs - LOOK_BACK_MS).toISOString()
    const [listed, states] = await Promise.all([
      source.list(region, {submittedAfter}, signal),
      this.#statesOf(nowMs, intervalMs),
    ])
    // Groups of other accounts are not shown; where nobody says whose credentials these are, all are.
    const account = states.length === 0 ? undefined : (await attempt(callerOf(this.#door.session))).value?.account
    const jobs = await this.#words.withCounts(listed, source, signal)
    const recent = states.filter((state) => isRecent(state, jobs, nowMs) && isOf(state, region, account))
    const {gone, jobs: unlisted} = await this.#words.readUnlisted(recent, jobs, source, new Date(nowMs), signal)
    const facts = {account, gone, groups: recent, jobs: [...jobs, ...unlisted], regions: [region]}
    return {placed: this.#words.placeJobs(facts), states: recent}
  }

  /** Tokens by the manifests of jobs that have ended; some at each look, and each once. */
  async tokens(jobs: readonly BatchJob[], {signal}: KindLook) {
    const {isEndState, readJobTokens} = this.#words
    const ended = jobs.filter(({state}) => isEndState(state) && state !== 'Failed')
    const unknown = ended.filter(({arn, state}) => this.#manifests.get(arn, state) === undefined)
    if (unknown.length > 0) {
      const store = await this.#door.session.objectStore()
      const some = unknown.slice(0, AT_ONCE)
      const read = await readJobTokens(some, store, signal)
      const byArn = new Map(read.counted.map((one) => [one.arn, one]))
      for (const {arn, state} of some) this.#manifests.set(arn, state, byArn.get(arn) ?? 'none')
    }
    const known = ended.flatMap(({arn, state}) => this.#manifests.get(arn, state) ?? [])
    const tokens = known.filter((one) => one !== 'none')
    return {counted: new Map(tokens.map((one) => [one.arn, one])), isWhole: unknown.length <= AT_ONCE}
  }

  async book({nowMs, region, signal}: KindLook): Promise<PriceBook | undefined> {
    return (await attempt(this.#books(region, nowMs, signal))).value?.book
  }

  /** What has ended changes no more: its row is made once. */
  toRow(look: Look, frame: RowFrame): JobRow {
    if (look.kind !== 'job' || !this.#words.isEndState(look.job.state)) return this.#makeRow(look, frame)
    const {arn, modifiedAt, state} = look.job
    const {book, counted} = frame
    const [version, tokens] = [`${state} ${modifiedAt}`, counted.get(arn)]
    const known = this.#ended.get(arn, version)
    if (known !== undefined && known.tokens === tokens && known.book === book) return known.row
    const row = this.#makeRow(look, frame)
    this.#ended.set(arn, version, {tokens, book, row})
    return row
  }

  /** Forgets what a Region has no more. */
  keep(region: string, looks: readonly Look[]): void {
    const jobs = looks.flatMap(jobsOf)
    this.#manifests.keep(region, jobs)
    this.#ended.keep(region, jobs)
    const keys = new Set(looks.map((look) => keyOf(look, region)))
    for (const key of this.#memories.keys()) {
      const isHere = key.startsWith(`${region} `) || key.includes(`:${region}:`)
      if (isHere && !keys.has(key)) this.#memories.delete(key)
    }
  }

  #makeRow(look: Look, {book, counted: tokens, nowMs, region}: RowFrame): JobRow {
    const {batchRow, costWord, isRunning, planStop, processedIn, rowsOfLook, showBatch, stopQuestion} = this.#words
    const name = look.kind === 'job' ? look.job.name : look.standing.group
    const key = keyOf(look, region)
    const memory = this.#memories.get(key) ?? new this.#words.SightingMemory()
    const sightings = memory.add({atMs: nowMs, processed: processedIn(look)}, isRunning(look))
    if (isRunning(look)) this.#memories.set(key, memory)
    else this.#memories.delete(key)
    const local = look.kind === 'group' && look.state !== undefined
    const {connection, stateFolder} = this.#door
    const shown = showBatch({
      look,
      folder: local ? resolve(stateFolder, 'batch', name) : null,
      tokens: jobsOf(look).flatMap(({arn}) => tokens.get(arn) ?? []),
      billed: billedModel(look.kind === 'job' ? look.job.modelId : look.standing.modelId, region, connection),
      book,
      unread: [],
      simulated: connection.simulated(),
      nowMs,
    })
    const plan = planStop([{text: name, look, local}], nowMs)
    const {currency, how, soFar} = shown.cost ?? {}
    const isKnown = currency !== undefined && how !== undefined && soFar !== undefined
    const spent = isKnown ? costWord({currency, how, ...soFar}, {unicode: false}) : 'an unknown amount'
    const stop = stopQuestion(plan, [spent])
    const rows = rowsOfLook(look, nowMs, sightings)
    const commands = shown.next.length > 0 ? shown.next : [`batch show ${rows.summary.arn ?? name}`]
    const next = boardCommands(commands, local ? undefined : region, this.#door.settings)
    return batchRow({...rows, shown, next, stop, collectTo: this.#words.collectFile(name)}, nowMs)
  }

  /** Groups of this machine, read once for the Regions of one round. */
  async #statesOf(nowMs: number, intervalMs: number): Promise<readonly GroupState[]> {
    if (this.#groups && Math.abs(nowMs - this.#groups.atMs) < intervalMs / 2) return this.#groups.states
    const {connection, settings} = this.#door
    const states = await (await openBatch(settings, connection)).groups(() => undefined)
    this.#groups = {atMs: nowMs, states}
    return states
  }
}

function looksOf({groups, loose}: PlacedJobs, states: readonly GroupState[]): readonly Look[] {
  return [
    ...groups.map((standing): Look => {
      const state = standing.rounds.length === 0 ? undefined : states.find(({name}) => name === standing.group)
      return {kind: 'group', standing, state}
    }),
    ...loose.map((job): Look => ({kind: 'job', job})),
  ]
}

function keyOf(look: Look, region: string): string {
  return look.kind === 'job' ? look.job.arn : `${region} ${look.standing.group}`
}

function jobsOf(look: Look): readonly BatchJob[] {
  return look.kind === 'job' ? [look.job] : look.standing.shards.flatMap(({job}) => job ?? [])
}

function isOf({rounds: [first]}: GroupState, region: string, account: string | undefined): boolean {
  return first?.plan.region === region && (account === undefined || first.plan.account === account)
}

/** What was planned, or has jobs, within the time that is looked back. */
function isRecent({name, rounds}: GroupState, jobs: readonly Pick<BatchJob, 'name'>[], nowMs: number): boolean {
  const planned = Date.parse(rounds.at(-1)?.plan.createdAt ?? '')
  return nowMs - planned <= LOOK_BACK_MS || jobs.some((job) => job.name.startsWith(`${name}-r`))
}

async function openWords() {
  const all = await Promise.all([
    import('../../../batch/follow/look.js'),
    import('../../../batch/list/list-batch.js'),
    import('../../../batch/progress/read-unlisted.js'),
    import('../../../batch/progress/job-states.js'),
    import('../../../batch/show/show-batch.js'),
    import('../../../batch/show/job-tokens.js'),
    import('../../../batch/stop/plan-stop.js'),
    import('../../../batch/progress/progress-words.js'),
    import('../../../jobs/sightings.js'),
    import('../../../monitor/board/jobs/batch-rows.js'),
    import('../../../monitor/board/jobs/action-notes.js'),
  ])
  const [looks, lists, unlisted, states, shows, tokens, stops, words, sightings, rows, notes] = all
  return {
    ...looks,
    ...lists,
    ...unlisted,
    ...states,
    ...shows,
    ...tokens,
    ...stops,
    ...words,
    ...sightings,
    ...rows,
    ...notes,
  }
}
