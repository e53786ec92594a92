import type {BodyProblem} from '../../src/lib/batch/bodies/body-problem.js'
import type {BodyFamily, BodyStats} from '../../src/lib/batch/bodies/family.js'
import {JsonTape} from '../../src/lib/jsonl/json-tape.js'

const tape = new JsonTape()

/** A problem with its sentence. */
export type TextProblem = Omit<BodyProblem, 'text'> & {readonly text: string}

export interface JudgedBody {
  readonly problems: readonly TextProblem[]
  readonly stats: BodyStats
  /** What was scanned. */
  readonly bytes: Buffer
}

/** Scans a body as `check` does and has the family judge it. */
export function judgeBody(family: BodyFamily, body: unknown): JudgedBody {
  return judgeText(family, JSON.stringify(body))
}

export function judgeText(family: BodyFamily, text: string): JudgedBody {
  const bytes = Buffer.from(text)
  const fault = tape.scan(bytes, 0, bytes.length)
  if (fault) throw new Error(fault.code)
  const problems: TextProblem[] = []
  const stats = family.judge(tape, tape.root, (problem) => problems.push({...problem, text: problem.text()}))
  return {problems, stats, bytes}
}
