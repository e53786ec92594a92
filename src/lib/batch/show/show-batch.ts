import type {Unread} from '../../core/answer.schema.js'
import type {PriceBook} from '../../prices/price-book.js'
import {type Look, rowsOfLook} from '../follow/look.js'
import type {BilledModel} from '../progress/cost-of-tokens.js'
import {goneIn} from '../progress/gone-job.js'
import type {GroupStanding} from '../progress/group-row.js'
import {countsOfShard} from '../progress/shard-standing.js'
import {batchFailures} from './batch-failures.js'
import type {BatchShowResult} from './batch-show.schema.js'
import type {JobTokens} from './job-tokens.js'
import {nextCommands} from './next-commands.js'
import {showCost} from './show-cost.js'

export interface ShowBatchFacts {
  readonly look: Look
  readonly folder: string | null
  readonly tokens: readonly JobTokens[]
  readonly billed: BilledModel | undefined
  /** Undefined where no price is wanted. */
  readonly book: PriceBook | undefined
  readonly unread: readonly Unread[]
  readonly simulated: boolean
  readonly nowMs: number
}

/** Everything that is known of a group or a job. Pure. */
export function showBatch(facts: ShowBatchFacts): BatchShowResult {
  const {billed, book, look, nowMs, tokens} = facts
  const {members, summary} = rowsOfLook(look, nowMs)
  const rows = members.length === 0 ? [summary] : members
  const counts = rows.map((row) => (row.state === null ? null : (row.records.processed ?? 0)))
  const processed = counts.some((count) => count === null)
    ? null
    : counts.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  const {cost, records} = summary
  return {
    schemaVersion: 1,
    simulated: facts.simulated,
    unread: [...facts.unread, ...goneIn(rows)],
    asOf: new Date(nowMs).toISOString(),
    folder: facts.folder,
    summary,
    members,
    place: look.kind === 'job' ? placeOfJob(look.job) : placeOfGroup(look.standing),
    cost: showCost({billed, tokens, processed, onDemand: onDemandIn(look), records, planned: cost ?? undefined}, book),
    failures: batchFailures(rows),
    next: isBegunOnDemand(look)
      ? [`bedrockctl batch retry ${summary.name} --on-demand`]
      : nextCommands(summary, facts.folder !== null),
  }
}

/** Records that were answered one by one. */
function onDemandIn(look: Look): number {
  if (look.kind === 'job') return 0
  const rounds = new Set(look.standing.rounds.flatMap(({round, way}) => (way === 'on-demand' ? [round] : [])))
  return look.standing.shards
    .filter(({round}) => rounds.has(round))
    .reduce((sum, shard) => sum + (countsOfShard(shard).processed ?? 0), 0)
}

/** Its last round is asked record by record, and not to its end yet. */
function isBegunOnDemand(look: Look): boolean {
  if (look.kind === 'job') return false
  const last = look.standing.rounds.at(-1)
  if (last?.way !== 'on-demand') return false
  return look.standing.shards.some(({ended, round}) => round === last.round && ended === undefined)
}

function placeOfJob(job: Extract<Look, {kind: 'job'}>['job']): BatchShowResult['place'] {
  const {api, inputUri, outputUri, roleArn} = job
  return {roleArn, api, source: null, input: inputUri, output: outputUri}
}

function placeOfGroup({group, rounds: [plan], shards}: GroupStanding): BatchShowResult['place'] {
  if (plan) {
    const {api, input, results, roleArn, staging} = plan
    return {roleArn, api, source: input.name, input: folderOf(staging, group), output: folderOf(results, group)}
  }
  const job = shards.find((shard) => shard.job)?.job
  return job ? placeOfJob(job) : null
}

function folderOf(prefix: string, group: string): string {
  return `${prefix.replace(/\/$/, '')}/${group}/`
}
