import type {ProblemGroup} from '../../jsonl/problem-groups.js'
import type {TextMeasure} from '../../jsonl/text-measure.js'
import type {BodyStats} from '../bodies/family.js'

/** What all records together ask. */
export interface RecordTotals {
  readonly lines: number
  /** Lines that are not blank. */
  readonly records: number
  readonly bytes: number
  /** Lines about which something must be fixed; the rest is what follows here. */
  readonly wrongLines: number
  readonly text: TextMeasure
  /** Undefined where a record sets no limit. */
  readonly maxOutputTokens: number | undefined
  readonly images: number
  readonly s3Media: number
  readonly longestRecordBytes: number
}

export interface RecordCheck {
  readonly totals: RecordTotals
  readonly groups: readonly ProblemGroup[]
  /** Whether something about the line must be fixed, and whether `--fix` cannot do it. */
  readonly verdictOf: (line: number) => LineVerdict
  /** Whether no record has that id; from then on one has. */
  readonly takeNewId: (id: string) => boolean
}

export type LineVerdict = 'right' | 'repairable' | 'wrong'

/** A record that is right, in the order of the input. Of ids that came before, the hash alone was looked at. */
export type OnRecord = (offset: number, length: number, stats: BodyStats) => void
