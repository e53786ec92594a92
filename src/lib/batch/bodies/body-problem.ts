import type {ByteEdit} from '../../jsonl/tape-edits.js'

/** What is wrong, or doubtful, with the body of one record. */
export interface BodyProblem {
  /** Stable, upper snake case: `MAX_TOKENS_MISSING`. Problems of one code and path are told together. */
  readonly code: string
  /** An error makes the service refuse the record, or the job; a warning does not. */
  readonly severity: 'error' | 'warning'
  /** Where in the body, without indices so that one mistake is one group: `messages[].content[].image.format`. */
  readonly path: string
  /** One sentence; names what is wrong and what to do. Never quotes a prompt. Asked only where it is kept. */
  readonly text: () => string
  /** Whether `batch check --fix` repairs it. */
  readonly fixable?: boolean | undefined
  /** The repair: these bytes of the scanned buffer become that text. Present where `fixable` is true. */
  readonly edit?: ByteEdit | undefined
}
