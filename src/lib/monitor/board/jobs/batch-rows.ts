import type {ProgressRow} from '../../../batch/progress/progress.schema.js'
import type {BatchCost, BatchShowResult} from '../../../batch/show/batch-show.schema.js'
import {toneOfState} from '../../../jobs/state-tone.js'
import {jobActions} from './job-actions.js'
import type {Eta} from './job-eta.js'
import type {JobPart, JobRow} from './jobs.schema.js'
import {msOf} from './ms-of.js'

/** A group or a job of batch inference as it stands. */
export interface BatchSight {
  /** With the pace that the looks of the board tell. */
  readonly summary: ProgressRow
  readonly members: readonly ProgressRow[]
  /** As `batch show` tells it. */
  readonly shown: Pick<BatchShowResult, 'cost' | 'failures' | 'folder' | 'next' | 'place'>
  /** Commands to go on with, as they work from anywhere. */
  readonly next: readonly string[]
  /** As `batch stop` asks. */
  readonly stop: string | undefined
  readonly collectTo: string
}

const MOST_PARTS = 200
const NOT_LIVE: ReadonlySet<string> = new Set([
  ...['Completed', 'PartiallyCompleted', 'Failed', 'Expired', 'Stopped'],
  ...['Planned', 'Refused', 'Withheld', 'Gone'],
])

/** One group, or a job of none, as a row of the board. Pure. */
export function batchRow(sight: BatchSight, nowMs: number): JobRow {
  const {collectTo, members, next, shown, stop, summary} = sight
  const {arn, endedAt, kind, modelId, name, records, since, state} = summary
  const isLive = isLiveState(state)
  const [failure] = shown.failures
  const collects = !isLive && shown.next.some((command) => command.startsWith('bedrockctl batch collect '))
  const parts = members.map(toPart)
  const kept = parts.length > MOST_PARTS ? liveFirst(members, parts).slice(0, MOST_PARTS) : parts
  return {
    kind: kind === 'group' ? 'group' : 'batch',
    id: arn ?? name,
    name,
    model: modelId,
    state: state ?? '?',
    tone: toneOfState(state) ?? null,
    live: isLive,
    at: null,
    done: records.succeeded,
    failed: records.failed,
    total: records.total,
    unit: 'records',
    createdAtMs: msOf(since),
    endedAtMs: isLive ? null : (msOf(endedAt) ?? msOf(since)),
    ...etaOfPace(summary, nowMs),
    cost: costOf(shown.cost),
    message: failure?.message ?? summary.message ?? (state === 'Planned' ? 'planned, and not submitted' : null),
    remedy: failure?.remedy ?? null,
    next,
    parts: kept,
    partsLeftOut: parts.length - kept.length,
    metrics: [],
    facts: factsOf(sight),
    actions: jobActions({name, stop, collectTo: collects ? collectTo : undefined, answered: records.succeeded}),
  }
}

/** One that could not be read may still run. */
function isLiveState(state: string | null): boolean {
  return state === null || !NOT_LIVE.has(state)
}

function toPart({arn, endedAt, name, records, since, state}: ProgressRow): JobPart {
  return {
    name,
    state: state ?? '?',
    tone: toneOfState(state) ?? null,
    done: records.succeeded,
    failed: records.failed,
    total: records.total,
    startedAtMs: arn === null ? null : msOf(since),
    endedAtMs: msOf(endedAt),
  }
}

function liveFirst(members: readonly ProgressRow[], parts: readonly JobPart[]): readonly JobPart[] {
  const isLive = (at: number) => Number(isLiveState(members[at]?.state ?? null))
  return parts
    .map((part, at) => ({part, at}))
    .toSorted((a, b) => isLive(b.at) - isLive(a.at) || a.at - b.at)
    .map(({part}) => part)
}

function etaOfPace({pace}: ProgressRow, nowMs: number): Eta {
  if (pace === null) return {etaIs: null, etaMs: null, perSecond: null}
  const endsAtMs = msOf(pace.endsAt)
  return {
    perSecond: pace.recordsPerSecond,
    etaMs: endsAtMs === null ? null : Math.max(0, endsAtMs - nowMs),
    etaIs: endsAtMs === null ? null : pace.basis === 'observed' ? 'about' : 'at-most',
  }
}

function costOf(cost: BatchCost | null): JobRow['cost'] {
  if (cost === null) return null
  const {currency, how, soFar, source} = cost
  const text = (amount: number | null) => (amount === null ? null : String(amount))
  if (soFar.atLeast === null && soFar.atMost === null) return null
  return {low: text(soFar.atLeast), high: text(soFar.atMost), currency, how: `${how}; prices: ${source}`}
}

function factsOf({members, shown: {folder, place}, summary}: BatchSight): JobRow['facts'] {
  const {expiresAt, round, since, state, states} = summary
  const parts = Object.entries(states).map(([name, count]) => `${count} ${name}`)
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['jobs', members.length === 0 ? null : `${members.length}: ${parts.join(', ')}`],
    ['round', members.length === 0 || round === null || round === 1 ? null : String(round)],
    [state === 'Planned' ? 'planned' : 'submitted', since],
    ['expires', expiresAt],
    ['source', place?.source],
    ['input', place?.input],
    ['output', place?.output],
    ['role', place?.roleArn],
    ['kept in', folder],
  ]
  return facts.flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, value] as const]))
}
