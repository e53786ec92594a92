import type {Gate, Unread} from '../../core/answer.schema.js'
import type {BatchCollect, CollectedCost, CollectedJob, CollectedTokens, Outcome} from './batch-collect.schema.js'
import type {GatheredPile, PileJob} from './gather-pile.js'
import type {Joined} from './join-answers.js'
import type {JobLines} from './read-answers.js'

export interface CollectedFacts {
  readonly gathered: GatheredPile
  readonly joined: Joined
  readonly tokens: CollectedTokens | null
  readonly cost: CollectedCost
  readonly out: BatchCollect['out']
  readonly failedFile: string | null
  readonly simulated: boolean
}

/** The answer of `batch collect`: what became of every record, and all that does not fit together. Pure. */
export function tellCollected({
  cost,
  failedFile,
  gathered,
  joined,
  out,
  simulated,
  tokens,
}: CollectedFacts): BatchCollect {
  const {group, input, jobs, notes, region} = gathered
  const unread: readonly Unread[] = [...gathered.unread, ...joined.unread]
  const gate = unread.length === 0 ? gateOf(joined) : undefined
  return {
    schemaVersion: 1,
    simulated,
    unread,
    ...(gate && {gate}),
    group,
    region,
    input,
    records: joined.records,
    answered: joined.answered,
    outcomes: outcomesOf(joined),
    firstMissing: joined.firstMissing,
    repeatedIds: joined.repeatedIds,
    repeatedLines: joined.repeatedLines,
    confused: joined.confused,
    foreign: joined.foreign,
    unparsable: joined.unparsable,
    jobs: jobs.map((job, at) => tellJob(job, joined.jobs.get(at) ?? {lines: 0, succeeded: 0, failed: 0})),
    tokens,
    cost,
    out,
    failedFile,
    notes,
  }
}

function outcomesOf({answered, failures, missing, withoutId}: Joined): readonly Outcome[] {
  const nothing = {class: null, code: null, said: null}
  const all: readonly Outcome[] = [
    {outcome: 'answered', ...nothing, records: answered},
    ...failures.map(
      ({code, errorClass, records, said}): Outcome => ({outcome: 'failed', class: errorClass, code, said, records}),
    ),
    {outcome: 'missing', ...nothing, class: 'missing', records: missing},
    {outcome: 'without-id', ...nothing, records: withoutId},
  ]
  return all.filter(({outcome, records}) => outcome === 'answered' || records > 0)
}

function gateOf({answered, confused, failures, missing, records, repeatedIds, withoutId}: Joined): Gate {
  const failed = failures.reduce((sum, group) => sum + group.records, 0)
  const failing = [
    ...(failed > 0 ? [`${many(failed)} failed`] : []),
    ...(missing > 0 ? [`${many(missing)} missing`] : []),
    ...(withoutId > 0 ? [`${many(withoutId)} without an id, so that nothing can be joined to them`] : []),
    ...(confused > 0 ? [`${many(confused)} confused with another by chance; run it again`] : []),
  ]
  return {
    requirement: `every one of ${many(records)} records is answered`,
    passed: answered === records - repeatedIds,
    failures: failing,
  }
}

function tellJob({api: _, modelId: __, way: ___, ...job}: PileJob, {failed, lines, succeeded}: JobLines): CollectedJob {
  return {...job, lines, succeeded, failed, differences: differencesOf(job.manifest, {failed, lines, succeeded})}
}

function differencesOf(manifest: PileJob['manifest'], {failed, lines, succeeded}: JobLines): readonly string[] {
  if (manifest === null) return []
  const read = [
    ['processed', manifest.processed, lines],
    ['succeeded', manifest.succeeded, succeeded],
    ['failed', manifest.failed, failed],
  ] as const
  return read.flatMap(([what, counted, found]) =>
    counted === null || counted === found
      ? []
      : [`the manifest counts ${many(counted)} ${what}, its outputs have ${many(found)}`],
  )
}

function many(count: number): string {
  return count.toLocaleString('en-US')
}
