import type {JsonTape} from '../../jsonl/json-tape.js'
import type {BodyProblem} from './body-problem.js'

/** What the body of one record will ask of the model. */
export interface BodyStats {
  /** Undefined where the body sets no limit. */
  readonly maxOutputTokens: number | undefined
  /** Characters of all text that the model reads. */
  readonly textCharacters: number
  readonly images: number
}

/** Models whose bodies follow one schema. */
export interface BodyFamily {
  readonly id: string
  /** Judges the value at `node` of a tape that holds one scanned record. The tape is reused: keep nothing of it. */
  judge(tape: JsonTape, node: number, report: (problem: BodyProblem) => void): BodyStats
}
