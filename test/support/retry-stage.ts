import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {readGroup} from '../../src/lib/batch/group/group-store.js'
import type {BatchRetryResult} from '../../src/lib/batch/retry/batch-retry.schema.js'
import {type CollectStage, openCollectStage} from './collect-stage.js'
import {runCli} from './run-cli.js'

// A group with records without an answer, and `batch retry` on it.

export const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const USAGE = '"usage":{"inputTokens":7,"outputTokens":3,"totalTokens":10}'

function inputOf(id: string): string {
  return `{"messages":[{"role":"user","content":[{"text":"${id} 9007199254740993"}]}],"inferenceConfig":{"maxTokens":20}}`
}

export function record(id: string): string {
  return `{"recordId":"${id}","modelInput":${inputOf(id)}}\n`
}

function answered(id: string): string {
  const message = `{"role":"assistant","content":[{"text":"says ${id}"}]}`
  return `{"recordId":"${id}","modelInput":{},"modelOutput":{"output":{"message":${message}},"stopReason":"end_turn",${USAGE}}}\n`
}

function throttled(id: string): string {
  return `{"recordId":"${id}","modelInput":{},"error":{"errorCode":429,"errorMessage":"Too many requests"}}\n`
}

/** Eight records of which a job answered the first; the other seven were throttled. */
export function sevenFailed(records: readonly string[] = IDS.map(record)): Promise<CollectStage> {
  return openRetryStage(records, IDS.slice(0, 1), IDS.slice(1))
}

const AT_ONCE = {
  submittedSeconds: 0,
  validatingSeconds: 0,
  scheduledSeconds: 0,
  recordsPerSecond: 1_000_000,
  listDelaySeconds: 0,
}

/** So many records of which the job of the first round answered all but so many; jobs of later rounds end at once. */
export function someFailed(count: number, unanswered: number, batch: Batch = {}): Promise<CollectStage> {
  const ids = Array.from({length: count}, (_, index) => `r${index}`)
  const answeredIds = ids.slice(unanswered)
  return openRetryStage(ids.map(record), answeredIds, ids.slice(0, unanswered), {...AT_ONCE, ...batch})
}

type Batch = Parameters<typeof openCollectStage>[1]

async function openRetryStage(
  records: readonly string[],
  answeredIds: readonly string[],
  throttledIds: readonly string[],
  batch?: Batch,
): Promise<CollectStage> {
  const stage = await openCollectStage([records.join('')], batch)
  await stage.output(1, 1, '0001.jsonl.out', [...answeredIds.map(answered), ...throttledIds.map(throttled)].join(''))
  const counts = {total: records.length, processed: records.length}
  await jobEnded(stage, {...counts, succeeded: answeredIds.length, failed: throttledIds.length})
  return stage
}

/** The service knows no job of the stage: its end stands in the journal. */
async function jobEnded(stage: CollectStage, counts: object): Promise<void> {
  const group = await readGroup(stateOf(stage), 'nightly')
  const [arn = ''] = group?.events.flatMap((event) => (event.kind === 'job-created' ? [event.arn] : [])) ?? []
  const end = {kind: 'job-ended', at: new Date().toISOString(), round: 1, shard: 1, arn, state: 'Completed', said: null}
  await writeFile(join(folderOf(stage), 'journal.jsonl'), `${JSON.stringify({...end, ...counts})}\n`, {flag: 'a'})
}

const stateOf = ({env}: CollectStage) => String(env['BEDROCKCTL_STATE_DIR'])
export const folderOf = (stage: CollectStage) => join(stateOf(stage), 'batch', 'nightly')

/** Runs `batch retry nightly`. */
export async function retry(stage: CollectStage, ...words: readonly string[]) {
  const env = {...stage.env, XDG_CACHE_HOME: stage.path('cache')}
  const {exitCode, stderr, stdout} = await runCli(['batch', 'retry', 'nightly', ...words, '--json'], {env})
  return {exitCode, stderr, result: () => JSON.parse(stdout) as BatchRetryResult}
}
