import {sizeWords} from '../../core/text.js'
import type {PreflightCheck} from '../../jobs/preflight/preflight.schema.js'
import type {ByteSource} from '../../jsonl/byte-source.js'
import type {ProblemGroup} from '../../jsonl/problem-groups.js'
import type {TokenRates} from '../../jsonl/text-measure.js'
import type {PriceBook, Route} from '../../prices/price-book.js'
import type {RecordCheck} from '../check/record-check.js'
import type {BatchJob} from '../ports.js'
import {tokensByCharacters} from './count-tokens.js'
import {cutShards} from './cut-shards.js'
import {type ExpectedDuration, expectedDuration} from './expected-duration.js'
import {defaultGroup} from './group-name.js'
import {hashShards} from './hash-shards.js'
import type {BatchLimits, PlanFile, PlanShard} from './plan.schema.js'
import {type PlanPrice, pricePlan} from './price-plan.js'
import type {RecordTally, TallyTotals} from './record-tally.js'
import {shardLimits} from './shard-limits.js'

/** What the operator wants of the jobs, settled. */
export interface PlanQuestion
  extends Pick<
    PlanFile,
    | 'account'
    | 'api'
    | 'baseModelId'
    | 'bucketOwner'
    | 'kmsKeyId'
    | 'modelId'
    | 'region'
    | 'results'
    | 'roleArn'
    | 'staging'
    | 'tags'
    | 'timeoutHours'
    | 'vpc'
  > {
  /** Undefined: named after the input. */
  readonly group: string | undefined
  /** Of --max-jobs. */
  readonly maxJobs: number | undefined
  readonly skipRejected: boolean
  readonly profileId: string | undefined
  readonly route: Route
}

/** What was read for the plan. */
export interface PlanFacts {
  readonly source: ByteSource
  readonly check: RecordCheck
  readonly tally: RecordTally
  readonly limits: BatchLimits
  /** Jobs of the model that are open now; undefined: not read. */
  readonly openJobs: number | undefined
  /** Jobs of the model of the last weeks. */
  readonly earlierJobs: readonly BatchJob[]
  readonly preflight: readonly PreflightCheck[]
  readonly book: PriceBook
  readonly rates: TokenRates
  readonly isEmbedding: boolean
  readonly now: Date
}

/** Why there is no plan. */
export interface PlanRefusal {
  readonly code: 'RECORDS_REJECTED' | 'MEDIA_IN_S3' | 'TOO_FEW_RECORDS' | 'NO_CUT'
  readonly said: string
  readonly hint: string
}

export interface MadePlan {
  readonly plan: PlanFile | undefined
  readonly refusal: PlanRefusal | undefined
  readonly totals: TallyTotals
  readonly rejected: number
  readonly groups: readonly ProblemGroup[]
  readonly price: PlanPrice
  readonly duration: ExpectedDuration | undefined
}

/** Cuts checked records into jobs, prices them, and puts all of it into a plan; or says why it cannot be one. */
export async function makePlan(question: PlanQuestion, facts: PlanFacts, signal: AbortSignal): Promise<MadePlan> {
  const {book, check, earlierJobs, isEmbedding, limits, rates, source, tally} = facts
  const totals = tally.totals()
  const tokens = tokensByCharacters(totals, rates)
  const {baseModelId: modelId, profileId, region, route} = question
  const price = pricePlan({modelId, profileId, route, region, totals, tokens, isEmbedding}, book)
  const rejected = check.totals.wrongLines
  const told = {totals, rejected, groups: check.groups, price}
  const ends = cutShards(tally.sizes, shardLimits(limits))
  const refusal = refusalOf({rejected, totals, isCut: ends !== undefined, inputName: source.name}, question, limits)
  if (refusal !== undefined || ends === undefined) return {...told, plan: undefined, refusal, duration: undefined}
  const shards = await hashShards(source, tally, ends, signal)
  const plan = planOf(question, facts, {shards, price, rejected})
  return {...told, plan, refusal: undefined, duration: expectedDuration(shards, plan.maxOpenJobs, earlierJobs)}
}

function planOf(
  question: PlanQuestion,
  {limits, now, openJobs, preflight, source, tally}: PlanFacts,
  {price, rejected, shards}: {shards: readonly PlanShard[]; price: PlanPrice; rejected: number},
): PlanFile {
  const {group, maxJobs, profileId: _profile, route: _route, skipRejected: _skip, ...asked} = question
  const free = Math.max(1, limits.openJobs.value - (openJobs ?? 0))
  return {
    kind: 'bedrockctl-batch-plan',
    schemaVersion: 1,
    group: group ?? defaultGroup(source.name, {...asked, shards}),
    round: 1,
    createdAt: now.toISOString(),
    ...asked,
    input: {
      name: source.name,
      bytes: source.bytes,
      revision: source.revision,
      records: tally.sizes.length,
      rejected,
    },
    maxOpenJobs: Math.min(maxJobs ?? free, free, shards.length),
    limits,
    shards,
    price: price.price,
    preflight,
  }
}

function refusalOf(
  {inputName, isCut, rejected, totals}: {rejected: number; totals: TallyTotals; isCut: boolean; inputName: string},
  {modelId, skipRejected}: PlanQuestion,
  limits: BatchLimits,
): PlanRefusal | undefined {
  const {minRecords} = limits
  if (rejected > 0 && !skipRejected) {
    return {
      code: 'RECORDS_REJECTED',
      said: `${rejected.toLocaleString('en-US')} of the records would be refused, or make a job fail.`,
      hint: `Repair them: bedrockctl batch check ${inputName} --model ${modelId} --fix FILE --rejects FILE; or leave them out: --skip-rejected`,
    }
  }
  if (totals.withS3Media > 0) {
    return {
      code: 'MEDIA_IN_S3',
      said: `${totals.withS3Media.toLocaleString('en-US')} records name media in S3, which a job takes only from the folder of its input.`,
      hint: 'Put images into the records as bytes, or make that job by itself with the folder as its input.',
    }
  }
  if (totals.records < minRecords.value) {
    return {
      code: 'TOO_FEW_RECORDS',
      said: `A job takes ${minRecords.value.toLocaleString('en-US')} records or more; there are ${totals.records.toLocaleString('en-US')}.`,
      hint: 'Call the model on demand, or put more records into the pile: nothing is padded.',
    }
  }
  if (isCut) return undefined
  const {maxBytes, maxRecords, minRecords: least} = shardLimits(limits)
  return {
    code: 'NO_CUT',
    said: `No cut gives every job ${least.toLocaleString('en-US')} to ${maxRecords.toLocaleString('en-US')} records in ${sizeWords(maxBytes)} or less.`,
    hint: 'Make records smaller, such as images by S3 URI instead of bytes, or send the largest on demand.',
  }
}
