import {availableParallelism} from 'node:os'
import type {BlockRunner} from '../batch/check/check-records.js'
import type {CheckSettings} from '../batch/check/check-settings.js'
import type {CheckWorkerData} from '../batch/check/check-worker.js'
import type {QuotaReading} from '../batch/limits/batch-limits.js'
import type {Unread} from '../core/answer.schema.js'
import {BedrockctlError, usageError} from '../core/errors.js'
import {toUnread} from '../core/unread.js'
import type {ByteSource} from '../jsonl/byte-source.js'
import type {TokenRates} from '../jsonl/text-measure.js'
import type {Connection} from './connect.js'
import {fileIdentity} from './file-identity.js'

/** Below so many bytes a thread is not worth its start. */
const WORTH_THREADS = 64 * 1024 * 1024
/** More do not help: somebody has to read the file. */
const MOST_THREADS = 4

/** What a thread throws away it throws away at once: collected often, it takes little memory. */
const YOUNG = {maxYoungGenerationSizeMb: 6}

/** Threads that check a file: as asked for, else what its size is worth and the machine has. */
export function checkThreads(asked: number | undefined, bytes: number): number {
  if (asked !== undefined) return asked
  return bytes < WORTH_THREADS ? 1 : Math.min(MOST_THREADS, availableParallelism())
}

/** Checks a file, as it was when it was opened, in threads of their own; undefined for one, which is this one. */
export async function threadedRunner(
  file: string,
  {revision}: Pick<ByteSource, 'revision'>,
  threads: number,
): Promise<((settings: CheckSettings) => BlockRunner) | undefined> {
  if (threads < 2) return undefined
  const [{Worker}, {createRequire}, {inWorkers}] = await Promise.all([
    import('node:worker_threads'),
    import('node:module'),
    import('../batch/check/in-workers.js'),
  ])
  const worker = createRequire(import.meta.url).resolve('#batch-check-worker')
  const workerData = (settings: CheckSettings): CheckWorkerData => ({file, revision, settings})
  return (settings) =>
    inWorkers(threads, () => new Worker(worker, {workerData: workerData(settings), resourceLimits: YOUNG}))
}

/** Tokens by the rule of the cost commands. */
export async function tokenRates(): Promise<(modelId: string) => TokenRates> {
  const {characterRates, ruleFor} = await import('../cost/tokens/character-rule.js')
  return (modelId) => ({...characterRates(modelId), rule: ruleFor(modelId)})
}

/** Quotas of the Region as they were applied; none offline, where documented defaults hold. */
export async function readAppliedQuotas(
  {session}: Connection,
  region: string,
  signal: AbortSignal,
): Promise<{readonly quotas: QuotaReading | undefined; readonly unread: readonly Unread[]}> {
  if (!session) return {quotas: undefined, unread: []}
  try {
    const source = await session.quotas()
    return {quotas: {quotas: await source.listQuotas(region, signal), readAt: new Date().toISOString()}, unread: []}
  } catch (error) {
    if (!(error instanceof BedrockctlError)) throw error
    return {quotas: undefined, unread: [toUnread(error, region, 'servicequotas:ListServiceQuotas')]}
  }
}

/** Refuses to write a copy over the input, or two copies to one file. */
export async function refuseSameFile(
  input: string,
  copies: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const taken = new Map([[await fileIdentity(input), 'the input']])
  for (const [flag, file] of Object.entries(copies)) {
    if (file === undefined) continue
    if (file === '-') {
      throw usageError('COPY_TO_STREAM', `${flag} takes a file, not standard output.`, {
        hint: 'Standard output has the answer of the check.',
      })
    }
    const identity = await fileIdentity(file)
    const other = taken.get(identity)
    if (other !== undefined) {
      throw usageError('COPY_OVER_INPUT', `${flag} names ${file}, which is ${other}.`, {hint: 'Name another file.'})
    }
    taken.set(identity, `that of ${flag}`)
  }
}
