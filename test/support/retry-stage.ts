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
export async function sevenFailed(records: readonly string[] = IDS.map(record)): Promise<CollectStage> {
  const stage = await openCollectStage([records.join('')])
  const [first = '', ...others] = IDS
  await stage.output(1, 1, '0001.jsonl.out', [answered(first), ...others.map(throttled)].join(''))
  await jobEnded(stage)
  return stage
}

/** The service knows no job of the stage: its end stands in the journal. */
async function jobEnded(stage: CollectStage): Promise<void> {
  const group = await readGroup(stateOf(stage), 'nightly')
  const [arn = ''] = group?.events.flatMap((event) => (event.kind === 'job-created' ? [event.arn] : [])) ?? []
  const counts = {total: 8, processed: 8, succeeded: 1, failed: 7}
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
