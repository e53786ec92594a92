import {BedrockctlError} from '../../core/errors.js'
import {NO_TEXT} from '../../jsonl/text-measure.js'
import type {Pile} from '../collect/pile.js'
import type {AnswerReading} from '../collect/read-answers.js'
import {findUnanswered, type UnansweredTally} from '../collect/unanswered.js'
import {RecordTally} from '../plan/record-tally.js'
import type {GroupStanding} from '../progress/group-row.js'
import {hopelessShards} from './hopeless-shards.js'
import {type Includable, isRetried, type RetryClass} from './retry-classes.js'

/** Records without an answer, and which of them are tried again. */
export interface ChosenRecords {
  /** Those that are, with their places in the input. */
  readonly tally: RecordTally
  /** All of them, by class. */
  readonly classes: ReadonlyMap<RetryClass, number>
  readonly found: UnansweredTally
}

const NO_STATS = {...NO_TEXT, images: 0, maxOutputTokens: undefined, s3Media: 0}

/**
 * Goes over the pile and chooses what is worth another try. Where an output cannot be read it refuses: answers that are
 * paid may lie in it.
 */
export async function chooseRecords(
  pile: Pile,
  standing: GroupStanding,
  include: readonly Includable[],
  reading: AnswerReading,
): Promise<ChosenRecords> {
  const tally = new RecordTally()
  const classes = new Map<RetryClass, number>()
  const hopelessAt = hopelessShards(standing)
  const found = await findUnanswered(pile, reading, ({end, errorClass, start}) => {
    const retryClass = errorClass === 'missing' && hopelessAt(start) ? 'failed-job' : errorClass
    classes.set(retryClass, (classes.get(retryClass) ?? 0) + 1)
    if (isRetried(retryClass, include)) tally.add(start, end - start, NO_STATS)
  })
  const [unread] = found.unread
  if (unread !== undefined) {
    throw new BedrockctlError('ANSWERS_UNREAD', 'Not all answers could be read, so nobody can tell what is missing.', {
      fault: 'service',
      why: unread.reason,
      hint: unread.hint ?? 'Run it again once the output can be read.',
      action: unread.action,
    })
  }
  return {tally, classes, found}
}
