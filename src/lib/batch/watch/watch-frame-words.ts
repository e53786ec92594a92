import {toneOfState} from '../../jobs/state-tone.js'
import type {BatchFrame, WatchedJob} from '../../monitor/batch/state.js'
import {spanWord} from '../../output/span.js'
import type {Terminal} from '../../output/terminal.js'
import type {ProgressRow} from '../progress/progress.schema.js'
import {costWord, countWord, etaWord, failedWord, paceWord, statesWord} from '../progress/progress-words.js'
import type {Watched} from './watch-batch.js'

/** A look in the words of the live view. */
export function watchFrame(
  {atMs, members, nextAtMs, summary}: Watched,
  simulated: boolean,
  look: Pick<Terminal, 'unicode'>,
): BatchFrame {
  const {records, state} = summary
  const {succeeded, total} = records
  const failed = records.failed === null ? undefined : failedWord(summary)
  return {
    name: summary.name,
    state: state ?? '?',
    tone: toneOfState(state),
    where: `${summary.modelId}  ${summary.region}`,
    share: total === null || total === 0 || succeeded === null ? undefined : Math.min(1, succeeded / total),
    records: `${countWord(succeeded)} of ${countWord(total)} answered${failed === undefined ? '' : `, ${failed}`}`,
    facts: factsOf(summary, atMs, look),
    jobs: members.map(toJob),
    atMs,
    nextAtMs,
    simulated,
  }
}

function factsOf(summary: ProgressRow, atMs: number, look: Pick<Terminal, 'unicode'>): readonly string[] {
  const {cost, expiresAt, kind, pace} = summary
  return [
    ...(pace === null ? [] : [paceWord(pace, look)]),
    ...(pace?.endsAt ? [`${etaWord(pace, atMs, look)} left`] : []),
    ...(kind === 'group' ? [statesWord(summary)] : []),
    ...(cost === null ? [] : [`${costWord(cost, look)} so far`]),
    ...(expiresAt === null ? [] : [`expires in ${spanWord((Date.parse(expiresAt) - atMs) / 1000)}`]),
  ]
}

function toJob({name, records, state}: ProgressRow): WatchedJob {
  return {
    name,
    state: state ?? '?',
    tone: toneOfState(state),
    done: countWord(records.succeeded),
    total: countWord(records.total),
    failed: countWord(records.failed),
  }
}
