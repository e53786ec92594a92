import {decimal} from '../../core/decimal.js'
import {type BedrockctlError, usageError} from '../../core/errors.js'
import type {ByteSource} from '../../jsonl/byte-source.js'
import {cutShards} from '../plan/cut-shards.js'
import {hashShards} from '../plan/hash-shards.js'
import type {PlanFile, PlanShard} from '../plan/plan.schema.js'
import type {RecordTally} from '../plan/record-tally.js'
import {shardLimits} from '../plan/shard-limits.js'

export interface RoundInput {
  /** Rounds so far, oldest first. */
  readonly plans: readonly PlanFile[]
  /** What is tried again. */
  readonly tally: RecordTally
  readonly source: ByteSource
  readonly now: Date
  readonly signal: AbortSignal
}

/** The plan of the next round: the chosen records of the same input, cut by the limits of the first one. */
export async function makeRound({now, plans, signal, source, tally}: RoundInput): Promise<PlanFile> {
  const [first] = plans
  if (first === undefined) throw usageError('GROUP_EMPTY', 'The group has no plan.')
  const {records} = tally.totals()
  const limits = shardLimits(first.limits)
  if (records < limits.minRecords) throw tooFew(first.group, records, limits.minRecords)
  const ends = cutShards(tally.sizes, limits)
  if (ends === undefined) throw noCut(records)
  const shards = await hashShards(source, tally, ends, signal)
  return {
    ...first,
    round: plans.length + 1,
    createdAt: now.toISOString(),
    maxOpenJobs: Math.min(first.maxOpenJobs, shards.length),
    shards,
    price: shareOfPrice(first, shards),
  }
}

/** By the plan of the first round: the input by bytes, answers by records. */
export function shareOfPrice({price, shards}: PlanFile, retried: readonly PlanShard[]): PlanFile['price'] {
  const [bytes, allBytes] = [retried, shards].map((of) => of.reduce((sum, shard) => sum + shard.bytes, 0))
  const [records, allRecords] = [retried, shards].map((of) => of.reduce((sum, shard) => sum + shard.records, 0))
  const byBytes = {part: bytes ?? 0, whole: allBytes ?? 0}
  const byRecords = {part: records ?? 0, whole: allRecords ?? 0}
  const {inputTokens, outputTokensAtMost} = price
  return {
    ...price,
    input: shareOf(price.input, byBytes),
    outputAtMost: shareOf(price.outputAtMost, byRecords),
    inputTokens: Math.round((inputTokens * byBytes.part) / byBytes.whole),
    outputTokensAtMost:
      outputTokensAtMost === null ? null : Math.round((outputTokensAtMost * byRecords.part) / byRecords.whole),
    counted: `${price.counted}; its share of the first round, by bytes`,
  }
}

function shareOf(amount: string | null, {part, whole}: {readonly part: number; readonly whole: number}): string | null {
  return amount === null ? null : decimal(amount).times(part).div(whole).round(10).toFixed()
}

function tooFew(group: string, records: number, least: number): BedrockctlError {
  return usageError(
    'TOO_FEW_RECORDS',
    `${records} records are to be tried again, and a job takes ${least} or more: nothing is padded.`,
    {
      why: 'More are tried with --include validation, content-filter, other or failed-jobs, where there are any.',
      hint: 'Ask for them one by one with --on-demand, at the on-demand price, which is told first.',
      actions: [
        `bedrockctl batch retry ${group} --on-demand`,
        `bedrockctl batch collect ${group} --failed failed.jsonl`,
      ],
    },
  )
}

function noCut(records: number): BedrockctlError {
  return usageError('NO_CUT', `No cut of ${records} records gives every job enough of them and not too many bytes.`, {
    hint: 'Ask for the largest on demand.',
  })
}
