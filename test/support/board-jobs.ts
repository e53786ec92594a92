import type {JobRow} from '../../src/lib/monitor/board/jobs/jobs.schema.js'
import {initialBoardState} from '../../src/lib/monitor/board/reduce.js'
import type {BoardState} from '../../src/lib/monitor/board/state.js'

/** When rows of these tests were read. */
export const NOW = Date.parse('2026-11-21T12:00:00Z')

/** A batch job that runs, half done; what a test needs else it says. */
export function aJob(over: Partial<JobRow> = {}): JobRow {
  const name = over.name ?? 'nightly'
  return {
    kind: 'batch',
    id: `arn:aws:bedrock:us-east-1:111122223333:model-invocation-job/${name}`,
    name,
    model: 'amazon.nova-lite-v1:0',
    state: 'InProgress',
    tone: null,
    live: true,
    at: null,
    done: 1200,
    failed: 3,
    total: 2400,
    unit: 'records',
    createdAtMs: NOW - 600_000,
    endedAtMs: null,
    etaMs: 240_000,
    etaIs: 'about',
    perSecond: 5,
    cost: {low: '1.2', high: '4.8', currency: 'USD', how: 'the plan'},
    message: null,
    remedy: null,
    next: [`bedrockctl batch watch ${name}`],
    parts: [],
    partsLeftOut: 0,
    metrics: [],
    facts: [['submitted', '2026-11-21T11:50:00.000Z']],
    actions: [],
    ...over,
  }
}

/** A board with these jobs by Region, all read at `NOW` or another time, as it stands a while later. */
export function boardOf(
  rows: Readonly<Record<string, readonly JobRow[]>>,
  atMs: number = NOW,
  afterMs = 0,
): BoardState {
  const subject = {account: null, profile: null, regions: Object.keys(rows), simulated: true, replayed: false}
  const state = initialBoardState({
    subject,
    size: {columns: 80, rows: 24},
    nowMs: atMs + afterMs,
    intervalMs: 2000,
    view: 'jobs',
  })
  const jobs = new Map(Object.entries(rows).map(([region, of]) => [region, {atMs, rows: of}]))
  return {...state, data: {...state.data, jobs}}
}
